import type { Opening } from "../../../schema/ledger/commitment.js";
import type { WarrantLeaf, WarrantReference } from "../../../schema/ledger/leaf.js";
import type { DutyChange } from "../entities/duty-change.js";
import type { WarrantRecord } from "../entities/warrant-record.js";
import { logEntryOf, type PlacedLeaf } from "./log-entry-of.js";
import { openReference } from "./open-reference.js";

/** A WARRANT leaf with its commitments opened, as the two tables hold it. Throws OpeningFault. */
export function actOfLeaf(
  leaf: WarrantLeaf,
  place: PlacedLeaf,
  openings: readonly Opening[],
): { act: Omit<WarrantRecord, "level">; duties: DutyChange[] } {
  const { index } = place;
  const opened = (reference: WarrantReference): string | null =>
    openReference(leaf[reference], { reference, index, openings });
  const ids = JSON.parse(opened("obligations") ?? "[]") as readonly string[];
  const { from, to, by, country, authorityKind, platform, kind, emergency, issued } = leaf;
  const { validationOwed, validatedBy, signingKey, deadline } = leaf;
  return {
    act: {
      ...logEntryOf(leaf, place),
      ...{ from, to, by, country, authorityKind, platform, kind, emergency, issued },
      ...{ validationOwed, validatedBy, signingKey },
      act: leaf.what,
      doneAt: new Date(leaf.doneAt),
      actor: opened("actor") ?? "erased",
      authorityId: leaf.authority,
      warrantId: opened("warrant"),
      warrantContentHash: opened("warrantContent"),
      caseId: opened("case"),
      categories: [...leaf.categories],
      deadlineAt: deadline === null ? null : new Date(deadline.at),
      deadlineState: deadline?.state ?? null,
    },
    duties: leaf.duties.map(({ dueAt, ...duty }, position) => ({
      ...duty,
      ...{ index, position },
      obligationId: ids[position] ?? null,
      dueAt: dueAt === null ? null : new Date(dueAt),
    })),
  };
}
