import { logLevels, outcomes, purposes } from "../../schema/ledger/vocabulary.js";
import { enumOf } from "../kit/enums.js";

export const LogLevelEnum = enumOf(
  "LogLevel",
  logLevels,
  "How far a record's proof has come. INTEGRATED: it is in a signed checkpoint.",
);

export const PurposeEnum = enumOf(
  "Purpose",
  purposes,
  "What was done with the data: Directive (EU) 2016/680, Art 25. CONSULTATION also for previews on a warrant.",
);

export const OutcomeEnum = enumOf(
  "Outcome",
  outcomes,
  "UNKNOWN: authorised, and it was never said, or cannot be known, whether the values reached the client.",
);

export const accessLogDimensions = [
  "COUNTRY",
  "AUTHORITY",
  "ACTOR",
  "PLATFORM",
  "CATEGORY",
  "EFFECT",
  "CODE",
  "RULE",
  "HOUR",
  "DAY",
  "MONTH",
] as const;
export type AccessLogDimension = (typeof accessLogDimensions)[number];
export const AccessLogDimensionEnum = enumOf(
  "AccessLogDimension",
  accessLogDimensions,
  "What decisions are counted by; times in UTC.",
);
