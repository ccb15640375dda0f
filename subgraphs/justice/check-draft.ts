import type { DataCategory } from "../../schema/law/vocabulary.js";
import { checkTarget, sameTarget } from "./check-target.js";
import { checkText } from "./check-text.js";
import type { DraftWarrantInput, TargetInput } from "./types/inputs.js";
import { type UserError, userError } from "./types/user-error.js";

/** Most targets in one warrant. */
export const mostTargets = 100;

/** Identification data first: an emergency is how data are asked for by fraud. What is only preserved may be of any category: Regulation (EU) 2023/1543, Art 4(5). */
const inEmergencies: readonly DataCategory[] = ["SUBSCRIBER", "USER_IDENTIFICATION"];

/** No data of any platform is older. */
const earliest = new Date("1970-01-01T00:00:00Z");

/**
 * The form of a draft: everything that can be told from the input and the moment alone. All faults at once, in the order of the input;
 * an empty list means that the form is right.
 */
export function checkDraft(input: DraftWarrantInput, now: Date): UserError[] {
  return [
    ...checkServed(input),
    ...checkCategories(input),
    ...checkTargets(input.targets),
    ...checkPeriod(input),
    ...checkExpiry(input, now),
    ...checkText(input.emergencyGround, ["emergencyGround"]),
    ...checkText(input.necessity, ["necessity"]),
  ];
}

function checkServed({ kind, emergency, emergencyGround, categories, preserves }: DraftWarrantInput): UserError[] {
  const errors: UserError[] = [];
  if (kind === "PRESERVATION" && preserves)
    errors.push(
      userError("PRESERVES_PRODUCTION", "`preserves` is for the production order that follows.", ["preserves"]),
    );
  if (emergency && !emergencyGround)
    errors.push(userError("EMERGENCY_GROUND", "Say what the emergency is.", ["emergencyGround"]));
  if (emergency && kind === "PRODUCTION" && categories.some((category) => !inEmergencies.includes(category))) {
    const message = `In an emergency ${inEmergencies.join(" and ")} are ordered first; order the rest when the person is known.`;
    errors.push(userError("EMERGENCY_CATEGORY", message, ["categories"]));
  }
  if (!emergency && emergencyGround) {
    errors.push(
      userError("EMERGENCY_GROUND", "A ground of emergency was given, but `emergency` is false.", ["emergencyGround"]),
    );
  }
  return errors;
}

function checkCategories({ categories, solePurposeIdentification }: DraftWarrantInput): UserError[] {
  const errors: UserError[] = [];
  if (categories.length === 0)
    errors.push(userError("CATEGORIES_EMPTY", "Name at least one category of data.", ["categories"]));
  categories.forEach((category, index) => {
    if (categories.indexOf(category) < index) {
      errors.push(userError("CATEGORY_TWICE", `${category} is named twice.`, ["categories", index]));
    }
  });
  if (categories.includes("USER_IDENTIFICATION") && !solePurposeIdentification) {
    const message =
      "USER_IDENTIFICATION is data asked only to identify the user (Regulation (EU) 2023/1543, Art 3(10)): " +
      "set `solePurposeIdentification`, or ask for TRAFFIC.";
    errors.push(userError("SOLE_PURPOSE_MISSING", message, ["solePurposeIdentification"]));
  }
  return errors;
}

function checkTargets(targets: readonly TargetInput[]): UserError[] {
  if (targets.length === 0) return [userError("TARGETS_EMPTY", "Name at least one target.", ["targets"])];
  if (targets.length > mostTargets) {
    return [
      userError("TOO_MANY_TARGETS", `A warrant names at most ${mostTargets} targets, this one ${targets.length}.`, [
        "targets",
      ]),
    ];
  }
  const errors = targets.flatMap((target, index) => checkTarget(target, index));
  const seen = new Set<string>();
  targets.forEach((target, index) => {
    const text = sameTarget(target);
    if (seen.has(text))
      errors.push(userError("TARGET_TWICE", `${target.kind} ${target.value} is named twice.`, ["targets", index]));
    seen.add(text);
  });
  return errors;
}

function checkPeriod({ period, categories }: DraftWarrantInput): UserError[] {
  if (!period) {
    if (categories.every((category) => category === "SUBSCRIBER")) return [];
    return [
      userError("PERIOD_MISSING", "Name the period of the data asked for; it may be absent for SUBSCRIBER alone.", [
        "period",
      ]),
    ];
  }
  if (period.from < earliest) {
    return [
      userError("PERIOD_TOO_EARLY", `No platform has data from before ${earliest.toISOString()}.`, ["period", "from"]),
    ];
  }
  if (period.from < period.to) return [];
  return [userError("PERIOD_EMPTY", "The period is empty: `from` must lie before `to`.", ["period"])];
}

function checkExpiry({ expiresAt }: DraftWarrantInput, now: Date): UserError[] {
  if (!expiresAt || expiresAt > now) return [];
  return [
    userError("EXPIRES_IN_PAST", "`expiresAt` must lie in the future: from then on the warrant discloses nothing.", [
      "expiresAt",
    ]),
  ];
}
