import { createHash } from "node:crypto";
import { canonicalJson } from "../../schema/canonical-json.js";
import { maxReads, type Reader } from "../../schema/ledger/leaf.js";
import { asReference, asWord, type LeafDraft } from "./draft.js";

/** One question to the log, and how much it was told. */
export interface Reading {
  /** Schema coordinate, or `Command.export`. */
  readonly field: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly rows: number;
}

/** Who read the log, in which operation. */
export interface Consultation {
  readonly operation: { readonly id: string; readonly hash: string; readonly name: string | null };
  readonly reader: Reader & { readonly sub: string };
  readonly reads: readonly Reading[];
}

/** Characters of one question's arguments, as JSON; what is longer stands as its digest. */
const maxArguments = 4096;

/**
 * The drafts of an operation that read the log: one leaf, or one for each person, warrant and case that it asked after by a filter. Such a leaf names them as any
 * other does, so that it is found by them, and an erasure reaches it.
 */
export function consultationDrafts({ operation, reader, reads }: Consultation): LeafDraft[] {
  const matters = Map.groupBy(reads, ({ arguments: given }) => JSON.stringify(matterOf(given)));
  return [...matters.values()].flatMap((same) => {
    const { subject, warrant, inCase } = matterOf(same[0]?.arguments ?? {});
    return inRuns(same).map((run) => ({
      references: {
        operationName: operation.name === null ? null : asReference(operation.name),
        actor: asReference(reader.sub),
        subject: asReferenceOrNull(subject),
        warrant: asReferenceOrNull(warrant),
        case: asReferenceOrNull(inCase),
        question: `[${run.map(({ arguments: given }) => textOf(given)).join(",")}]`,
      },
      clear: {
        type: "CONSULTATION" as const,
        operationId: asWord(operation.id),
        operationHash: operation.hash,
        role: reader.role,
        country: reader.country,
        authority: wordOrNull(reader.authority),
        platform: wordOrNull(reader.platform),
        reads: run.map(({ field, rows }) => ({ field, rows })),
      },
    }));
  });
}

/** Whom and what a question asks after by a filter. */
function matterOf({ filter }: Readonly<Record<string, unknown>>) {
  const { subjectId, warrantId, caseId } = (filter ?? {}) as Readonly<Record<string, unknown>>;
  return { subject: asText(subjectId), warrant: asText(warrantId), inCase: asText(caseId) };
}

function inRuns(reads: readonly Reading[]): Reading[][] {
  return Array.from({ length: Math.ceil(reads.length / maxReads) }, (_, run) =>
    reads.slice(run * maxReads, (run + 1) * maxReads),
  );
}

function textOf(given: Readonly<Record<string, unknown>>): string {
  const text = canonicalJson(JSON.parse(JSON.stringify(given)));
  return text.length <= maxArguments
    ? text
    : JSON.stringify({ sha256: createHash("sha256").update(text, "utf8").digest("hex") });
}

const asText = (value: unknown): string | null => (typeof value === "string" ? value : null);
const asReferenceOrNull = (text: string | null): string | null => (text === null ? null : asReference(text));
const wordOrNull = (text: string | null): string | null => (text === null ? null : asWord(text));
