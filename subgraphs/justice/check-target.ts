import { canonicalEmail } from "../../schema/email-address.js";
import { readIpEndpoint } from "../../schema/ip-address.js";
import { canonicalPhone } from "../../schema/phone-number.js";
import { checkText } from "./check-text.js";
import type { TargetInput } from "./types/inputs.js";
import { type UserError, userError } from "./types/user-error.js";
import type { TargetKind } from "./words.js";

interface Form {
  readonly fits: (value: string) => boolean;
  readonly expected: string;
}

/** What a value must look like, by kind. */
const forms: Readonly<Record<TargetKind, Form>> = {
  ACCOUNT_ID: {
    fits: (value) => /^[\w.:-]{1,200}$/.test(value),
    expected: "the platform's account id: letters, digits, `.`, `_`, `-`, `:`",
  },
  HANDLE: {
    fits: (value) => /^[^\s@/]{1,200}$/u.test(value),
    expected: "a handle without @ and blanks, such as quiet.heron",
  },
  POST_URL: { fits: isWebAddress, expected: "the address of a post, beginning with https://" },
  EMAIL: { fits: (value) => canonicalEmail(value) !== null, expected: "an e-mail address" },
  PHONE: {
    fits: (value) => canonicalPhone(value) === value,
    expected: "a number in international form (E.164), such as +33123456789",
  },
  IP_ADDRESS: {
    fits: (value) => readIpEndpoint(value) !== null,
    expected:
      "an IPv4 or IPv6 address, where needed with its source port, such as 203.0.113.7:40100 or [2001:db8::1]:40100",
  },
};

/** The form of one target; `index` is its place in the input. */
export function checkTarget(target: TargetInput, index: number): UserError[] {
  const { kind, value, at, believed } = target;
  const errors = checkText(value, ["targets", index, "value"], 2_000);
  if (errors.length === 0 && !forms[kind].fits(value)) {
    errors.push(
      userError("TARGET_VALUE", `A target of kind ${kind} is ${forms[kind].expected}.`, ["targets", index, "value"]),
    );
  }
  if (kind === "IP_ADDRESS" && !at) {
    const message = "An IP address names a person only at a time: give `at`.";
    errors.push(userError("TARGET_TIME_MISSING", message, ["targets", index, "at"]));
  }
  if (at && at.getTime() < 0)
    errors.push(userError("TARGET_TIME", "`at` must not lie before 1970.", ["targets", index, "at"]));
  return [...errors, ...checkText(believed?.grounds, ["targets", index, "believed", "grounds"])];
}

/** Equal for two targets that name the same identifier at the same time. */
export function sameTarget({ kind, value, at }: TargetInput): string {
  const named = kind === "EMAIL" ? canonicalEmail(value) : value;
  return `${kind} ${at?.toISOString() ?? ""} ${named}`;
}

function isWebAddress(value: string): boolean {
  return /^https:\/\/\S+$/.test(value) && URL.canParse(value);
}
