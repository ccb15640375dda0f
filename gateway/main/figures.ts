/**
 * What is counted and measured, of one process or of several in sum, and its text in the format of Prometheus 0.0.4. INVARIANT: no name in it carries anything about
 * a person, a principal or a warrant.
 */
export interface Figures {
  /** Answers of the GraphQL endpoint, by HTTP status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Identity paths withheld, by the code of the decision. */
  readonly withheld: Readonly<Record<string, number>>;
  /** Answers that took no longer than each of `bounds`. */
  readonly buckets: readonly number[];
  readonly seconds: number;
  readonly answers: number;
  /** Processes that listen on the port. */
  readonly workers: number;
  readonly memoryBytes: number;
  readonly uptimeSeconds: number;
}

/** Upper bounds of the time buckets, seconds. */
export const bounds: readonly number[] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export const noFigures: Figures = {
  statuses: {},
  withheld: {},
  buckets: bounds.map(() => 0),
  seconds: 0,
  answers: 0,
  workers: 0,
  memoryBytes: 0,
  uptimeSeconds: 0,
};

/** Of all together; as old as the eldest. */
export function sumFigures(all: readonly Figures[]): Figures {
  return all.reduce(
    (sum, one) => ({
      statuses: sumEach(sum.statuses, one.statuses),
      withheld: sumEach(sum.withheld, one.withheld),
      buckets: sum.buckets.map((count, index) => count + (one.buckets[index] ?? 0)),
      seconds: sum.seconds + one.seconds,
      answers: sum.answers + one.answers,
      workers: sum.workers + one.workers,
      memoryBytes: sum.memoryBytes + one.memoryBytes,
      uptimeSeconds: Math.max(sum.uptimeSeconds, one.uptimeSeconds),
    }),
    noFigures,
  );
}

export function printFigures(figures: Figures): string {
  const { statuses, withheld, buckets, seconds, answers, workers, memoryBytes, uptimeSeconds } = figures;
  return [
    ...family("rogatory_http_requests_total", "counter", "Answers of the GraphQL endpoint by HTTP status."),
    ...Object.entries(statuses).map(([status, total]) => `rogatory_http_requests_total{status="${status}"} ${total}`),
    ...family("rogatory_http_request_seconds", "histogram", "Time from request to answer."),
    ...bounds.map((bound, index) => `rogatory_http_request_seconds_bucket{le="${bound}"} ${buckets[index]}`),
    `rogatory_http_request_seconds_bucket{le="+Inf"} ${answers}`,
    `rogatory_http_request_seconds_sum ${seconds}`,
    `rogatory_http_request_seconds_count ${answers}`,
    ...family("rogatory_withheld_paths_total", "counter", "Identity paths withheld, by the code of the decision."),
    ...Object.entries(withheld).map(([code, total]) => `rogatory_withheld_paths_total{code="${code}"} ${total}`),
    ...family("rogatory_workers", "gauge", "Processes that listen on the port."),
    `rogatory_workers ${workers}`,
    ...family("process_resident_memory_bytes", "gauge", "Resident memory, of all processes of the port together."),
    `process_resident_memory_bytes ${memoryBytes}`,
    ...family("process_uptime_seconds", "gauge", "Time since the first process began."),
    `process_uptime_seconds ${uptimeSeconds}`,
    "",
  ].join("\n");
}

function family(name: string, type: string, help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}

function sumEach(
  sum: Readonly<Record<string, number>>,
  more: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const added = Object.entries(more).map(([name, count]) => [name, (sum[name] ?? 0) + count] as const);
  return { ...sum, ...Object.fromEntries(added) };
}
