import type { Data } from "./data.js";
import type { Lot } from "./lot.js";

/** What is known of an object that stands in several places of one operation's data. */
export interface SharedObject {
  /** What was written of it, by shape. */
  readonly texts: Map<object, string>;
  /** Who has gathered it last, and into which lot: it is gathered once, however many places lead to it. */
  gathering: object | null;
  lot: Lot | null;
}

export type SharedObjects = Map<Data, SharedObject>;

export function noteShared(shared: SharedObjects, object: Data, gathering: object, lot: Lot): void {
  const known = shared.get(object);
  if (known === undefined) shared.set(object, { texts: new Map(), gathering, lot });
  else Object.assign(known, { gathering, lot });
}
