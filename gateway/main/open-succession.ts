import type { ApolloServer } from "@apollo/server";
import type { Walk } from "./answer-operation.js";
import type { Documents } from "./documents/documents.js";
import type { KnownOperation, KnownOperations } from "./known-operations.js";
import type { OperationContext } from "./operation-state.js";

/** What answers operations on one graph. */
export interface Serving {
  readonly apollo: ApolloServer<OperationContext>;
  readonly walk: Walk;
  readonly known: KnownOperations;
  /** Throws where this operation is not to be run for who asks. */
  readonly refuse: (operation: KnownOperation, context: OperationContext) => void;
  /** Which documents are answered. */
  readonly documents: Documents;
  /** When nothing is answered by it any more. */
  close(): Promise<void>;
}

/** The one that new operations are answered by, and those before it, as long as operations that they began still run. */
export interface Succession {
  /** INVARIANT: what is taken here is not closed before `release`, and an operation keeps to its own from begin to end. */
  use(): { readonly serving: Serving; release(): void };
  /** Begins to answer new operations by the next one. */
  follow(next: Serving): void;
  /** Closes all, whatever still runs. */
  close(): Promise<void>;
}

export function openSuccession(first: Serving, tell: (fault: unknown) => void): Succession {
  const running = new Map<Serving, number>([[first, 0]]);
  let current = first;
  const retire = (serving: Serving): void => {
    if (serving === current || running.get(serving) !== 0) return;
    running.delete(serving);
    serving.close().catch(tell);
  };
  return {
    use() {
      const serving = current;
      running.set(serving, (running.get(serving) ?? 0) + 1);
      let released = false;
      return {
        serving,
        release() {
          if (released) return;
          released = true;
          if (!running.has(serving)) return;
          running.set(serving, (running.get(serving) ?? 1) - 1);
          retire(serving);
        },
      };
    },
    follow(next) {
      const before = current;
      current = next;
      running.set(next, 0);
      retire(before);
    },
    async close() {
      const all = [...running.keys()];
      running.clear();
      await Promise.all(all.map((serving) => serving.close()));
    },
  };
}
