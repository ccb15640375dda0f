import { canonicalJson } from "../../../schema/canonical-json.js";
import type { Opening } from "../../../schema/ledger/commitment.js";
import type { ConsultationLeaf, ConsultationReference } from "../../../schema/ledger/leaf.js";
import type { AccessRecord } from "../entities/access-record.js";
import type { LogRead } from "../entities/log-read.js";
import { logEntryOf, type PlacedLeaf } from "./log-entry-of.js";
import { openReference } from "./open-reference.js";

/** A CONSULTATION leaf with its commitments opened, as the two tables hold it: a record of its own kind. Throws OpeningFault. */
export function consultationOfLeaf(
  leaf: ConsultationLeaf,
  place: PlacedLeaf,
  openings: readonly Opening[],
): { record: Omit<AccessRecord, "level">; reads: LogRead[] } {
  const { index } = place;
  const opened = (reference: ConsultationReference): string | null =>
    openReference(leaf[reference], { reference, index, openings });
  const question = opened("question");
  const asked = question === null ? null : (JSON.parse(question) as readonly unknown[]);
  return {
    record: {
      ...logEntryOf(leaf, place),
      operationId: leaf.operationId,
      operationName: opened("operationName"),
      operationHash: leaf.operationHash,
      actor: opened("actor") ?? "erased",
      role: leaf.role,
      country: leaf.country,
      authorityId: leaf.authority,
      platform: leaf.platform,
      warrantId: opened("warrant"),
      caseId: opened("case"),
      warrantStatus: null,
      warrantContentHash: null,
      emergency: false,
      held: false,
      purpose: "CONSULTATION",
      recipient: null,
      subjectId: opened("subject"),
      outcome: "UNKNOWN",
      ruleBookVersion: null,
      ruleBookHash: null,
      ofLog: true,
    },
    reads: leaf.reads.map(({ field, rows }, position) => ({
      index,
      position,
      field,
      rows,
      arguments: asked === null ? null : canonicalJson(asked[position]),
    })),
  };
}
