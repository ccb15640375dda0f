import type { LeafReceipt } from "../../schema/ledger/receipt.js";
import type { LeafDraft } from "../record/draft.js";
import type { Recorder } from "../record/open-recorder.js";
import { type AccessOutcome, outcomeDrafts } from "../record/outcome-draft.js";
import type { Ask } from "./types.js";

/** Keeps count of what really left under each leaf of one operation, and says so at the end. */
export interface Outcomes {
  /** A passage was recorded: for each of its persons the drafts, and the asks that were permitted. */
  recorded(
    drafts: readonly (readonly LeafDraft[])[],
    receipts: readonly LeafReceipt[],
    permitted: readonly (readonly Ask[])[],
  ): void;
  /**
   * Rows of a permitted field that stand in the answer; 0 for a null. Where several passages asked the same, each of their leaves says so: the log may
   * say too much of what left, never too little.
   */
  released(ask: Ask, rows: number): void;
  finish(outcome: "ANSWERED" | "ABORTED"): void;
}

interface LeafOutcome {
  readonly leaf: string;
  readonly rows: Map<string, number>;
}

/** Best effort by design: the promise is that nothing leaves unrecorded, not that every departure is told. */
export function keepOutcomes(operationId: string, recorder: Pick<Recorder, "note">): Outcomes {
  const leaves: LeafOutcome[] = [];
  const leavesOf = new Map<Ask, LeafOutcome[]>();

  return {
    recorded(drafts, receipts, permitted) {
      let place = 0;
      for (const [person, own] of drafts.entries()) {
        const asks = permitted[person] ?? [];
        for (const draft of own) {
          const receipt = receipts[place++];
          if (receipt === undefined || draft.clear.type !== "ACCESS") continue;
          const fields = new Set(draft.clear.fields.flatMap((one) => (one.permitted ? [one.field] : [])));
          if (fields.size === 0) continue;
          const outcome: LeafOutcome = { leaf: receipt.leafHash, rows: new Map() };
          leaves.push(outcome);
          for (const ask of asks) {
            if (!fields.has(ask.field.coordinate)) continue;
            const known = leavesOf.get(ask);
            if (known) known.push(outcome);
            else leavesOf.set(ask, [outcome]);
          }
        }
      }
    },

    released(ask, rows) {
      const under = leavesOf.get(ask);
      if (under === undefined) throw new Error(`${ask.field.coordinate} was released without a record`);
      const { coordinate } = ask.field;
      for (const leaf of under) leaf.rows.set(coordinate, (leaf.rows.get(coordinate) ?? 0) + rows);
    },

    finish(how) {
      const told = leaves.map(
        ({ leaf, rows }): AccessOutcome => ({
          leaf,
          outcome: rows.size === 0 ? "WITHHELD" : how === "ABORTED" ? "ABORTED" : "RELEASED",
          rows: [...rows].map(([field, count]) => ({ field, rows: count })),
        }),
      );
      recorder.note(outcomeDrafts(operationId, told));
    },
  };
}
