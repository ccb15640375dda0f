import type { LogStore } from "../../schema/ledger/log-store.js";

/** The fault that the crash test must be able to see: a store that says that a batch is durable before it is. */
export function releasingEarly(sound: LogStore): LogStore {
  let last: Promise<unknown> = Promise.resolve();
  return {
    ...sound,
    async append(...batch) {
      last = last.then(() => new Promise((resolve) => setTimeout(resolve, 30))).then(() => sound.append(...batch));
      // The promise is broken here: nobody waits for the commit.
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
