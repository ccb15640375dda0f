import { type Opening, opens } from "../../../schema/ledger/commitment.js";
import type { AccessLeaf, AccessReference } from "../../../schema/ledger/leaf.js";
import type { Reference } from "../../../schema/ledger/vocabulary.js";
import type { AccessRecord } from "../entities/access-record.js";
import type { FieldAccess } from "../entities/field-access.js";

/** An opening that is not the one its leaf committed to: somebody changed it. */
export class OpeningFault extends Error {
  override readonly name = "OpeningFault";
}

/** What a commitment was made to; null where there is none, or its opening is gone. Throws OpeningFault. */
export function openReference(
  commitment: string | null,
  {
    reference,
    index,
    openings,
  }: { readonly reference: Reference; readonly index: number; readonly openings: readonly Opening[] },
): string | null {
  const opening = openings.find((one) => one.reference === reference);
  if (opening === undefined) return null;
  if (commitment === null || !opens(opening, commitment))
    throw new OpeningFault(`the opening of ${reference} of leaf ${index} is not the one the leaf commits to`);
  return opening.value;
}

/** An ACCESS leaf with its commitments opened, as the two tables hold it. Throws OpeningFault. */
export function recordOfLeaf(
  leaf: AccessLeaf,
  place: { readonly index: number; readonly bytes: Uint8Array; readonly hash: Uint8Array },
  openings: readonly Opening[],
): { record: Omit<AccessRecord, "level">; fields: FieldAccess[] } {
  const opened = (reference: AccessReference): string | null =>
    openReference(leaf[reference], { reference, index: place.index, openings });
  return {
    record: {
      index: place.index,
      recordedAt: new Date(leaf.at),
      leaf: Buffer.from(place.bytes).toString("utf8"),
      leafHash: Buffer.from(place.hash).toString("hex"),
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
