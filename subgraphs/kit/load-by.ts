import DataLoader from "dataloader";
import type { SubgraphContext } from "./definition.js";

const loaders = new WeakMap<SubgraphContext, Map<string, DataLoader<unknown, unknown>>>();

/**
 * One batch for all loads of a name within a request and a tick: `loadBy(context, "User by id", ids => …).load(id)`. `find` gets distinct
 * keys and answers by key. Nothing is kept beyond the request.
 */
export function loadBy<Key, Value>(
  context: SubgraphContext,
  name: string,
  find: (keys: readonly Key[]) => Promise<ReadonlyMap<string, Value>>,
  keyText: (key: Key) => string = String,
): DataLoader<Key, Value | null> {
  const ofContext = loaders.get(context) ?? new Map<string, DataLoader<unknown, unknown>>();
  loaders.set(context, ofContext);
  const known = ofContext.get(name);
  if (known) return known as DataLoader<Key, Value | null>;
  const loader = new DataLoader<Key, Value | null, string>(
    async (keys) => {
      const found = await find(keys);
      return keys.map((key) => found.get(keyText(key)) ?? null);
    },
    { cacheKeyFn: keyText, maxBatchSize: 10_000 },
  );
  ofContext.set(name, loader as unknown as DataLoader<unknown, unknown>);
  return loader as unknown as DataLoader<Key, Value | null>;
}
