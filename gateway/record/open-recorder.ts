/**
 * The recorder: no byte of identity data leaves before the record of its decision is durable. One writer per process; a queue, and a pump without a
 * timer: a batch is all that waits, one batch is in flight, so batches grow by themselves under load. Anything but an acknowledged commit means that
 * nothing leaves: the epoch ends, everybody who waits is refused, and the next epoch's first leaf names the one that ended.
 */
import type { Logger } from "pino";
import { maxBatchLeaves } from "../../schema/ledger/batch.js";
import { type LogStore, StoreUnsafe } from "../../schema/ledger/log-store.js";
import type { LeafReceipt } from "../../schema/ledger/receipt.js";
import type { GapReason } from "../../schema/ledger/vocabulary.js";
import { LogUnavailable, type Receipt } from "../door/types.js";
import { describeFailure } from "./describe-failure.js";
import { heartbeat, type LeafDraft, permitsAnything, type SealedLeaf, sealLeaf } from "./draft.js";
import { type Epoch, openEpoch } from "./epoch.js";
import { keepHistory } from "./history.js";
import { within } from "./within.js";

/** A Receipt with what the client gets: one for each leaf, in the order of the drafts. `batch` is the last one; its hash covers those before it. */
export type RecordedReceipt = Receipt & { readonly receipts: readonly LeafReceipt[] };

export interface RecorderHealth {
  /** False: the last batch failed, and nothing is disclosed until one is acknowledged. */
  readonly open: boolean;
  /** Raw public key (hex) of the epoch, or null between epochs. */
  readonly writer: string | null;
  /** Leaves that wait, those in flight not counted. */
  readonly waiting: number;
  /** Leaves acknowledged, and leaves refused, since the start. */
  readonly recorded: number;
  readonly refused: number;
}

export interface Recorder {
  /** Resolves once every leaf is durable. Throws LogUnavailable otherwise, and then nothing may leave. */
  append(drafts: readonly LeafDraft[]): Promise<RecordedReceipt>;
  /** Best effort, for what is said after the answer (outcomes, alarms): failure is logged. */
  note(drafts: readonly LeafDraft[]): void;
  /** Leaves were refused before they came here: the next batch tells of it. */
  refuse(leaves: number, reason: GapReason): void;
  health(): RecorderHealth;
  /** Takes nothing more, writes what waits and the last leaf of the epoch, closes the store. */
  close(): Promise<void>;
}

export interface RecorderOptions {
  readonly store: LogStore;
  readonly clock: () => Date;
  readonly log: Logger;
  /** Milliseconds that a batch may take; default: what the store says. */
  readonly timeoutMs?: number;
  /** Most leaves that may wait (4096). */
  readonly queueLimit?: number;
  /** Milliseconds of silence after which the writer says that it lives (10,000). */
  readonly heartbeatMs?: number;
}

interface Waiting {
  readonly drafts: number;
  readonly receipts: LeafReceipt[];
  resolve(receipt: RecordedReceipt): void;
  reject(error: LogUnavailable): void;
}

interface QueuedLeaf {
  readonly leaf: SealedLeaf;
  readonly waiting: Waiting;
}

/**
 * Opens the first epoch. Throws StoreUnsafe where the store would not keep what it acknowledges; a store that is only out of reach is tried again every
 * second, and until then every append is refused.
 */
export async function openRecorder(options: RecorderOptions): Promise<Recorder> {
  const { store, clock, log, queueLimit = 4096, heartbeatMs = 10_000 } = options;
  const timeoutMs = options.timeoutMs ?? store.timeoutMs;
  const history = keepHistory();
  const queue: QueuedLeaf[] = [];
  let epoch: Epoch | null = null;
  let pumping: Promise<void> | null = null;
  let closing = false;
  let silent = true;
  let recorded = 0;
  let refused = 0;
  let timer: NodeJS.Timeout | undefined;

  function ownLeaves(now: Date, last: LeafDraft | null): { leaves: SealedLeaf[]; under: Epoch } {
    const drafts: LeafDraft[] = [];
    const under = epoch ?? openEpoch();
    if (epoch === null) drafts.push(history.opening(under));
    const gap = history.takeGap(now);
    if (gap !== null) drafts.push(gap);
    if (last !== null) drafts.push(last);
    return { leaves: drafts.map((draft) => sealLeaf(draft, now)), under };
  }

  /** Writes one batch: what the writer itself has to say, then what waits. Null, or why it failed. */
  async function writeBatch(last: LeafDraft | null = null): Promise<unknown> {
    const begun = clock();
    const { leaves: own, under } = ownLeaves(begun, last);
    const taken = queue.splice(0, maxBatchLeaves - own.length);
    const sealed = under.seal([...own, ...taken.map(({ leaf }) => leaf)]);
    try {
      await within(timeoutMs, (signal) => store.append(sealed.batch, sealed.openings, signal));
    } catch (error) {
      epoch = null;
      history.failed(under, sealed, error, begun);
      const place = { writer: under.writer.toString("hex"), batch: sealed.batch.seq };
      log.error({ ...place, ...describeFailure(error) }, "log write failed; epoch closed");
      refuse([...taken, ...queue.splice(0)], error);
      return error;
    }
    epoch = under;
    under.acknowledge(sealed);
    history.acknowledged();
    silent = false;
    recorded += sealed.batch.leaves.length;
    for (const [place, { waiting }] of taken.entries()) {
      waiting.receipts.push(sealed.receipt(own.length + place));
      if (waiting.receipts.length === waiting.drafts) waiting.resolve(receiptOf(waiting.receipts));
    }
    return null;
  }

  function refuse(leaves: readonly QueuedLeaf[], cause: unknown): void {
    if (leaves.length > 0) count(leaves.length, "STORE_REFUSED");
    for (const waiting of new Set(leaves.map((queued) => queued.waiting)))
      waiting.reject(new LogUnavailable("the record could not be made durable", { cause }));
  }

  function count(leaves: number, reason: GapReason): void {
    refused += leaves;
    history.refused(leaves, reason, clock());
  }

  function pump(): void {
    if (queue.length > 0) pumping ??= drain();
  }

  /** INVARIANT: between the last look at the queue and the end of pumping nothing else runs, so that no leaf is left behind. */
  async function drain(): Promise<void> {
    try {
      while (queue.length > 0) await writeBatch();
    } catch (error) {
      log.error(describeFailure(error), "the log's pump failed");
      refuse(queue.splice(0), error);
    } finally {
      pumping = null;
    }
  }

  function enqueue(drafts: readonly LeafDraft[]): Promise<RecordedReceipt> {
    if (drafts.length === 0) throw new LogUnavailable("there is nothing to record");
    if (closing) throw new LogUnavailable("the recorder is closed");
    if (queue.length > 0 && queue.length + drafts.length > roomFor(drafts)) {
      count(drafts.length, "QUEUE_FULL");
      throw new LogUnavailable(
        `${queue.length} leaves wait already; ${drafts.length} more would be over ${queueLimit}`,
      );
    }
    const at = clock();
    const leaves = drafts.map((draft) => sealLeaf(draft, at));
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { drafts: leaves.length, receipts: [], resolve, reject };
      for (const leaf of leaves) queue.push({ leaf, waiting });
      queueMicrotask(pump);
    });
  }

  /** A flood of denials leaves half of the queue to what was permitted. One append that is larger than the queue goes through when nothing waits. */
  function roomFor(drafts: readonly LeafDraft[]): number {
    return permitsAnything(drafts) ? queueLimit : queueLimit / 2;
  }

  function beat(): void {
    if (silent || epoch === null) recorder.note([heartbeat]);
    silent = true;
    schedule();
  }

  function schedule(): void {
    timer = setTimeout(beat, epoch === null ? Math.min(1000, heartbeatMs) : heartbeatMs).unref();
  }

  const recorder: Recorder = {
    async append(drafts) {
      try {
        return await enqueue(drafts);
      } catch (error) {
        if (error instanceof LogUnavailable) throw error;
        log.error(describeFailure(error), "decisions that cannot be recorded");
        throw new LogUnavailable("the decisions cannot be recorded as they are", { cause: error });
      }
    },
    note(drafts) {
      if (drafts.length === 0) return;
      recorder.append(drafts).catch((error: unknown) => log.warn(describeFailure(error), "not noted in the log"));
    },
    refuse: count,
    health: () => ({
      open: epoch !== null,
      writer: epoch?.writer.toString("hex") ?? null,
      waiting: queue.length,
      recorded,
      refused,
    }),
    async close() {
      if (closing) return;
      closing = true;
      clearTimeout(timer);
      while (pumping !== null || queue.length > 0) {
        pump();
        await pumping;
      }
      if (epoch !== null) await writeBatch({ references: {}, clear: { type: "WRITER_CLOSE" } });
      await store.close();
    },
  };

  const failure = await writeBatch();
  if (failure instanceof StoreUnsafe) {
    await store.close();
    throw failure;
  }
  schedule();
  return recorder;
}

/** The only place where a Receipt is made: behind an acknowledged commit. */
function receiptOf(receipts: readonly LeafReceipt[]): RecordedReceipt {
  const last = receipts.at(-1) as LeafReceipt;
  return {
    writer: last.writer,
    batch: last.batch,
    leafHashes: receipts.map(({ leafHash }) => leafHash),
    receipts,
  } as unknown as RecordedReceipt;
}
