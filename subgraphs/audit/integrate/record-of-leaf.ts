import type { Opening } from "../../../schema/ledger/commitment.js";
import type { AccessLeaf, AccessReference } from "../../../schema/ledger/leaf.js";
import type { AccessRecord } from "../entities/access-record.js";
import type { FieldAccess } from "../entities/field-access.js";
import { logEntryOf, type PlacedLeaf } from "./log-entry-of.js";
import { openReference } from "./open-reference.js";

/** An ACCESS leaf with its commitments opened, as the two tables hold it. Throws OpeningFault. */
export function recordOfLeaf(
  leaf: AccessLeaf,
  place: PlacedLeaf,
  openings: readonly Opening[],
): { record: Omit<AccessRecord, "level">; fields: FieldAccess[] } {
  const opened = (reference: AccessReference): string | null =>
    openReference(leaf[reference], { reference, index: place.index, openings });
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
      warrantStatus: leaf.warrantStatus,
      warrantContentHash: opened("warrantContent"),
      emergency: leaf.emergency,
      held: leaf.held,
      purpose: leaf.purpose,
      recipient: leaf.recipient ?? null,
      subjectId: opened("subject"),
      outcome: leaf.fields.some(({ permitted }) => permitted) ? "UNKNOWN" : "WITHHELD",
      ruleBookVersion: leaf.ruleBook?.version ?? null,
      ruleBookHash: leaf.ruleBook?.hash ?? null,
      ofLog: false,
    },
    fields: leaf.fields.map(({ rule, ...decision }, position) => ({
      ...decision,
      index: place.index,
      position,
      ruleId: rule,
      rows: null,
    })),
  };
}
