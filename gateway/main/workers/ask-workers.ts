import { type Figures, noFigures, sumFigures } from "../figures.js";
import { limits } from "../limits.js";
import { oneLook } from "../one-look.js";
import type { WorkerAnswers } from "./answers.js";
import type { Line } from "./line.js";

/** A worker that listens, as far as it is asked. */
export interface AskedWorker {
  readonly id: number;
  readonly line: Pick<Line<WorkerAnswers>, "ask">;
}

/** What all workers of a port say together. */
export interface WorkersTogether {
  figures(): Promise<Figures>;
  missing(): Promise<readonly string[]>;
  /** A worker has ended: what it counted, as far as it was heard, goes on being counted, so that no counter goes back. */
  ended(worker: AskedWorker): void;
}

/** Milliseconds for the figures; a worker that is silent for longer counts as it did last. */
const figuresMs = 1_000;

/**
 * @param listening the workers that take connections just now.
 * @param own figures of the primary itself.
 */
export function askWorkers(listening: () => readonly AskedWorker[], own: () => Figures): WorkersTogether {
  const heard = new Map<AskedWorker, Figures>();
  let gone = noFigures;
  return {
    figures: oneLook(async () => {
      await Promise.all(
        listening().map(async (worker) => {
          const told = await worker.line.ask("figures", null, figuresMs).catch(() => null);
          if (told !== null && listening().includes(worker)) heard.set(worker, told);
        }),
      );
      return sumFigures([own(), gone, ...heard.values()]);
    }),
    missing: oneLook(async () => {
      const told = await Promise.all(
        listening().map(async (worker) => {
          const missing = await worker.line.ask("missing", null, limits.fetchMs + 1_000).catch(() => null);
          // One that has ended meanwhile takes no connections any more.
          return missing ?? (listening().includes(worker) ? [`worker ${worker.id}`] : []);
        }),
      );
      return [...new Set(told.flat())];
    }),
    ended(worker) {
      const { statuses, withheld, buckets, seconds, answers } = heard.get(worker) ?? noFigures;
      heard.delete(worker);
      gone = sumFigures([gone, { ...noFigures, statuses, withheld, buckets, seconds, answers }]);
    },
  };
}
