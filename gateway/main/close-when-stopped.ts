import { limits } from "./limits.js";

/**
 * Waits for SIGTERM or SIGINT, then closes in order and ends the process with 0; with 1 where closing fails or takes longer than `limits.stopMs`. A second
 * signal ends it at once.
 */
export function closeWhenStopped(close: () => Promise<void>, tell: (fault: unknown) => void): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    const late = setTimeout(() => {
      tell(new Error(`not closed after ${limits.stopMs} ms`));
      process.exit(1);
    }, limits.stopMs);
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
}
