/** Something for each list of values, one value after the other: two values are told apart by `===`. */
export interface ByValues<Kept> {
  kept: Kept | undefined;
  /** The first value that came, and the place behind it: where all are alike there is no other, and nothing is looked up. */
  value: unknown;
  first: ByValues<Kept> | null;
  others: Map<unknown, ByValues<Kept>> | null;
}

export function byValues<Kept>(): ByValues<Kept> {
  return { kept: undefined, value: undefined, first: null, others: null };
}

/** The place one value further. */
export function below<Kept>(place: ByValues<Kept>, value: unknown): ByValues<Kept> {
  const { first } = place;
  if (first !== null && place.value === value) return first;
  const known = place.others?.get(value);
  if (known !== undefined) return known;
  const made = byValues<Kept>();
  if (first === null) {
    place.value = value;
    place.first = made;
  } else {
    place.others ??= new Map();
    place.others.set(value, made);
  }
  return made;
}
