import type { Party } from "../../schema/law/vocabulary.js";
import type { ItemStatus, WarrantStatus } from "./words.js";

/**
 * The life of a warrant, whole, as one table: from where, by which act, to where, who may, on what condition, with what effect on the items.
 * What is not in the table does not happen. No other file knows which status follows which.
 */
export type Act = "ISSUE" | "ACCEPT" | "REFUSE" | "REVOKE" | "EXPIRE";

/** What the conditions of the table look at, beside the status. */
export interface Standing {
  /** Some category needs validation by an authority of another kind. */
  readonly validationMissing: boolean;
  /** After the act some item is still open to the provider's answer. */
  readonly unanswered: boolean;
}

type Condition = { readonly [fact in keyof Standing]?: boolean };

export interface Transition {
  readonly from: WarrantStatus;
  readonly act: Act;
  readonly to: WarrantStatus;
  /** Null: nobody, the clock. */
  readonly by: Party | null;
  /** Every fact named must be so. */
  readonly when: Condition;
  /** The items that the act is about: those named, or all where `items` says so. */
  readonly items: "NAMED" | "ALL";
  /** New status of those items, by the status they have; an item in another status cannot be named, and is left alone under ALL. */
  readonly moves: { readonly [status in ItemStatus]?: ItemStatus };
}

const none = {} as const;
const order = { DRAFT: "ORDERED" } as const;
const accept = { ORDERED: "ACCEPTED" } as const;
const refuse = { ORDERED: "REFUSED" } as const;
const lapse = { DRAFT: "LAPSED", ORDERED: "LAPSED", ACCEPTED: "LAPSED", HELD: "LAPSED", CONTESTED: "LAPSED" } as const;

type Row = [WarrantStatus, Act, WarrantStatus, Party | null, Condition, Transition["items"], Transition["moves"]];
const rows: readonly Row[] = [
  ["DRAFT", "ISSUE", "ISSUED", "ISSUING_AUTHORITY", { validationMissing: false }, "ALL", order],
  ["DRAFT", "ISSUE", "AWAITING_VALIDATION", "ISSUING_AUTHORITY", { validationMissing: true }, "ALL", none],
  ["ISSUED", "ACCEPT", "ACCEPTED", "PROVIDER", none, "NAMED", accept],
  ["ACCEPTED", "ACCEPT", "ACCEPTED", "PROVIDER", none, "NAMED", accept],
  ["ISSUED", "REFUSE", "ISSUED", "PROVIDER", { unanswered: true }, "NAMED", refuse],
  ["ISSUED", "REFUSE", "REFUSED", "PROVIDER", { unanswered: false }, "NAMED", refuse],
  ["ACCEPTED", "REFUSE", "ACCEPTED", "PROVIDER", none, "NAMED", refuse],
  ["DRAFT", "REVOKE", "REVOKED", "ISSUING_AUTHORITY", none, "ALL", lapse],
  ["AWAITING_VALIDATION", "REVOKE", "REVOKED", "ISSUING_AUTHORITY", none, "ALL", lapse],
  ["AWAITING_VALIDATION", "REVOKE", "REVOKED", "CENTRAL_AUTHORITY", none, "ALL", lapse],
  ["ISSUED", "REVOKE", "REVOKED", "ISSUING_AUTHORITY", none, "ALL", lapse],
  ["ISSUED", "REVOKE", "REVOKED", "CENTRAL_AUTHORITY", none, "ALL", lapse],
  ["ACCEPTED", "REVOKE", "REVOKED", "ISSUING_AUTHORITY", none, "ALL", lapse],
  ["ACCEPTED", "REVOKE", "REVOKED", "CENTRAL_AUTHORITY", none, "ALL", lapse],
  ["DRAFT", "EXPIRE", "EXPIRED", null, none, "ALL", lapse],
  ["AWAITING_VALIDATION", "EXPIRE", "EXPIRED", null, none, "ALL", lapse],
  ["ISSUED", "EXPIRE", "EXPIRED", null, none, "ALL", lapse],
  ["ACCEPTED", "EXPIRE", "EXPIRED", null, none, "ALL", lapse],
];

/** The whole table. */
export const life: readonly Transition[] = rows.map(([from, act, to, by, when, items, moves]) => ({
  from,
  act,
  to,
  by,
  when,
  items,
  moves,
}));

/** The transition that an act makes, or the reason why there is none, in a sentence for whoever tried. */
export function findTransition(
  act: Act,
  from: WarrantStatus,
  by: Party | null,
  standing: Standing,
): Transition | string {
  const here = life.filter((row) => row.act === act && row.from === from);
  if (here.length === 0) return notFromHere(act, from);
  const hers = here.filter((row) => row.by === by);
  if (hers.length === 0) return `Only ${partyNames[here[0]?.by ?? "CLOCK"]} may ${verbs[act]} a warrant.`;
  const fits = hers.filter((row) => holds(row.when, standing));
  if (fits.length !== 1)
    throw new Error(`${fits.length} transitions ${act} from ${from} by ${by}: the table must give one`);
  return fits[0] as Transition;
}

/** Statuses from which an act is possible at all. */
export function statusesBefore(act: Act): readonly WarrantStatus[] {
  return [...new Set(life.filter((row) => row.act === act).map((row) => row.from))];
}

function holds(condition: Condition, standing: Standing): boolean {
  return Object.entries(condition).every(([fact, value]) => standing[fact as keyof Standing] === value);
}

const verbs: Readonly<Record<Act, string>> = {
  ISSUE: "issue",
  ACCEPT: "accept",
  REFUSE: "refuse",
  REVOKE: "revoke",
  EXPIRE: "let expire",
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
  REFUSED: "was refused by the provider",
  FULFILLED: "is fulfilled",
  REVOKED: "was revoked",
  EXPIRED: "has expired",
};

function notFromHere(act: Act, from: WarrantStatus): string {
  return `This warrant ${standings[from]}; one can ${verbs[act]} a warrant only from ${statusesBefore(act).join(", ")}.`;
}
