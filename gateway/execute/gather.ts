import { isAbsent } from "./absent.js";
import type { Data } from "./data.js";
import { misshapen } from "./failure.js";
import type { Finder, Follow, Holder } from "./follow-path.js";
import { type Lot, missingFor, noteLeading, type TypeInput } from "./lot.js";
import { Mark, putMark } from "./mark.js";
import { blank } from "./merge.js";
import type { Represented } from "./represent.js";
import { noteShared, type SharedObjects } from "./shared-objects.js";

/** Finds the entities of an input in the data, each once. Where an entity has no key to name it by, its fields are marked with the cause, or null where it is known to nobody, and it is not asked about. */
export type Gather = (root: Data, shared: SharedObjects) => Lot[];

/**
 * Compiles the finding. An answer often names one entity in hundreds of places with nothing but its key: these are put together into one object, which is filled,
 * followed and written once. Only places at the end of one path are, since whatever is fetched later for one of them is fetched for all.
 */
export function compileGather(
  follows: readonly Follow[],
  inputFor: (type: string) => TypeInput | null,
  allKeys: readonly string[],
): Gather {
  return (root, shared) => {
    const gathering = new Gathering(shared, inputFor, allKeys);
    for (const follow of follows) {
      follow(root, gathering);
      gathering.path += 1;
    }
    return gathering.lots;
  };
}

const untyped = new Mark({ kind: "FAILED", failure: misshapen });

class Gathering implements Finder {
  readonly lots: Lot[] = [];
  /** Which of the input's paths is followed. */
  path = 0;
  readonly #bySameness = new Map<string, Lot>();
  readonly #byKey = new Map<TypeInput, Map<string, Lot>>();
  #type = "";
  #input: TypeInput | null = null;

  constructor(
    private readonly shared: SharedObjects,
    private readonly inputFor: (type: string) => TypeInput | null,
    private readonly allKeys: readonly string[],
  ) {}

  found(target: Data, holder: Holder | null, key: string | number): void {
    const known = this.shared.get(target);
    if (known !== undefined && known.gathering === this) {
      if (known.lot !== null) noteLeading(known.lot, this.path);
      return;
    }
    const type = target.__typename;
    if (typeof type !== "string") {
      for (const each of this.allKeys) if (target[each] === undefined) target[each] = untyped;
      return;
    }
    const input = this.inputOf(type);
    if (input === null) return;
    const lot = this.lotOf(input, target, holder, key);
    if (known !== undefined) Object.assign(known, { gathering: this, lot });
  }

  private inputOf(type: string): TypeInput | null {
    if (type !== this.#type) {
      this.#type = type;
      this.#input = this.inputFor(type);
    }
    return this.#input;
  }

  private lotOf(input: TypeInput, target: Data, holder: Holder | null, key: string | number): Lot | null {
    const { onlyKey } = input.represent;
    const value = onlyKey === null ? undefined : target[onlyKey];
    if (typeof value !== "string") {
      if (isNameless(target, input)) {
        blank(target, input.tree);
        return null;
      }
      const represented = input.represent.read(target);
      const { sameness } = represented;
      return this.put(this.#bySameness, sameness, input, target, holder, key, represented);
    }
    const lots = this.#byKey.get(input) ?? new Map<string, Lot>();
    this.#byKey.set(input, lots);
    return this.put(lots, value, input, target, holder, key);
  }

  private put(
    lots: Map<string, Lot>,
    sameness: string,
    input: TypeInput,
    target: Data,
    holder: Holder | null,
    key: string | number,
    represented?: Represented,
  ): Lot | null {
    const known = lots.get(sameness);
    if (known) {
      this.join(known, target, holder, key);
      return known;
    }
    const { representation, blocked } = represented ?? input.represent.read(target);
    if (blocked && markUnnamed(target, input, blocked)) return null;
    const lot: Lot = { input, representation, blocked, targets: [], paths: [], bare: null };
    lots.set(sameness, lot);
    this.lots.push(lot);
    this.join(lot, target, holder);
    return lot;
  }

  /** Adds a place, or puts the first bare object of this path in it. */
  private join(lot: Lot, target: Data, holder: Holder | null, key: string | number = ""): void {
    if (lot.paths[lot.paths.length - 1] !== this.path) {
      lot.bare = null;
      lot.paths.push(this.path);
    }
    if (holder !== null && isBare(target, lot.input)) {
      if (lot.bare !== null) {
        holder[key] = lot.bare;
        noteShared(this.shared, lot.bare, this, lot);
        return;
      }
      lot.bare = target;
    }
    lot.targets.push(target);
  }
}

/** Whether an object holds its type and plain values of what names it, and nothing else: then two of the same sameness are the same. */
function isBare(target: Data, { represent: { plain } }: TypeInput): boolean {
  if (plain === null) return false;
  let count = 0;
  for (const key in target) {
    if (typeof target[key] === "object" || !(key === "__typename" || plain.has(key))) return false;
    count += 1;
  }
  return count === plain.size + 1;
}

/** An entity of which the subgraph that knows its keys knows nothing: what these keys lead to is null as well, and nobody is asked about no one. */
function isNameless(target: Data, { keys }: TypeInput): boolean {
  return isAbsent(target) && keys.some((key) => target[key] === null);
}

/** True where the entity cannot be named, and its fields say why. */
function markUnnamed(target: Data, { keys, units }: TypeInput, blocked: ReadonlyMap<string, Mark>): boolean {
  const mark = missingFor(blocked, keys);
  if (mark) for (const { key } of units) putMark(target, key, mark);
  return mark !== null;
}
