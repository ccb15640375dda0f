/**
 * The leaves of the access log. A leaf is hashed and stored as its RFC 8785 bytes and never changes, so its key set is closed: a new key
 * is a new version. Absent is null. Nothing in it identifies a person or a proceeding: these stand as commitments (hex), whose openings are kept
 * apart and can be erased. Values that were disclosed are in no leaf, nor are their hashes.
 */
import type {
  AuthorityKind,
  DataCategory,
  DeadlineState,
  DecisionCode,
  Effect,
  ObligationKind,
  ObligationState,
  Party,
  WarrantKind,
  WarrantStatus,
} from "../law/vocabulary.js";
import type { Role } from "../principal.js";
import type {
  Alarm,
  ErasureGround,
  GapReason,
  HoldAct,
  HoldGround,
  LeafType,
  Purpose,
  Reference,
  StatedOutcome,
  WarrantAct,
} from "./vocabulary.js";

/** Version of the key sets below. */
export const leafVersion = 1;
/** Version of an ACCESS leaf that names a recipient, one key more. All others stay in version 1: whoever knows that alone reads every log in which nothing was transferred. */
export const transferVersion = 2;
/** Largest leaf, in bytes of its canonical form. */
export const maxLeafBytes = 8192;

interface LeafBase<T extends LeafType, V extends number = typeof leafVersion> {
  readonly v: V;
  readonly type: T;
  /** When it happened by the writer's clock; RFC 3339 UTC with milliseconds. */
  readonly at: string;
}

/** What was decided about one field. */
export interface FieldDecision {
  /** Schema coordinate, for example "User.email". */
  readonly field: string;
  readonly category: DataCategory;
  /** What happened at the door, holds and dry runs included. */
  readonly permitted: boolean;
  readonly code: DecisionCode;
  readonly effect: Effect;
  /** Rule id; null where no rule decided. */
  readonly rule: string | null;
}

/** One person and one passage through the door, with every field decision. */
export interface AccessLeaf extends LeafBase<"ACCESS", typeof leafVersion | typeof transferVersion> {
  readonly operationId: string;
  /** SHA-256 (hex) of the operation's text. */
  readonly operationHash: string;
  readonly operationName: string | null;
  readonly purpose: Purpose;
  /** Of a transfer, and in version 2 alone: the service that receives the values. */
  readonly recipient?: string;
  readonly actor: string;
  readonly role: Role;
  readonly country: string | null;
  readonly authority: string | null;
  /** Code of the platform whose data were asked for. */
  readonly platform: string | null;
  /** Commitments to the warrant's id, to the hash of its content and to its case. */
  readonly warrant: string | null;
  readonly warrantContent: string | null;
  readonly case: string | null;
  /** As they were at that moment. */
  readonly warrantStatus: string | null;
  readonly emergency: boolean;
  readonly held: boolean;
  readonly ruleBook: { readonly version: string; readonly hash: string } | null;
  /** Null: the public half named no person. */
  readonly subject: string | null;
  /** Commitment to what was put to the law, so that the decision can be replayed until the opening is erased. */
  readonly question: string | null;
  readonly fields: readonly FieldDecision[];
}

/** What an ACCESS leaf commits to. */
export type AccessReference = keyof AccessLeaf & Reference;

/** What became of the values that earlier ACCESS leaves of one operation authorised. */
export interface OutcomeLeaf extends LeafBase<"OUTCOME"> {
  readonly operationId: string;
  readonly of: readonly {
    /** Leaf hash (hex) of the ACCESS leaf. */
    readonly leaf: string;
    readonly outcome: StatedOutcome;
    readonly rows: readonly { readonly field: string; readonly rows: number }[];
  }[];
}

/** Who reads the log: somebody with a token, or an operator at the machine. */
export interface Reader {
  readonly role: Role | "OPERATOR";
  readonly country: string | null;
  readonly authority: string | null;
  readonly platform: string | null;
}

/** Somebody read the log. Durable before she was told; whether it reached her nobody says. */
export interface ConsultationLeaf extends LeafBase<"CONSULTATION">, Reader {
  readonly operationId: string;
  /** SHA-256 (hex) of the operation's text. */
  readonly operationHash: string;
  readonly operationName: string | null;
  readonly actor: string;
  /** Commitments to whom and what a filter asked after. */
  readonly subject: string | null;
  readonly warrant: string | null;
  readonly case: string | null;
  /** Commitment to the arguments of the questions, a JSON list in their order. */
  readonly question: string;
  /** What was asked, and how many entries or groups were told. */
  readonly reads: readonly { readonly field: string; readonly rows: number }[];
}

/** Most questions in one leaf. */
export const maxReads = 32;

/** What a CONSULTATION leaf commits to. */
export type ConsultationReference = keyof ConsultationLeaf & Reference;

/** A person is erased from the log: the openings of what named her are deleted once this leaf is durable. Which leaves, it does not say: that would say that they are about one person. */
export interface ErasureLeaf extends LeafBase<"ERASURE"> {
  /** The request that was confirmed. */
  readonly erasure: string;
  readonly ground: ErasureGround;
  /** Leaves that name her no more. */
  readonly leaves: number;
  /** Commitments to the two who asked for it and confirmed it. */
  readonly requestedBy: string;
  readonly confirmedBy: string;
}

/** The oldest leaves are past retention and taken away; their hashes stay in the tree. */
export interface RetentionLeaf extends LeafBase<"RETENTION"> {
  /** Leaves below this index are not there any more. */
  readonly minimum: number;
  /** The last month that went, "2026-01", UTC. */
  readonly through: string;
  /** Commitment to the operator. */
  readonly actor: string;
}

/** A legal hold was placed or lifted: what it is on stays out of erasure and of the end of retention from the one to the other. */
export interface HoldLeaf extends LeafBase<"HOLD"> {
  readonly hold: string;
  readonly act: HoldAct;
  readonly ground: HoldGround;
  /** What it is on, one of these: commitments to a warrant or a case, or a time [from, to). */
  readonly warrant: string | null;
  readonly case: string | null;
  readonly from: string | null;
  readonly to: string | null;
  /** Commitment to the operator. */
  readonly actor: string;
}

/** What a HOLD leaf commits to. */
export type HoldReference = keyof HoldLeaf & Reference;

/** What an act made of one obligation: brought it (OPEN), or changed it. */
export interface DutyChange {
  readonly kind: ObligationKind;
  readonly owner: Party;
  readonly state: ObligationState;
  readonly dueAt: string | null;
}

/** One act on a warrant, as its subgraph wrote it down in the act's own transaction; `at` says when it reached the log. Nothing of what anybody wrote is in it. */
export interface WarrantLeaf extends LeafBase<"WARRANT"> {
  /** Commitment to the id of the act where it was done: it stands in the log once. */
  readonly act: string;
  readonly what: WarrantAct;
  /** When it was done, by the clock of who wrote it down. */
  readonly doneAt: string;
  /** Status before and after; null before the draft. Equal where only an obligation, a hold or a deadline changed. */
  readonly from: WarrantStatus | null;
  readonly to: WarrantStatus;
  readonly by: Party;
  readonly actor: string;
  /** Of the issuing authority. */
  readonly country: string;
  readonly authority: string;
  readonly authorityKind: AuthorityKind;
  readonly platform: string;
  readonly warrant: string;
  readonly warrantContent: string;
  readonly case: string;
  readonly kind: WarrantKind;
  readonly categories: readonly DataCategory[];
  readonly emergency: boolean;
  /** True once it was issued: from then on it is the provider's to know. */
  readonly issued: boolean;
  /** Before the act: it was given first, and its validation was still owed. */
  readonly validationOwed: boolean;
  /** After the act: the kind of authority that validated it. */
  readonly validatedBy: AuthorityKind | null;
  /** Id of the registered key that signed this act; null: none did. */
  readonly signingKey: string | null;
  /** The provider's deadline after the act. */
  readonly deadline: { readonly at: string; readonly state: DeadlineState } | null;
  /** What became of obligations by this act, and a commitment to the list of their ids, in the same order; null where there is none. */
  readonly duties: readonly DutyChange[];
  readonly obligations: string | null;
}

/** A tree by its size and root (hex). */
interface StatedTree {
  readonly size: number;
  readonly root: string;
}

/**
 * The log goes on under another origin, since it lost leaves that were signed under the one before: a backup was restored. What stands before this leaf's batch is
 * the tree of the last good checkpoint.
 */
export interface OriginLeaf extends LeafBase<"ORIGIN"> {
  readonly origin: string;
  readonly previous: StatedTree & { readonly origin: string };
  /** The largest tree that was signed under the origin before, and that this log does not contain. */
  readonly lost: StatedTree;
}

/** What a WARRANT leaf commits to. */
export type WarrantReference = keyof WarrantLeaf & Reference;

/** Most obligations in one leaf; an act that changes more stands in several. */
export const maxDuties = 32;

/** An epoch as the next one remembers it. */
export interface EarlierEpoch {
  readonly writer: string;
  /** Batches acknowledged, and the hash (hex) of the last of them. */
  readonly batches: number;
  readonly head: string;
}

/** A batch of which the writer never learnt whether it was committed. Nothing was disclosed on it. */
export interface UnconfirmedBatch {
  readonly writer: string;
  readonly batch: number;
  readonly hash: string;
}

/** First leaf of an epoch. The batch that carries it is signed with the key it names. */
export interface WriterOpenLeaf extends LeafBase<"WRITER_OPEN"> {
  /** Raw Ed25519 public key, hex: the writer's name. */
  readonly writer: string;
  /** The last epoch of this process that had an acknowledged batch. */
  readonly previous: EarlierEpoch | null;
  /** Since then; at most the latest `maxUnconfirmed`. */
  readonly unconfirmed: readonly UnconfirmedBatch[];
}
export const maxUnconfirmed = 16;

/** Last leaf of an epoch that ended in good order. */
export type WriterCloseLeaf = LeafBase<"WRITER_CLOSE">;

/** The writer lives and had nothing to record. */
export type HeartbeatLeaf = LeafBase<"HEARTBEAT">;

/** A time in which decisions could not be recorded; their data were not disclosed. */
export interface GapLeaf extends LeafBase<"GAP"> {
  readonly from: string;
  readonly to: string;
  readonly reason: GapReason;
  /** Leaves refused in that time. */
  readonly refused: number;
}

/** Something that must not happen, happened. */
export interface AlarmLeaf extends LeafBase<"ALARM"> {
  readonly alarm: Alarm;
  readonly operationId: string | null;
  /** Service concerned, where there is one. */
  readonly service: string | null;
}

export type Leaf =
  | AccessLeaf
  | OutcomeLeaf
  | ConsultationLeaf
  | ErasureLeaf
  | RetentionLeaf
  | HoldLeaf
  | WarrantLeaf
  | OriginLeaf
  | WriterOpenLeaf
  | WriterCloseLeaf
  | HeartbeatLeaf
  | GapLeaf
  | AlarmLeaf;
