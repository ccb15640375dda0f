import type { Logger } from "pino";
import { type AcceptanceParts, acceptDue } from "./accept-due.js";

/** Milliseconds before the first look, and between two. */
const firstMs = 2_000;
const everyMs = 15_000;

/**
 * Looks for orders that a provider's policy accepts, until it is stopped. A look that fails is made again at the next, and two in a row are told in the log, once; what the
 * door does never waits for it.
 */
export function watchAcceptances(parts: AcceptanceParts, log: Logger): () => Promise<void> {
  let looking: Promise<void> = Promise.resolve();
  let failures = 0;

  async function look(): Promise<void> {
    try {
      const accepted = await acceptDue(parts);
      failures = 0;
      if (accepted > 0) log.info({ accepted }, "items were accepted by a provider's policy");
    } catch (fault) {
      failures += 1;
      if (failures === 2) log.warn({ err: fault }, "orders that a provider's policy may accept could not be looked at");
    }
  }

  const next = (): void => {
    looking = looking.then(look);
  };
  const first = setTimeout(next, firstMs).unref();
  const timer = setInterval(next, everyMs).unref();
  return async () => {
    clearTimeout(first);
    clearInterval(timer);
    await looking;
  };
}
