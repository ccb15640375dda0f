import type { Opening } from "../../../schema/ledger/commitment.js";
import type { ErasureLeaf, HoldLeaf, HoldReference, Leaf, RetentionLeaf } from "../../../schema/ledger/leaf.js";
import type { SystemRecord } from "../entities/system-record.js";
import type { Erasure } from "../types/erasure.js";
import type { Hold } from "../types/hold.js";
import type { Retention } from "../types/retention.js";
import type { SystemEvent } from "../words.js";
import { logEntryOf, type PlacedLeaf } from "./log-entry-of.js";
import { openReference } from "./open-reference.js";

/** A leaf about the log itself, as the projection holds it. Throws OpeningFault. */
export function systemRecordOf(
  leaf: Extract<Leaf, { type: SystemEvent }>,
  place: PlacedLeaf,
  openings: readonly Opening[],
): Omit<SystemRecord, "level"> {
  return {
    ...logEntryOf(leaf, place),
    event: leaf.type,
    erasure: leaf.type === "ERASURE" ? erasureOf(leaf, place.index, openings) : null,
    retention: leaf.type === "RETENTION" ? retentionOf(leaf, place.index, openings) : null,
    hold: leaf.type === "HOLD" ? holdOf(leaf, place.index, openings) : null,
  };
}

function erasureOf(leaf: ErasureLeaf, index: number, openings: readonly Opening[]): Erasure {
  const opened = (reference: "requestedBy" | "confirmedBy"): string | null =>
    openReference(leaf[reference], { reference, index, openings });
  const { ground, leaves } = leaf;
  return { ground, leaves, requestedBy: opened("requestedBy"), confirmedBy: opened("confirmedBy") };
}

function retentionOf(
  { minimum, through, actor }: RetentionLeaf,
  index: number,
  openings: readonly Opening[],
): Retention {
  return { minimum, through, by: openReference(actor, { reference: "actor", index, openings }) };
}

function holdOf(leaf: HoldLeaf, index: number, openings: readonly Opening[]): Hold {
  const opened = (reference: HoldReference): string | null =>
    openReference(leaf[reference], { reference, index, openings });
  const { hold: id, act, ground, from, to } = leaf;
  return {
    ...{ id, act, ground },
    from: from === null ? null : new Date(from),
    to: to === null ? null : new Date(to),
    by: opened("actor"),
    warrantId: opened("warrant"),
    caseId: opened("case"),
  };
}
