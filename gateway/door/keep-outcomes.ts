import type { LeafDraft } from "../record/draft.js";
import type { RecordedReceipt, Recorder } from "../record/open-recorder.js";
import { type AccessOutcome, outcomeDrafts } from "../record/outcome-draft.js";
import type { Ask, Receipt } from "./types.js";

/** Keeps count of what really left under each leaf of one operation, and says so at the end. */
export interface Outcomes {
  /** A passage was recorded: for each of its persons the drafts, and the asks that were permitted. */
  recorded(
    drafts: readonly (readonly LeafDraft[])[],
    receipt: RecordedReceipt,
    permitted: readonly (readonly Ask[])[],
  ): void;
  /** Rows of a permitted field that stand in the answer, fetched under this receipt; 0 for a null. Throws where it holds no such permission. */
  released(ask: Ask, rows: number, receipt: Receipt): void;
  finish(outcome: "ANSWERED" | "ABORTED"): void;
}

interface LeafOutcome {
  readonly leaf: string;
  readonly rows: Map<string, number>;
}

/** Best effort by design: the promise is that nothing leaves unrecorded, not that every departure is told. */
export function keepOutcomes(operationId: string, recorder: Pick<Recorder, "note">): Outcomes {
  const leaves: LeafOutcome[] = [];
  const leavesOf = new Map<Receipt, Map<Ask, LeafOutcome>>();

  return {
    recorded(drafts, receipt, permitted) {
      const { receipts } = receipt;
      const leafOf = new Map<Ask, LeafOutcome>();
      leavesOf.set(receipt, leafOf);
      const permittedIn = permittedOnce();
      let place = 0;
      for (const [person, ofPerson] of drafts.entries()) {
        const asks = permitted[person] ?? [];
        for (const draft of ofPerson) {
          const own = receipts[place++];
          if (own === undefined) continue;
          const fields = permittedIn(draft);
          if (fields.size === 0) continue;
          const outcome: LeafOutcome = { leaf: own.leafHash, rows: new Map() };
          leaves.push(outcome);
          for (const ask of asks) {
            if (fields.has(ask.field.coordinate)) leafOf.set(ask, outcome);
          }
        }
      }
    },

    released(ask, rows, receipt) {
      const leaf = leavesOf.get(receipt)?.get(ask);
      if (leaf === undefined) throw new Error(`${ask.field.coordinate} was released without a record`);
      const { coordinate } = ask.field;
      leaf.rows.set(coordinate, (leaf.rows.get(coordinate) ?? 0) + rows);
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

/** The fields that a draft permits, by coordinate: read once where drafts of several persons say the same. */
function permittedOnce(): (draft: LeafDraft) => ReadonlySet<string> {
  const read = new Map<LeafDraft["clear"], ReadonlySet<string>>();
  return ({ clear }) => {
    const known = read.get(clear);
    if (known !== undefined) return known;
    const permitted = clear.type === "ACCESS" ? clear.fields.filter((one) => one.permitted) : [];
    const fields = new Set(permitted.map(({ field }) => field));
    read.set(clear, fields);
    return fields;
  };
}
