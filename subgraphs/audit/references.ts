import type { ResolveReference } from "../kit/subgraph.js";
import { findRecord } from "./query/find-record.js";
import { scopeOf } from "./query/scope.js";
import type { WarrantOfRecord } from "./types/stubs.js";

/** Entities by their keys; a record only within the scope of whoever asks. */
export const references: Readonly<Record<string, ResolveReference>> = {
  Warrant: ({ id }: { id: string }): WarrantOfRecord => ({ id }),
  AccessRecord: ({ index }: { index: number }, { em, principal }) => findRecord(em, index, scopeOf(principal)),
};
