import type { Period } from "../../schema/calls.js";
import type { IdentityField } from "../../schema/identity/catalog.js";
import type { Decision } from "../../schema/law/decision.js";
import type { Question } from "../../schema/law/question.js";
import type { AccessCode, DecisionCode, Effect } from "../../schema/law/vocabulary.js";
import { askOnDeclaredAndKnown } from "./ask-the-law.js";
import { checkWarrant } from "./check-warrant.js";
import type { Circumstances } from "./circumstances.js";
import { itemOf, targetOf } from "./find-in-warrant.js";
import type { Denial, Subject, Verdict } from "./types.js";
import type { DoorWarrant, ItemState } from "./warrant.js";

/** What the log keeps of one decision: how it really came about, on the known facts. */
export interface RecordedDecision {
  readonly permitted: boolean;
  readonly code: DecisionCode;
  readonly effect: Effect;
  readonly rule: string | null;
}

/** The answer of the door for one field and one person: what the client may be told, and what the log keeps. */
export interface Access {
  readonly verdict: Verdict;
  readonly recorded: RecordedDecision;
  /** What was put to the law, so that the decision can be replayed; null where the law was not asked. */
  readonly questions: readonly Question[] | null;
}

/**
 * May this field about this person leave now? Pure. The order is: who asks, which warrant, whom it names, what it orders, what the law says on the
 * known facts, whether a hold is running.
 *
 * INVARIANT: what a denial says rests on the warrant and on the facts the authority declared, never on what the platform knows. Where the two
 * lead to different answers the authority reads "a condition about the person is not met or not known", and the log keeps the rest.
 */
export function decideAccess(circumstances: Circumstances, field: IdentityField, subject: Subject | null): Access {
  const checked = checkWarrant(circumstances);
  if ("obstacle" in checked) return refuse(field, checked.obstacle.code, checked.obstacle.reason);
  const { warrant } = checked;
  const { book, dryRun } = circumstances;
  if (book === undefined)
    return refuse(field, "WARRANT_NOT_USABLE", "The law in force could not be read just now. Nothing was disclosed.");

  const target = subject === null ? undefined : targetOf(warrant, subject.id);
  if (subject === null || target === undefined) {
    return refuse(
      field,
      "SUBJECT_NOT_NAMED",
      "The warrant does not name this person; a warrant opens the data of the persons it names, and of nobody else.",
    );
  }
  if (!warrant.categories.includes(field.category)) {
    return refuse(field, "CATEGORY_NOT_ORDERED", `The warrant does not order ${field.category} data.`);
  }
  const item = itemOf(warrant, target, field.category);
  if (item === undefined)
    return refuse(field, "WARRANT_NOT_USABLE", "The warrant has no item for this person and category.");
  const unordered = whyNotOrdered(warrant, item, field, dryRun);
  if (unordered !== null) return refuse(field, "WARRANT_NOT_USABLE", unordered);

  const about = { warrant, category: field.category, at: circumstances.now, book };
  const { declared, known } = askOnDeclaredAndKnown(about, target.believed, dryRun ? null : subject);
  const ordered = { warrant, item };
  if (known === null) {
    const { decision, questions } = declared();
    return { ...preview(field, ordered, decision, circumstances.now), questions };
  }
  const decisions = { declared: () => declared().decision, known: known.decision };
  return { ...atTheDoor(field, ordered, decisions, circumstances.now), questions: known.questions };
}

/** An Access before it is said what was put to the law. */
export type Decided = Omit<Access, "questions">;

/** The part of the warrant that the decision is about. */
export interface Ordered {
  readonly warrant: DoorWarrant;
  readonly item: ItemState;
}

/** The decision about a known person: the law on what is known of her, told in the words of what was declared. */
export function atTheDoor(
  field: IdentityField,
  ordered: Ordered,
  { declared, known }: { readonly declared: () => Decision; readonly known: Decision },
  now: Date,
): Decided {
  const { code, effect, ruleId: rule } = known;
  if (!known.permitted) {
    const told = declared();
    const denial = told.permitted ? personCondition(field, told) : ofLaw(field, told);
    return { verdict: deny(denial), recorded: { permitted: false, code, effect, rule } };
  }
  if (isHeld(ordered, known, now) || isUnchecked(ordered, known)) {
    const told = declared();
    const denial = isHeld(ordered, told, now) ? held(field, ordered, told) : personCondition(field, told);
    return { verdict: deny(denial), recorded: { permitted: false, code: "HELD", effect, rule } };
  }
  return {
    verdict: { kind: "PERMITTED", window: windowOf(field, ordered.warrant) },
    recorded: { permitted: true, code, effect, rule },
  };
}

/** The decision of a dry run. */
export function preview(field: IdentityField, ordered: Ordered, declared: Decision, now: Date): Decided {
  const { code, effect, ruleId: rule } = declared;
  const recorded: RecordedDecision = { permitted: false, code, effect, rule };
  if (!declared.permitted) return { verdict: deny(ofLaw(field, declared)), recorded };
  if (isHeld(ordered, declared, now)) {
    return { verdict: deny(held(field, ordered, declared)), recorded: { ...recorded, code: "HELD" } };
  }
  return { verdict: { kind: "PREVIEW" }, recorded };
}

/** An item opens when the provider accepted it; a field of a period opens only where a period was ordered. */
function whyNotOrdered(warrant: DoorWarrant, item: ItemState, field: IdentityField, dryRun: boolean): string | null {
  if (field.at !== null && warrant.period === null)
    return "The warrant orders no period, and these data are bound to one.";
  return dryRun ? null : whyItemShut(item);
}

/** Why an item of the warrant does not open now; null where it does. */
export function whyItemShut(item: ItemState): string | null {
  if (item.status === "ACCEPTED" || item.status === "DISCLOSED") return null;
  const reasons: Readonly<Record<string, string>> = {
    ORDERED: "The provider has not accepted this part of the warrant yet.",
    CONTESTED: "The provider contests this part of the warrant.",
    REFUSED: "The provider or the enforcing authority refused this part of the warrant: its refusal says why.",
    NOT_HELD: "The provider does not hold these data.",
    LAPSED: "This part of the warrant has lapsed.",
  };
  return reasons[item.status] ?? "This part of the warrant is in a state in which nothing is disclosed.";
}

function windowOf(field: IdentityField, warrant: DoorWarrant): Period | null {
  return field.at === null ? null : warrant.period;
}

/**
 * The end of a hold: the one under which the order was given, or what the rule says now, counted from issue, whichever is later; null: there is none, or
 * the order was not issued and it has not begun.
 */
function heldUntil({ warrant, item }: Ordered, { holdHours }: Decision): Date | null {
  if (warrant.issuedAt === null) return null;
  const ends = [
    ...(item.heldUntil === null ? [] : [Date.parse(item.heldUntil)]),
    ...(holdHours === null ? [] : [Date.parse(warrant.issuedAt) + holdHours * 3_600_000]),
  ];
  return ends.length === 0 ? null : new Date(Math.max(...ends));
}

/** A hold is over when its time is, or when the enforcing authority cleared the item. */
export function isHeld(ordered: Ordered, decision: Decision, now: Date): boolean {
  if (ordered.item.cleared) return false;
  const until = heldUntil(ordered, decision);
  return until === null ? decision.holdHours !== null : now.getTime() < until.getTime();
}

/** A role that the law protects, which the platform knows of and the order did not: nobody has checked immunities, and nobody was asked to. */
function isUnchecked({ item }: Ordered, { obligations }: Decision): boolean {
  return !item.cleared && item.heldUntil === null && obligations.some(({ kind }) => kind === "CHECK_IMMUNITY");
}

/** The denial while a hold is running. */
export function held(field: IdentityField, ordered: Ordered, decision: Decision): Denial {
  const until = heldUntil(ordered, decision);
  const end = until === null ? `for ${decision.holdHours} hours from issue` : `until ${until.toISOString()}`;
  const reason = `Held ${end}: the enforcing authority is notified and may object until then (${decision.ruleId}). Ask again after that.`;
  return { code: "HELD", category: field.category, effect: decision.effect, rule: decision.ruleId, reason };
}

/** The law's own no. */
export function ofLaw(field: IdentityField, decision: Decision): Denial {
  return {
    code: decision.code,
    category: field.category,
    effect: decision.effect,
    rule: decision.ruleId,
    reason: decision.reason,
  };
}

/** Says no more than that the known facts do not carry what the declared ones would; the rule is the one a preview already named. */
function personCondition(field: IdentityField, declared: Decision): Denial {
  const reason =
    `A condition about the person is not met or not known, so ${declared.ruleId} does not carry this disclosure. ` +
    "Mutual legal assistance through the central authorities may remain open, and a person at the provider can say more.";
  return { code: "PERSON_CONDITION", category: field.category, effect: "DENY", rule: declared.ruleId, reason };
}

/** Two accounts of one person's facts in one operation: doubt, so nothing is disclosed. */
export function contradictory(field: IdentityField): Access {
  return refuse(
    field,
    "WARRANT_NOT_USABLE",
    "The facts about this person could not be established. Nothing was disclosed.",
  );
}

/** A no of the warrant or the principal, before the law is asked. */
export function refuse(field: IdentityField, code: AccessCode, reason: string): Access {
  const denial: Denial = { code, category: field.category, effect: "DENY", rule: null, reason };
  return { verdict: deny(denial), recorded: { permitted: false, code, effect: "DENY", rule: null }, questions: null };
}

/** The verdict of a denial. */
export function deny(denial: Denial): Verdict {
  return { kind: "DENIED", denial };
}
