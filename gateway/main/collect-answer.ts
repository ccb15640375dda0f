import type { Dispatcher } from "undici";

/** The status and the whole body, as UTF-8. */
export interface Collected {
  readonly status: number;
  readonly body: string;
}

/**
 * Sends one request through a pool and collects its answer, without the streams that undici's `request` builds for whoever wants to read a body in parts.
 * Rejects where there is none, or when the signal aborts.
 */
export function collectAnswer(
  pool: Dispatcher,
  options: Dispatcher.DispatchOptions,
  signal: AbortSignal | undefined,
): Promise<Collected> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    let request: Dispatcher.DispatchController | null = null;
    let status = 0;
    const chunks: Buffer[] = [];
    const abort = (): void => {
      const reason: Error = signal?.reason;
      request?.abort(reason);
      reject(reason);
    };
    signal?.addEventListener("abort", abort, { once: true });
    pool.dispatch(options, {
      onRequestStart(controller) {
        request = controller;
        if (signal?.aborted) controller.abort(signal.reason);
      },
      onResponseStart(_controller, code) {
        status = code;
      },
      onResponseData(_controller, chunk) {
        chunks.push(chunk);
      },
      onResponseEnd() {
        signal?.removeEventListener("abort", abort);
        const [first] = chunks;
        const whole = chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
        resolve({ status, body: whole.toString() });
      },
      onResponseError(_controller, fault) {
        signal?.removeEventListener("abort", abort);
        reject(fault);
      },
    });
  });
}
