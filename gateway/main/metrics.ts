/** Figures of one process in the text format of Prometheus 0.0.4. INVARIANT: no label carries anything about a person, a principal or a warrant. */
export interface Metrics {
  /** One answered HTTP request of the API. */
  answered(status: number, seconds: number): void;
  /** Identity paths withheld for one reason, by the code of the decision. */
  withheld(code: string, paths: number): void;
  print(): string;
}

/** Upper bounds of the time buckets, seconds. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function openMetrics(): Metrics {
  const statuses = new Map<number, number>();
  const codes = new Map<string, number>();
  const buckets = bounds.map(() => 0);
  let sum = 0;
  let count = 0;
  return {
    answered(status, seconds) {
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      bounds.forEach((bound, index) => {
        if (seconds <= bound) buckets[index] = (buckets[index] ?? 0) + 1;
      });
      sum += seconds;
      count += 1;
    },
    withheld(code, paths) {
      codes.set(code, (codes.get(code) ?? 0) + paths);
    },
    print() {
      const memory = process.memoryUsage.rss();
      return [
        ...family("rogatory_http_requests_total", "counter", "Answers of the GraphQL endpoint by HTTP status."),
        ...[...statuses].map(([status, total]) => `rogatory_http_requests_total{status="${status}"} ${total}`),
        ...family("rogatory_http_request_seconds", "histogram", "Time from request to answer."),
        ...bounds.map((bound, index) => `rogatory_http_request_seconds_bucket{le="${bound}"} ${buckets[index]}`),
        `rogatory_http_request_seconds_bucket{le="+Inf"} ${count}`,
        `rogatory_http_request_seconds_sum ${sum}`,
        `rogatory_http_request_seconds_count ${count}`,
        ...family("rogatory_withheld_paths_total", "counter", "Identity paths withheld, by the code of the decision."),
        ...[...codes].map(([code, total]) => `rogatory_withheld_paths_total{code="${code}"} ${total}`),
        ...family("process_resident_memory_bytes", "gauge", "Resident memory."),
        `process_resident_memory_bytes ${memory}`,
        ...family("process_uptime_seconds", "gauge", "Time since the process began."),
        `process_uptime_seconds ${process.uptime()}`,
        "",
      ].join("\n");
    },
  };
}

function family(name: string, type: string, help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}
