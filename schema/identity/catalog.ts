import type { DataCategory } from "../law/vocabulary.js";
import type { IdentifierKind } from "./identifier.js";

/** One field marked `@identity`, as every room sees it. */
export interface IdentityField {
  /** Schema coordinate, for example "User.email". */
  readonly coordinate: string;
  readonly type: string;
  readonly field: string;
  readonly category: DataCategory;
  /** Field names from the parent to the person the data is about; empty: the parent itself. */
  readonly subjectPath: readonly string[];
  /** The time field of the rows, held against the warrant's period; null: the field is not bound by a period. */
  readonly at: string | null;
  /** The half that serves it, for example "platform_identity". */
  readonly half: string;
  /** Where the field is a root that searches for persons by an identifier; absent for a field of an entity. */
  readonly search?: IdentitySearch;
  /** Fields of identity data that its subgraph needs to answer it (`@requires`), by coordinate: sent to it, they are transfers. Absent: none. */
  readonly needs?: readonly string[];
}

/** A root field that finds persons by an identifier. */
export interface IdentitySearch {
  readonly identifier: IdentifierKind;
  /** Type of the persons it finds: an entity with the key `id`. */
  readonly person: string;
}

/** A subgraph as the planner sees it: a public half or an identity half of a service. */
export interface Half {
  /** Name in the supergraph: "platform", "platform_identity", or the virtual "gateway_roots". */
  readonly name: string;
  /** The service that answers for it: "platform" for both of its halves; null for the virtual one, which the executor answers itself. */
  readonly service: string | null;
  readonly identity: boolean;
  readonly sdl: string;
}

/** The composed graph: everything a gateway needs to plan, verify and guard. */
export interface ComposedGraph {
  readonly supergraphSdl: string;
  /** What clients see of it; `readApiSchema` makes a schema of it. */
  readonly apiSdl: string;
  readonly halves: readonly Half[];
  readonly identityFields: readonly IdentityField[];
}

/** Something the lint refuses: where, and what to write instead. */
export interface Finding {
  readonly subgraph: string;
  /** Schema coordinate, or the subgraph's name where the whole is meant. */
  readonly coordinate: string;
  readonly rule: string;
  readonly message: string;
}
