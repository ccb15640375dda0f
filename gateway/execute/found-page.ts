import type { SelectionSetNode } from "graphql";
import { Bare, type Data, isData } from "./data.js";
import { fieldsIn, keyOf } from "./key-tree.js";

/** A person whom a search found, and the cursor of the place where she stands. */
export interface Found {
  readonly id: string;
  readonly cursor: string;
}

/** One page of a search as the identity half gave it. */
export interface FoundPage {
  readonly found: readonly Found[];
  /** Cursor of the next page; null where this is the last. */
  readonly next: string | null;
}

/** Reads a half's page: exactly persons of this type, with cursors. Null for anything else. */
export function readPage(value: unknown, person: string): FoundPage | null {
  if (!isData(value) || !Array.isArray(value.edges) || !isData(value.pageInfo)) return null;
  const found: Found[] = [];
  for (const edge of value.edges) {
    if (!isData(edge) || typeof edge.cursor !== "string" || !isData(edge.node)) return null;
    const { __typename, id } = edge.node;
    if (__typename !== person || typeof id !== "string") return null;
    found.push({ id, cursor: edge.cursor });
  }
  const { hasNextPage, endCursor } = value.pageInfo;
  if (typeof hasNextPage !== "boolean" || (hasNextPage && typeof endCursor !== "string")) return null;
  return { found, next: hasNextPage ? (endCursor as string) : null };
}

/** What the client may see of a search: her page of the persons about whom she may be told, and how it stands among them alone. */
export interface ShownPage {
  readonly person: string;
  readonly found: readonly Found[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** Builds the connection under the keys that the plan gave its fields. Everything in it is made here, from the shown persons; nothing of the half's own page is taken over. */
export function connectionOf(set: SelectionSetNode | undefined, page: ShownPage): Data {
  const { person, found, hasNextPage, hasPreviousPage } = page;
  const ends = { startCursor: found[0]?.cursor ?? null, endCursor: found.at(-1)?.cursor ?? null };
  const build = (
    below: SelectionSetNode | undefined,
    values: Readonly<Record<string, (set?: SelectionSetNode) => unknown>>,
  ): Data => {
    const built = new Bare();
    for (const field of fieldsIn(below)) {
      const value = values[field.name.value];
      if (value) built[keyOf(field)] = value(field.selectionSet);
    }
    return built;
  };
  const node = ({ id }: Found): Data => Object.assign(new Bare(), { __typename: person, id });
  return build(set, {
    nodes: () => found.map(node),
    edges: (below) => found.map((each) => build(below, { cursor: () => each.cursor, node: () => node(each) })),
    pageInfo: (below) =>
      build(below, {
        hasNextPage: () => hasNextPage,
        hasPreviousPage: () => hasPreviousPage,
        startCursor: () => ends.startCursor,
        endCursor: () => ends.endCursor,
      }),
  });
}
