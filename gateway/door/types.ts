import type { KnownFacts, Period } from "../../schema/calls.js";
import type { IdentityField } from "../../schema/identity/catalog.js";
import type { Identifier } from "../../schema/identity/identifier.js";
import type { DataCategory, DecisionCode, Effect } from "../../schema/law/vocabulary.js";
import type { Alarm } from "../../schema/ledger/vocabulary.js";

/** The person that an entity's identity data is about, as the public half says it; null: it named none. */
export interface Subject {
  readonly id: string;
  readonly facts: KnownFacts;
  /** She was described with two sets of facts in one operation: these are the first, and nothing of hers is disclosed. */
  readonly doubtful?: true;
}

/**
 * One question at the door: may this field of this entity leave, given that it is about this person? Of a search: may it be made at all (no subject), and may
 * this person that it found be told?
 */
export interface Ask {
  readonly field: IdentityField;
  readonly entityType: string;
  readonly entityId: string;
  readonly subject: Subject | null;
  /** What is searched by, where the field is a search. */
  readonly search?: Identifier;
}

/** A question with its answer, as it is recorded. */
export interface DecidedAsk {
  readonly ask: Ask;
  readonly verdict: Verdict;
  /** The service to which the value is sent on, so that it can answer a field of its own; absent where it is for the client. */
  readonly sentTo?: string;
}

/** Why a field stays shut, in the words that this principal may read. One object per distinct denial, so that paths group by identity. */
export interface Denial {
  readonly code: DecisionCode;
  readonly category: DataCategory;
  readonly effect: Effect;
  readonly rule: string | null;
  readonly reason: string;
}

/** PREVIEW: permitted, but the operation is a dry run; nothing is fetched. */
export type Verdict =
  | { readonly kind: "PERMITTED"; readonly window: Period | null }
  | { readonly kind: "PREVIEW" }
  | { readonly kind: "DENIED"; readonly denial: Denial };

declare const receiptBrand: unique symbol;
/** Proof that the decisions of one passage are durable. Only the recorder makes one, and sending to an identity half takes one. */
export interface Receipt {
  readonly [receiptBrand]: true;
  readonly writer: string;
  readonly batch: number;
  readonly leafHashes: readonly string[];
}

/** What a permitted passage sends to the identity half. */
export interface IdentityRequest {
  /** Name of the half, for example "platform_identity". */
  readonly half: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The asks whose verdict is PERMITTED: the grant names these and nothing else. */
  readonly granted: readonly Ask[];
}

export interface GraphQLAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly message?: unknown;
    readonly path?: readonly (string | number)[];
    readonly extensions?: Record<string, unknown>;
  }[];
  readonly extensions?: unknown;
}

/**
 * The door of one operation. The executor calls judge, record and send in this order for every passage, and there is no other way to an identity half:
 * `judge` every ask (pure; the same ask gets the same verdict for the whole operation), `record` all of them, then `send`.
 */
export interface Door {
  /** Loads what the verdicts rest on (warrant, rule book) once per operation; awaited before the first `judge`. Never throws: what cannot be loaded shuts the door. */
  prepare(): Promise<void>;
  judge(ask: Ask): Verdict;
  /** Throws LogUnavailable: then nothing is fetched and every permitted ask becomes LOG_UNAVAILABLE. */
  record(decided: readonly DecidedAsk[]): Promise<Receipt>;
  /**
   * Records persons whom a search found and the client must not learn of. No receipt of them is handed out, and where there are none something is written all
   * the same, so that the receipts of the operation look alike. Throws LogUnavailable.
   */
  recordSilently(decided: readonly DecidedAsk[]): Promise<void>;
  /** Looks at warrant and law again, signs the grant, sends. Throws when the subgraph cannot be reached, or the warrant is no longer usable (a Denial inside `WarrantGone`). */
  send(receipt: Receipt, request: IdentityRequest, signal: AbortSignal): Promise<GraphQLAnswer>;
  /**
   * The last look before an answer leaves, when anything was disclosed: what stands against an ask now, or null where every decision still stands. Never throws:
   * what cannot be read stands against everything.
   */
  lastLook(): Promise<((ask: Ask) => Denial | null) | null>;
  /** Tells the log how many rows of a field were released of what was fetched under this receipt; best effort, after the answer. */
  released(ask: Ask, rows: number, receipt: Receipt): void;
  /** Tells the log that a half's answer was not the answer to what it was asked; each kind once an operation and half. Best effort, and never with a value. */
  alarm(alarm: Alarm, half: string): void;
}

export class LogUnavailable extends Error {
  override readonly name = "LogUnavailable";
}

/** The warrant ceased to be usable between decision and fetch. */
export class WarrantGone extends Error {
  override readonly name = "WarrantGone";
  constructor(readonly denialFor: (ask: Ask) => Denial) {
    super("the warrant is no longer usable");
  }
}
