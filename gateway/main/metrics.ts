import { bounds, type Figures } from "./figures.js";

/** Counts what one process does. */
export interface Metrics {
  /** One answered HTTP request of the API. */
  answered(status: number, seconds: number): void;
  /** Identity paths withheld for one reason, by the code of the decision. */
  withheld(code: string, paths: number): void;
  /** So far. */
  figures(): Figures;
}

export function openMetrics(): Metrics {
  const statuses = new Map<string, number>();
  const codes = new Map<string, number>();
  const buckets = bounds.map(() => 0);
  let sum = 0;
  let answers = 0;
  const count = (counts: Map<string, number>, name: string, more: number): void => {
    counts.set(name, (counts.get(name) ?? 0) + more);
  };
  return {
    answered(status, seconds) {
      count(statuses, String(status), 1);
      bounds.forEach((bound, index) => {
        if (seconds <= bound) buckets[index] = (buckets[index] ?? 0) + 1;
      });
      sum += seconds;
      answers += 1;
    },
    withheld: (code, paths) => count(codes, code, paths),
    figures: () => ({
      statuses: Object.fromEntries(statuses),
      withheld: Object.fromEntries(codes),
      buckets: [...buckets],
      seconds: sum,
      answers,
      workers: 1,
      memoryBytes: process.memoryUsage.rss(),
      uptimeSeconds: process.uptime(),
    }),
  };
}
