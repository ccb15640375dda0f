import { canonicalJson } from "../../schema/canonical-json.js";
import type { FieldDecision } from "../../schema/ledger/leaf.js";
import type { Purpose } from "../../schema/ledger/vocabulary.js";
import type { Principal } from "../../schema/principal.js";
import { asReference, asWord, type LeafDraft } from "./draft.js";

/** The warrant an operation names, as it stood at that moment. All but the id is null where justice knows no such warrant. */
export interface NamedWarrant {
  readonly id: string;
  readonly contentHash: string | null;
  readonly caseId: string | null;
  readonly status: string | null;
  readonly emergency: boolean;
}

/** Everything that one person's record of one passage through the door says. */
export interface Access {
  readonly operation: {
    readonly id: string;
    /** SHA-256 (hex) of the operation's text. */
    readonly hash: string;
    readonly name: string | null;
  };
  readonly principal: Principal;
  /** Whose data were asked for: the platform of the warrant or, without one, of the principal. Auditors and providers of a platform see its records. */
  readonly platform: string | null;
  readonly purpose: Purpose;
  /** Of a transfer: the service that receives the values. */
  readonly recipient?: string;
  readonly warrant: NamedWarrant | null;
  /** Whether a hold was running on any of the fields. */
  readonly held: boolean;
  readonly ruleBook: { readonly version: string; readonly hash: string } | null;
  /** Null: the public half named no person. */
  readonly subjectId: string | null;
  /** What was put to the law, as JSON, so that the decision can be replayed; it may hold facts about the person and is kept apart from the leaf. */
  readonly question: unknown;
  readonly fields: readonly FieldDecision[];
}

/** Bytes of field decisions in one leaf; what stands beside them has at most 2 KiB. */
const maxFieldBytes = 6000;

/**
 * The drafts of one person and passage: one leaf, or several with the same head where the field decisions do not fit into one (8 KiB).
 * Equal decisions about one field stand once.
 */
export function accessDrafts(access: Access): LeafDraft[] {
  const { operation, principal, warrant } = access;
  const references = {
    operationName: operation.name === null ? null : asReference(operation.name),
    actor: asReference(principal.sub),
    warrant: warrant === null ? null : asReference(warrant.id),
    warrantContent: warrant?.contentHash ?? null,
    case: warrant === null || warrant.caseId === null ? null : asReference(warrant.caseId),
    subject: access.subjectId === null ? null : asReference(access.subjectId),
    question: access.question === null ? null : canonicalJson(access.question),
  };
  return split(access.fields).map((fields) => ({
    references,
    clear: {
      type: "ACCESS",
      operationId: asWord(operation.id),
      operationHash: operation.hash,
      purpose: access.purpose,
      role: principal.role,
      country: principal.country,
      authority: wordOrNull(principal.authority),
      platform: wordOrNull(access.platform),
      warrantStatus: wordOrNull(warrant?.status ?? null),
      emergency: warrant?.emergency ?? false,
      held: access.held,
      ...(access.recipient === undefined ? {} : { recipient: asWord(access.recipient) }),
      ruleBook: access.ruleBook && { version: asWord(access.ruleBook.version), hash: access.ruleBook.hash },
      fields,
    },
  }));
}

function split(fields: readonly FieldDecision[]): FieldDecision[][] {
  const distinct = new Map(fields.map((decision) => [JSON.stringify(plain(decision)), plain(decision)]));
  const leaves: FieldDecision[][] = [];
  let room = 0;
  for (const [text, decision] of distinct) {
    if (leaves.length === 0 || text.length > room) {
      leaves.push([]);
      room = maxFieldBytes;
    }
    leaves.at(-1)?.push(decision);
    room -= text.length + 1;
  }
  return leaves;
}

/** Exactly the keys of the leaf, whatever else the caller's object carries. */
function plain({ field, category, permitted, code, effect, rule }: FieldDecision): FieldDecision {
  return { field, category, permitted, code, effect, rule: wordOrNull(rule) };
}

function wordOrNull(text: string | null): string | null {
  return text === null ? null : asWord(text);
}
