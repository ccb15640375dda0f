import { type EarlierEpoch, maxUnconfirmed, type UnconfirmedBatch } from "../../schema/ledger/leaf.js";
import { StoreRefused } from "../../schema/ledger/log-store.js";
import type { GapReason } from "../../schema/ledger/vocabulary.js";
import type { LeafDraft } from "./draft.js";
import type { Epoch, SealedBatch } from "./epoch.js";

/** A time without records, still to be told. */
interface Gap {
  readonly from: Date;
  readonly reason: GapReason;
  readonly refused: number;
}

/** What the writer owes the log about its own past: the epoch before, batches of unknown fate, and times in which it recorded nothing. */
export interface History {
  /** The first leaf of a new epoch. */
  opening(epoch: Epoch): LeafDraft;
  /** The GAP leaf that is owed, if any. From here on it counts as told; if its batch fails, say so with `failed`. */
  takeGap(now: Date): LeafDraft | null;
  /** A batch was acknowledged: all that it tells is told. */
  acknowledged(): void;
  /** A batch failed and its epoch is over. */
  failed(epoch: Epoch, sealed: SealedBatch, error: unknown, now: Date): void;
  /** Leaves were refused. */
  refused(leaves: number, reason: GapReason, now: Date): void;
}

export function keepHistory(): History {
  let previous: EarlierEpoch | null = null;
  let unconfirmed: readonly UnconfirmedBatch[] = [];
  let owed: Gap | null = null;
  let underWay: Gap | null = null;
  let current: Epoch | null = null;

  function add(gap: Gap | null): void {
    if (gap === null) return;
    owed = owed === null ? gap : { ...earliest(owed, gap), refused: owed.refused + gap.refused };
  }
  return {
    opening(epoch) {
      current = epoch;
      return { references: {}, clear: { type: "WRITER_OPEN", writer: hex(epoch.writer), previous, unconfirmed } };
    },
    takeGap(now) {
      underWay = owed;
      owed = null;
      if (underWay === null) return null;
      const { from, reason, refused } = underWay;
      return {
        references: {},
        clear: { type: "GAP", from: from.toISOString(), to: now.toISOString(), reason, refused },
      };
    },
    acknowledged() {
      underWay = null;
      unconfirmed = [];
      if (current !== null) {
        const { batches, head } = current.acknowledged;
        previous = { writer: hex(current.writer), batches, head: hex(head) };
      }
    },
    failed(epoch, { batch }, error, now) {
      const certain = error instanceof StoreRefused;
      if (!certain) {
        const lost = { writer: hex(epoch.writer), batch: batch.seq, hash: hex(batch.hash) };
        unconfirmed = [...unconfirmed, lost].slice(-maxUnconfirmed);
      }
      add(underWay);
      underWay = null;
      add({ from: now, reason: certain ? "STORE_REFUSED" : "COMMIT_UNKNOWN", refused: 0 });
    },
    refused(leaves, reason, now) {
      add({ from: now, reason, refused: leaves });
    },
  };
}

function earliest(one: Gap, other: Gap): Gap {
  return one.from.getTime() <= other.from.getTime() ? one : other;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
