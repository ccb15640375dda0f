import type { KnownFacts } from "../../schema/calls.js";
import type { Decision } from "../../schema/law/decision.js";
import type { SubjectFacts } from "../../schema/law/question.js";
import type { RuleBook } from "../../schema/law/rule-book.js";
import { askOnDeclaredAndKnown } from "../door/ask-the-law.js";
import type { DoorItem, DoorTarget, DoorWarrant } from "../door/warrant.js";

/** Why an item of an order is for a person although the provider's policy covers it; as justice names it. Null: nothing asks for one. */
export type ForPerson = "NOT_COMPULSORY" | "NOT_AUTHENTIC" | "PERSON" | null;

/** An item that a provider's policy covers, with what it is decided on. */
export interface CoveredItem {
  readonly warrant: DoorWarrant;
  readonly item: DoorItem;
  readonly target: DoorTarget;
  /** Of the person whom the target names now; null: it names nobody, or somebody else than at the draft. */
  readonly facts: KnownFacts | null;
  readonly now: Date;
  readonly book: RuleBook;
}

/**
 * Whether an order can be accepted without a person: never an emergency, and only where the law compels it without a hold, on what was declared and on what is known alike, and where every fact
 * that was declared is known to be so. Pure. PERSON does not say which fact asks for one: whoever is told may pass on no more than that.
 */
export function judgeItem({ warrant, item, target, facts, now, book }: CoveredItem): ForPerson {
  if (!warrant.asIssued || !warrant.authentic) return "NOT_AUTHENTIC";
  if (warrant.emergency || warrant.kind !== "PRODUCTION") return "NOT_COMPULSORY";
  const subject = facts && { id: target.accountId ?? "", facts };
  const about = { warrant, category: item.category, at: now, book };
  const { declared: onDeclared, known } = askOnDeclaredAndKnown(about, target.believed, subject);
  const declared = onDeclared();
  if (!compels(declared.decision)) return "NOT_COMPULSORY";
  if (facts === null || known === null || !isAsDeclared(facts, target.believed)) return "PERSON";
  const alike = compels(known.decision) && known.decision.ruleId === declared.decision.ruleId;
  return alike ? null : "PERSON";
}

function compels({ permitted, effect, holdHours, obligations }: Decision): boolean {
  const immunity = obligations.some(({ kind }) => kind === "CHECK_IMMUNITY");
  return permitted && effect === "PERMIT_COMPULSORY" && holdHours === null && !immunity;
}

/** A protected role counts also where none was declared; where somebody lives must be declared. What else was not declared is left to the law. */
function isAsDeclared(known: KnownFacts, { residence, nationality, locatedIn, protectedRole }: SubjectFacts): boolean {
  const same = (declared: string | null | undefined, fact: string | null): boolean =>
    (declared ?? null) === null || declared === fact;
  return (
    known.protectedRole === null &&
    (protectedRole ?? null) === null &&
    known.residence !== null &&
    residence === known.residence &&
    same(nationality, known.nationality) &&
    same(locatedIn, known.locatedIn)
  );
}
