/** The work did not end in its time; whether it will have happened nobody knows. */
export class TookTooLong extends Error {
  override readonly name = "TookTooLong";
}

/**
 * Waits for the work, at most `ms`, then aborts it and throws TookTooLong. An answer that has arrived while the event loop was busy counts:
 * it is read before time is called.
 */
export async function within(ms: number, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  let settled = false;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const callTime = (): void => {
      if (settled) return;
      reject(new TookTooLong(`no answer within ${ms} ms`));
      controller.abort();
    };
    timer = setTimeout(() => setImmediate(callTime), ms);
  });
  try {
    await Promise.race([work(controller.signal), late]);
  } finally {
    settled = true;
    clearTimeout(timer);
  }
}
