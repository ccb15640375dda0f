import type { IdentityField } from "../../schema/identity/catalog.js";
import type { Ask, Denial, Receipt } from "../door/types.js";
import type { Failure } from "./failure.js";

export type Path = readonly (string | number)[];

/** Why there is no value. A preview is no error: it would be permitted, and it is a dry run. */
export type Cause =
  | { readonly kind: "DENIED"; readonly denial: Denial }
  | { readonly kind: "PREVIEW"; readonly field: IdentityField }
  | { readonly kind: "FAILED"; readonly failure: Failure };

/**
 * Stands in the data where a value would (door.md, T2). Projection turns it into null and an error where the client's operation passes it, so an entity at several
 * paths, aliases and lists need no bookkeeping. A mark is never overwritten by a value.
 */
export class Mark {
  constructor(
    readonly cause: Cause,
    /** Where the fault really was, from here down, in plan keys: a null that spread upwards in a subgraph. */
    readonly below: Path = [],
    /** Another fault that spread to the same place. */
    readonly also: Mark | null = null,
  ) {}
}

/** One value that the door let through, however often it stands in the answer. */
export interface Disclosure {
  readonly ask: Ask;
  readonly rows: number;
  /** Of the passage in which it was fetched. */
  readonly receipt: Receipt;
  /** True where its half gave more than it was asked for, and the rest was dropped. */
  readonly excessive: boolean;
}

/** Holds an identity value in the data. Projection shows no identity value without it: what did not pass the door is not shown. */
export class Disclosed {
  constructor(
    readonly disclosure: Disclosure,
    readonly value: unknown,
    /** Persons of whom the value tells, each decided for herself. */
    readonly persons: readonly Disclosure[] = [],
  ) {}
}

/** Puts a mark where there is none yet. */
export function putMark(target: Record<string, unknown>, key: string, mark: Mark): void {
  if (!(target[key] instanceof Mark)) target[key] = mark;
}
