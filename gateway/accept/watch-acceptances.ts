import type { Logger } from "pino";
import { type AcceptanceParts, acceptDue } from "./accept-due.js";

/** Milliseconds before the first look, and between two. */
const firstMs = 2_000;
const everyMs = 15_000;

/** Looks for orders that a provider's policy accepts, until it is stopped. A look that fails is made again at the next; what the door does never waits for it. */
export function watchAcceptances(parts: AcceptanceParts, log: Logger): () => Promise<void> {
  let looking: Promise<void> = Promise.resolve();
  const look = (): void => {
    looking = looking
      .then(() => acceptDue(parts))
      .then(
        (accepted) => void (accepted > 0 && log.info({ accepted }, "items were accepted by a provider's policy")),
        (fault: unknown) => log.debug({ err: fault }, "orders could not be looked at just now"),
      );
  };
  const first = setTimeout(look, firstMs).unref();
  const timer = setInterval(look, everyMs).unref();
  return async () => {
    clearTimeout(first);
    clearInterval(timer);
    await looking;
  };
}
