/**
 * Gathers the keys asked for in one turn of the event loop into one load. Whoever asks while a load is under way starts another one:
 * two operations may share an answer, but nobody gets one that is older than her question.
 */
export function batchLoads<K, V>(
  load: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>,
): (key: K) => Promise<V | undefined> {
  let gathering: { keys: Set<K>; answer: Promise<ReadonlyMap<K, V>> } | null = null;
  return async (key) => {
    if (gathering === null) {
      const keys = new Set<K>();
      const answer = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        gathering = null;
        return load([...keys]);
      });
      gathering = { keys, answer };
    }
    gathering.keys.add(key);
    return (await gathering.answer).get(key);
  };
}
