/**
 * Runs one round after the other until stopped; `round` says how many milliseconds to rest before the next, and never rejects. Stopping ends the rest, and resolves
 * when the round under way is over.
 */
export function runRounds(round: () => Promise<number>): () => Promise<void> {
  let stopped = false;
  let wake: (() => void) | null = null;

  function rest(ms: number, resolve: () => void): void {
    const timer = setTimeout(resolve, ms);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  }

  async function run(): Promise<void> {
    while (!stopped) {
      const ms = await round();
      if (!stopped && ms > 0) await new Promise<void>((resolve) => rest(ms, resolve));
    }
  }

  const running = run();
  return async () => {
    stopped = true;
    wake?.();
    await running;
  };
}
