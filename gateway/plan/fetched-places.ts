import type { FieldNode, SelectionSetNode } from "graphql";
import type { GuardedGraph } from "./guarded-graph.js";
import type { HalfSchema } from "./half-schema.js";
import type { Input } from "./plan-inputs.js";
import { type Place, type PlaceReader, responseKey } from "./planned-places.js";

/** Where the objects of a place come from: the half, and the selection of it that brings them. */
export interface Source {
  readonly half: HalfSchema;
  readonly input: Input;
  readonly selection: SelectionSetNode;
}

/** A field that the planned text asks for and no fetch brings, with where the objects at its place come from. */
export interface Missing {
  readonly place: Place;
  readonly field: FieldNode;
  readonly sources: readonly Source[];
}

/** The places that an input brings something to. */
export function placesOf({ path, types }: Input, root: Place, reader: PlaceReader): readonly Place[] {
  return reader.follow(path, root).filter(({ type }) => types === null || types.has(type));
}

/** What the fetches of a plan bring, by place; only places count at which the half that was asked can have anything. */
export class FetchedPlaces {
  readonly #fetched: Map<Place, { readonly keys: Set<string>; readonly sources: Source[] }>;

  private constructor(
    private readonly root: Place,
    private readonly reader: PlaceReader,
    private readonly graph: GuardedGraph,
  ) {
    this.#fetched = new Map([[root, { keys: new Set(), sources: [] }]]);
  }

  static of(inputs: readonly Input[], root: Place, reader: PlaceReader, graph: GuardedGraph): FetchedPlaces {
    const fetched = new FetchedPlaces(root, reader, graph);
    for (const input of inputs) {
      const half = graph.halves.get(input.service);
      if (half) fetched.add(placesOf(input, root, reader), input, half);
    }
    return fetched;
  }

  private add(
    places: readonly Place[],
    input: Input,
    half: HalfSchema,
    selection: SelectionSetNode = input.selection,
  ): void {
    for (const place of places) {
      const fetched = this.#fetched.get(place) ?? { keys: new Set<string>(), sources: [] };
      this.#fetched.set(place, fetched);
      fetched.sources.push({ half, input, selection });
      for (const field of this.reader.fieldsOf(place.type, selection)) {
        fetched.keys.add(responseKey(field));
        const below = place.below.get(responseKey(field)) ?? [];
        if (!field.selectionSet || below.length === 0) continue;
        const possible = this.possible(place.type, field.name.value, half);
        this.add(
          below.filter(({ type }) => possible === null || possible.has(type)),
          input,
          half,
          field.selectionSet,
        );
      }
    }
  }

  /** Object types that a half can answer a field with; null where it does not know what they are. */
  private possible(parent: string, field: string, half: HalfSchema): ReadonlySet<string> | null {
    const { types } = half;
    const known =
      types.get(parent) ?? [...types.values()].find(({ name }) => this.graph.possible(name).includes(parent));
    const type = types.get(known?.fields.get(field)?.type ?? "");
    return !type || (type.possible.has(type.name) && type.standsForMany) ? null : type.possible;
  }

  missing(): readonly Missing[] {
    return this.without((name) => name !== typeName, this.root);
  }

  /** Objects that the text asks what they are, and of which no fetch says it. */
  unnamed(): readonly Missing[] {
    return this.without((name) => name === typeName, this.root);
  }

  private without(counts: (name: string) => boolean, place: Place): readonly Missing[] {
    const fetched = this.#fetched.get(place);
    if (!fetched) return [];
    const { keys, sources } = fetched;
    const own = place.fields.filter((field) => counts(field.name.value) && !keys.has(responseKey(field)));
    return [
      ...own.map((field) => ({ place, field, sources })),
      ...[...place.below.values()].flat().flatMap((each) => this.without(counts, each)),
    ];
  }
}

const typeName = "__typename";
