/** An object of the world: whatever any subgraph knows of it. `__typename` says what it is; a function is a field with arguments. */
export interface Thing {
  readonly __typename?: string;
  readonly [field: string]: unknown;
}

/** A field as one subgraph answers it: `thing` is the whole object, `given` what the representation brought. */
export type Field = (thing: Thing, args: never, given: Thing) => unknown;

export interface FederatedSubgraph {
  /** Without the link to the federation spec, which the harness puts on top; `link: false` leaves a subgraph of Federation 1. */
  readonly sdl: string;
  readonly link?: false;
  /** By coordinate: fields that are not simply what the thing holds. */
  readonly fields?: Readonly<Record<string, Field>>;
}

/** An operation and the answer that the spec demands. */
export interface Case {
  readonly title: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly data: unknown;
  /** Paths of the errors, as "a.0.b"; absent: none. */
  readonly errors?: readonly string[];
  /** Subgraphs that must not be asked. */
  readonly spared?: readonly string[];
  /** How many requests the operation may cost at most. */
  readonly requests?: number;
}

/** A small supergraph with data that shows one feature of Federation. */
export interface World {
  readonly name: string;
  readonly subgraphs: Readonly<Record<string, FederatedSubgraph>>;
  /** Everything there is; entities are found in it by their keys. */
  readonly things: readonly Thing[];
  /** The whole's own fields, by coordinate: roots, and what is computed. A subgraph without a field of its own uses these. */
  readonly fields: Readonly<Record<string, (thing: Thing, args: never) => unknown>>;
  readonly cases: readonly Case[];
  /** Ids, and other texts that arguments take, for random operations. */
  readonly ids?: readonly string[];
  /** False where random operations cannot be compared, and why. */
  readonly random?: string;
}
