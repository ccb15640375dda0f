import { enumOf } from "../../kit/enums.js";

export const targetKinds = ["ACCOUNT_ID", "HANDLE", "POST_URL", "EMAIL", "PHONE", "IP_ADDRESS"] as const;
export type TargetKind = (typeof targetKinds)[number];

export const TargetKindEnum: { readonly [word in TargetKind]: word } = enumOf(
  "TargetKind",
  targetKinds,
  "By what a warrant names a person.",
);

export const targetResolutions = ["RESOLVED", "NOT_YET", "UNKNOWN", "AMBIGUOUS"] as const;
export type TargetResolution = (typeof targetResolutions)[number];

export const TargetResolutionEnum: { readonly [word in TargetResolution]: word } = enumOf(
  "TargetResolution",
  targetResolutions,
  "What became of the way from the target to an account.",
);
