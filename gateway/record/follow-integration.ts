import type { AskService } from "../door/load-warrants.js";

/** What this gateway knows of how far the log is integrated. */
export interface FollowedIntegration {
  /** True once it is not known that everything recorded until ten seconds ago stands in a signed checkpoint. Then nothing may be disclosed. */
  behind(): boolean;
  /** The log's public key, as signed notes write it; null while it is not known. */
  logKey(): string | null;
  close(): Promise<void>;
}

export interface IntegrationOptions {
  readonly ask: AskService;
  /** A clock that only goes forward; milliseconds. */
  readonly now?: () => number;
  /** Milliseconds that integration may be behind (10,000). */
  readonly limitMs?: number;
  /** Milliseconds between two questions (1000). */
  readonly everyMs?: number;
}

const document = "{ logHealth { oldestPendingMs } checkpoint { verifierKey } }";

/**
 * Asks the audit subgraph every second up to when the log is integrated. No answer is no progress: where audit is silent for as long as integration may be behind, it
 * counts as behind. A gateway that starts has that long to hear a first word.
 */
export function followIntegration(options: IntegrationOptions): FollowedIntegration {
  const { ask, now = () => performance.now(), limitMs = 10_000, everyMs = 1000 } = options;
  let integratedUntil = now();
  let key: string | null = null;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = look();

  async function look(): Promise<void> {
    const asked = now();
    try {
      const answer = (await ask("audit", document, {})) as {
        logHealth: { oldestPendingMs: number } | null;
        checkpoint: { verifierKey: string } | null;
      };
      key = answer.checkpoint?.verifierKey ?? key;
      if (answer.logHealth !== null)
        integratedUntil = Math.max(integratedUntil, asked - answer.logHealth.oldestPendingMs);
    } catch {
      // Silence is what the limit is for: whoever is asked says in its own log why it does not answer.
    }
    if (!closed)
      timer = setTimeout(() => {
        looking = look();
      }, everyMs).unref();
  }

  return {
    behind: () => now() - integratedUntil > limitMs,
    logKey: () => key,
    async close() {
      closed = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
