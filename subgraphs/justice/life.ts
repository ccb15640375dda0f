import type { Party } from "../../schema/law/vocabulary.js";
import type { ItemStatus, WarrantStatus } from "./words.js";

/**
 * The life of a warrant, whole, as one table: by which act, by whom, on what condition, from where, to where, with what effect on the items. What is
 * not in the table does not happen. No other file knows which status follows which.
 */
export const acts = [
  "ISSUE",
  "VALIDATE",
  "DECLINE",
  "ACCEPT",
  "ACCEPT_BY_POLICY",
  "CONTEST",
  "ANSWER",
  "REPORT_NOT_HELD",
  "REFUSE",
  "FULFIL",
  "CLEAR",
  "OBJECT",
  "APPROVE",
  "REVOKE",
  "EXTEND",
  "FOLLOW",
  "RELEASE",
  "LAPSE",
  "EXPIRE",
] as const;
export type Act = (typeof acts)[number];

/** What the conditions of the table look at, beside the status. */
export interface Standing {
  /** Some category needs validation by an authority of another kind. */
  readonly validationMissing: boolean;
  /** It was given first and is to be validated afterwards, which nobody did yet. */
  readonly validationOwed: boolean;
  /** Some item is contested. */
  readonly contested: boolean;
  /** It is an emergency that no second person has approved. */
  readonly approvalMissing: boolean;
  /** It has data preserved, and none handed over. */
  readonly preservation: boolean;
  /** It was extended already. */
  readonly extended: boolean;
  /** The provider's policy accepts the items named, and nothing about them asks for a person. */
  readonly policyAccepts: boolean;
}

/** Where none of them is so. */
export const ordinarily: Standing = {
  validationMissing: false,
  validationOwed: false,
  contested: false,
  approvalMissing: false,
  policyAccepts: false,
  preservation: false,
  extended: false,
};

type Condition = { readonly [fact in keyof Standing]?: boolean };
type Moves = { readonly [status in ItemStatus]?: ItemStatus };

export interface Transition {
  readonly act: Act;
  /** Null: nobody, the clock. */
  readonly by: Party | null;
  readonly from: WarrantStatus;
  /** AS_ITEMS: what `statusOf` makes of the items after the act. */
  readonly to: WarrantStatus | "AS_ITEMS";
  /** Every fact named must be so. */
  readonly when: Condition;
  /** The items that the act is about: those named, or all. */
  readonly items: "NAMED" | "ALL";
  /** New status of those items, by the status they have; an item in another status cannot be named, and is left alone under ALL. */
  readonly moves: Moves;
}

const order: Moves = { DRAFT: "ORDERED" };
const lapse: Moves = { DRAFT: "LAPSED", ORDERED: "LAPSED", ACCEPTED: "LAPSED", CONTESTED: "LAPSED" };

/** A hold ends; nothing else changes. */
const stay: Moves = { ORDERED: "ORDERED", ACCEPTED: "ACCEPTED", CONTESTED: "CONTESTED" };
const object: Moves = { ORDERED: "REFUSED", ACCEPTED: "REFUSED", CONTESTED: "REFUSED", DISCLOSED: "REFUSED" };

/** With the provider, and not over. */
export const inForce = ["ISSUED", "ACCEPTED", "CONTESTED"] as const;
const issued = [...inForce, "FULFILLED"] as const;
const notOver = ["DRAFT", "AWAITING_VALIDATION", ...inForce] as const;

type Row = [Act, Party | null, readonly WarrantStatus[], Transition["to"], Condition, Transition["items"], Moves];
const rows: readonly Row[] = [
  ["ISSUE", "ISSUING_AUTHORITY", ["DRAFT"], "ISSUED", { validationMissing: false }, "ALL", order],
  ["ISSUE", "ISSUING_AUTHORITY", ["DRAFT"], "AWAITING_VALIDATION", { validationMissing: true }, "ALL", {}],
  ["VALIDATE", "VALIDATING_AUTHORITY", ["AWAITING_VALIDATION"], "ISSUED", {}, "ALL", order],
  ["VALIDATE", "VALIDATING_AUTHORITY", issued, "AS_ITEMS", { validationOwed: true }, "ALL", {}],
  ["DECLINE", "VALIDATING_AUTHORITY", ["AWAITING_VALIDATION"], "REVOKED", {}, "ALL", lapse],
  ["DECLINE", "VALIDATING_AUTHORITY", issued, "REVOKED", { validationOwed: true }, "ALL", lapse],
  ["APPROVE", "PROVIDER", inForce, "AS_ITEMS", { approvalMissing: true }, "ALL", {}],
  ["ACCEPT", "PROVIDER", inForce, "AS_ITEMS", { approvalMissing: false }, "NAMED", { ORDERED: "ACCEPTED" }],
  [
    "ACCEPT_BY_POLICY",
    "PROVIDER",
    inForce,
    "AS_ITEMS",
    { policyAccepts: true, preservation: false },
    "NAMED",
    { ORDERED: "ACCEPTED" },
  ],
  ["CONTEST", "PROVIDER", inForce, "AS_ITEMS", {}, "NAMED", { ORDERED: "CONTESTED" }],
  ["ANSWER", "ISSUING_AUTHORITY", inForce, "AS_ITEMS", { contested: true }, "ALL", { CONTESTED: "ORDERED" }],
  ["REPORT_NOT_HELD", "PROVIDER", inForce, "AS_ITEMS", {}, "NAMED", { ORDERED: "NOT_HELD", ACCEPTED: "NOT_HELD" }],
  ["REFUSE", "PROVIDER", inForce, "AS_ITEMS", {}, "NAMED", { ORDERED: "REFUSED", CONTESTED: "REFUSED" }],
  ["FULFIL", "PROVIDER", inForce, "AS_ITEMS", { preservation: false }, "NAMED", { ACCEPTED: "DISCLOSED" }],
  ["CLEAR", "ENFORCING_AUTHORITY", inForce, "AS_ITEMS", {}, "NAMED", stay],
  ["OBJECT", "ENFORCING_AUTHORITY", issued, "AS_ITEMS", {}, "NAMED", object],
  ["REVOKE", "ISSUING_AUTHORITY", notOver, "REVOKED", {}, "ALL", lapse],
  ["REVOKE", "CENTRAL_AUTHORITY", ["AWAITING_VALIDATION", ...inForce], "REVOKED", {}, "ALL", lapse],
  ["EXTEND", "ISSUING_AUTHORITY", inForce, "AS_ITEMS", { preservation: true, extended: false }, "ALL", {}],
  ["FOLLOW", "ISSUING_AUTHORITY", inForce, "AS_ITEMS", { preservation: true }, "ALL", {}],
  ["RELEASE", null, inForce, "AS_ITEMS", { preservation: true }, "ALL", {}],
  ["LAPSE", null, issued, "REVOKED", { validationOwed: true }, "ALL", lapse],
  ["EXPIRE", null, notOver, "EXPIRED", {}, "ALL", lapse],
];

/** The whole table, one line for each status that an act starts from. */
export const life: readonly Transition[] = rows.flatMap(([act, by, froms, to, when, items, moves]) =>
  froms.map((from) => ({ act, by, from, to, when, items, moves })),
);

/** Where a warrant stands that is with the provider, by where its items stand: the first line that holds. */
export function statusOf(items: readonly ItemStatus[]): WarrantStatus {
  const some = (...statuses: readonly ItemStatus[]): boolean => items.some((item) => statuses.includes(item));
  const open = some("ORDERED", "CONTESTED");
  if (some("ACCEPTED") || (open && some("DISCLOSED"))) return "ACCEPTED";
  if (some("CONTESTED")) return "CONTESTED";
  if (open) return "ISSUED";
  return some("DISCLOSED", "NOT_HELD") ? "FULFILLED" : "REFUSED";
}

/** Why an act makes no transition: a sentence for whoever tried. */
export interface NoTransition {
  readonly code: "NOT_IN_THIS_STATUS" | "NOT_YOUR_ACT" | "NOT_AS_IT_STANDS";
  readonly message: string;
}

/** The transition that an act makes, or why there is none. */
export function findTransition(
  act: Act,
  from: WarrantStatus,
  by: Party | null,
  standing: Standing,
): Transition | NoTransition {
  const here = life.filter((row) => row.act === act && row.from === from);
  if (here.length === 0) return { code: "NOT_IN_THIS_STATUS", message: notFromHere(act, from) };
  const hers = here.filter((row) => row.by === by);
  if (hers.length === 0) {
    const parties = [...new Set(here.map((row) => partyNames[row.by ?? "CLOCK"]))];
    return { code: "NOT_YOUR_ACT", message: `Only ${parties.join(" or ")} may ${verbs[act]}.` };
  }
  const fits = hers.filter((row) => unmetBy(row.when, standing).length === 0);
  if (fits.length > 1)
    throw new Error(`${fits.length} transitions ${act} from ${from} by ${by}: the table must give one`);
  const unmet = hers.flatMap(({ when }) => unmetBy(when, standing));
  return (
    fits[0] ?? {
      code: "NOT_AS_IT_STANDS",
      message: `One can ${verbs[act]} only where ${unmet.map((fact) => facts[fact]).join(" and ")}.`,
    }
  );
}

/** Statuses from which an act is possible at all. */
export function statusesBefore(act: Act): readonly WarrantStatus[] {
  return [...new Set(life.filter((row) => row.act === act).map((row) => row.from))];
}

/** The facts that are not as the condition wants them; none: it holds. */
function unmetBy(condition: Condition, standing: Standing): (keyof Standing)[] {
  const wanted = Object.entries(condition) as [keyof Standing, boolean][];
  return wanted.filter(([fact, value]) => standing[fact] !== value).map(([fact]) => fact);
}

const facts: Readonly<Record<keyof Standing, string>> = {
  validationMissing: "a validation is, or is not, missing",
  validationOwed: "it was given first and awaits its validation",
  contested: "the provider contests something",
  approvalMissing: "an emergency was approved by a second person (before it is accepted, and once)",
  preservation: "it orders what the act is for: to preserve data, or to produce them",
  extended: "it was not extended before",
  policyAccepts: "the provider's policy accepts it and nothing asks for a person",
};

const verbs: Readonly<Record<Act, string>> = {
  ISSUE: "issue a warrant",
  VALIDATE: "validate a warrant",
  DECLINE: "decline to validate a warrant",
  ACCEPT: "accept a warrant",
  ACCEPT_BY_POLICY: "accept a warrant by policy",
  CONTEST: "contest a warrant",
  ANSWER: "answer what is contested in a warrant",
  REPORT_NOT_HELD: "report that data are not held under a warrant",
  REFUSE: "refuse a warrant",
  FULFIL: "fulfil a warrant",
  CLEAR: "clear a hold of a warrant",
  OBJECT: "object to a warrant",
  APPROVE: "approve the emergency of a warrant",
  REVOKE: "revoke a warrant",
  EXTEND: "extend a preservation",
  FOLLOW: "follow a preservation by a production order",
  RELEASE: "release what a production order had kept",
  LAPSE: "let a warrant lapse",
  EXPIRE: "let a warrant expire",
};

const partyNames: Readonly<Record<Party | "CLOCK", string>> = {
  ISSUING_AUTHORITY: "the issuing authority",
  VALIDATING_AUTHORITY: "the validating authority",
  ENFORCING_AUTHORITY: "the enforcing authority",
  CENTRAL_AUTHORITY: "the central authority",
  PROVIDER: "the provider it is addressed to",
  CLOCK: "the clock",
};

const standings: Readonly<Record<WarrantStatus, string>> = {
  DRAFT: "is a draft",
  AWAITING_VALIDATION: "awaits validation",
  ISSUED: "is issued",
  ACCEPTED: "is accepted",
  CONTESTED: "is contested",
  REFUSED: "was refused",
  FULFILLED: "is fulfilled",
  REVOKED: "was revoked",
  EXPIRED: "has expired",
};

function notFromHere(act: Act, from: WarrantStatus): string {
  return `This warrant ${standings[from]}; one can ${verbs[act]} only from ${statusesBefore(act).join(", ")}.`;
}
