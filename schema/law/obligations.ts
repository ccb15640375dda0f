import type { CompiledRule } from "./compile-rule-book.js";
import { entryForLaterValidation } from "./conditions/authority.js";
import type { Duty } from "./decision.js";
import type { Question } from "./question.js";
import type { ObligationKind, Party } from "./vocabulary.js";

/** Evaluation point 12: the duties that come with a rule that permits, in the order in which they fall due. */
export function obligationsOf(compiled: CompiledRule, question: Question): readonly Duty[] {
  const { rule } = compiled;
  const duty = (kind: ObligationKind, owner: Party, dueHours: number | null, text: string): Duty => {
    return { kind, owner, dueHours, text, citations: compiled.citations };
  };
  const duties: Duty[] = [];
  const hold = holdHoursOf(compiled, question);
  if (needsNotification(compiled, question)) {
    duties.push(
      duty(
        "NOTIFY_ENFORCING_AUTHORITY",
        "ISSUING_AUTHORITY",
        0,
        "Send a copy of the order to the enforcing authority at the same time.",
      ),
    );
  }
  if (hold !== null) {
    duties.push(
      duty(
        "HOLD",
        "PROVIDER",
        hold,
        `Disclose nothing for ${hold} hours after issue, unless the enforcing authority clears the order earlier.`,
      ),
    );
  }
  const later = entryForLaterValidation(rule, question);
  if (later !== null) {
    const hours = later.expostValidationHours ?? null;
    const within = hours === null ? "without delay" : `within ${hours} hours`;
    duties.push(
      duty(
        "VALIDATE_AFTERWARDS",
        "ISSUING_AUTHORITY",
        hours,
        `Obtain the validation ${within}, or revoke the order and restrict the use of the data.`,
      ),
    );
  }
  if (rule.gatewayConditions !== undefined && rule.gatewayConditions.length > 0) {
    duties.push(
      duty(
        "REVIEW_EMERGENCY",
        "PROVIDER",
        deadlineHoursOf(compiled, question),
        `Conditions of an emergency answer: ${rule.gatewayConditions.join("; ")}.`,
      ),
    );
  }
  if (rule.refusalGrounds?.includes(immunityGround) && question.subject?.protectedRole != null) {
    const hours = rule.deadlines?.enforcingAuthorityReviewHours ?? null;
    duties.push(
      duty(
        "CHECK_IMMUNITY",
        "ENFORCING_AUTHORITY",
        hours,
        "Check immunities, privileges and the rules on freedom of the press and of expression.",
      ),
    );
  }
  if (rule.useRestrictions.length > 0) {
    duties.push(
      duty("ASK_BEFORE_USE", "ISSUING_AUTHORITY", null, `Conditions on use: ${rule.useRestrictions.join("; ")}.`),
    );
  }
  if (rule.userNotification !== null) {
    const { by, delay, default: manner } = rule.userNotification;
    const start = manner === "INFORM" ? "Inform the person" : "Inform the person as the provider's policy says";
    duties.push(duty("INFORM_USER", by, null, `${start}; delay: ${delay}.`));
  }
  if (rule.preservation !== null) {
    const { days, extensionDays } = rule.preservation;
    const extension = extensionDays === null ? "" : ` (once extended: ${extensionDays} more)`;
    duties.push(
      duty(
        "DELETE",
        "PROVIDER",
        days * 24,
        `Preserve for ${days} days${extension}, then delete unless a production order follows.`,
      ),
    );
  }
  return duties;
}

const immunityGround = "IMMUNITY_PRIVILEGE_PRESS";

/** Hours from issue during which nothing may be disclosed; null: none. A notification suspends, in an emergency only where the rule says so. */
export function holdHoursOf(compiled: CompiledRule, question: Question): number | null {
  const { notification, deadlines } = compiled.rule;
  if (notification === null || !notification.suspensive || !needsNotification(compiled, question)) return null;
  if (question.emergency !== true) return deadlines?.enforcingAuthorityReviewHours ?? null;
  return notification.emergencySuspensive ? (deadlines?.enforcingAuthorityEmergencyReviewHours ?? null) : null;
}

/** Evaluation point 11. */
export function deadlineHoursOf({ rule }: CompiledRule, { emergency }: Question): number | null {
  if (rule.deadlines === null) return null;
  return emergency === true
    ? (rule.deadlines.emergencyHours ?? rule.deadlines.normalHours)
    : rule.deadlines.normalHours;
}

/** Exempt: an offence committed in the issuing state, about a person who resides there; what is not known is not exempt. Regulation (EU) 2023/1543, Art 8(2). */
function needsNotification({ rule }: CompiledRule, { requesting, offenceCountry, subject }: Question): boolean {
  if (rule.notification === null) return false;
  return rule.notification.exemptIf === null || offenceCountry !== requesting || subject?.residence !== requesting;
}
