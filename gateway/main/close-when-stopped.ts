import { limits } from "./limits.js";

export interface Stopping {
  /** Milliseconds for all of it (`limits.stopMs`). */
  readonly withinMs?: number;
  /** What a second word does: it ends the process at once, or nothing (ENDS). */
  readonly again?: "ENDS" | "IGNORED";
}

/**
 * Waits for SIGTERM or SIGINT, or for a call of what it returns, then closes in order and ends the process with 0; with 1 where closing fails or takes too long, or
 * at a second word, where that ends it.
 */
export function closeWhenStopped(
  close: () => Promise<void>,
  tell: (fault: unknown) => void,
  { withinMs = limits.stopMs, again = "ENDS" }: Stopping = {},
): () => void {
  let stopping = false;
  const stop = (): void => {
    if (stopping && again === "ENDS") process.exit(1);
    if (stopping) return;
    stopping = true;
    const late = setTimeout(() => {
      tell(new Error(`not closed after ${withinMs} ms`));
      process.exit(1);
    }, withinMs);
    close().then(
      () => {
        clearTimeout(late);
        process.exit(0);
      },
      (fault: unknown) => {
        tell(fault);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  return stop;
}
