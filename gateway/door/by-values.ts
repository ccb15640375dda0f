/** Something for each list of values, one value after the other: told apart as a Map tells its keys. */
export interface ByValues<Kept> {
  kept?: Kept;
  readonly next: Map<unknown, ByValues<Kept>>;
}

export function byValues<Kept>(): ByValues<Kept> {
  return { next: new Map() };
}

/** The place one value further. */
export function below<Kept>({ next }: ByValues<Kept>, value: unknown): ByValues<Kept> {
  const known = next.get(value);
  if (known !== undefined) return known;
  const made = byValues<Kept>();
  next.set(value, made);
  return made;
}
