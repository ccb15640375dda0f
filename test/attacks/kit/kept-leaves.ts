import type { Leaf } from "../../../schema/ledger/leaf.js";
import type { LogStore } from "../../../schema/ledger/log-store.js";
import type { Reference } from "../../../schema/ledger/vocabulary.js";

/** A leaf as it was committed, with the values that it commits to. */
export interface KeptLeaf {
  readonly leaf: Leaf;
  readonly opened: Readonly<Partial<Record<Reference, string>>>;
}

export interface KeptLeaves {
  readonly leaves: readonly KeptLeaf[];
  /** A store that keeps every leaf which was acknowledged. */
  around(store: LogStore): LogStore;
  /** Resolves when the next batch is acknowledged. */
  more(): Promise<void>;
  /** From now on every append goes here instead; null: to the store. */
  fail(how: LogStore["append"] | null): void;
}

export function keepLeaves(): KeptLeaves {
  const leaves: KeptLeaf[] = [];
  const waiting: (() => void)[] = [];
  let instead: LogStore["append"] | null = null;
  return {
    leaves,
    around: (store) => ({
      ...store,
      async append(batch, openings, signal) {
        if (instead) return instead(batch, openings, signal);
        await store.append(batch, openings, signal);
        batch.leaves.forEach((bytes, ordinal) => {
          const own = openings[ordinal] ?? [];
          leaves.push({
            leaf: JSON.parse(Buffer.from(bytes).toString("utf8")) as Leaf,
            opened: Object.fromEntries(own.map(({ reference, value }) => [reference, value])),
          });
        });
        for (const go of waiting.splice(0)) go();
      },
    }),
    more: () => new Promise((resolve) => waiting.push(resolve)),
    fail(how) {
      instead = how;
    },
  };
}
