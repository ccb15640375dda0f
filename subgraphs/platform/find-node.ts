import { GraphUnavailable } from "../kit/ask-graph.js";
import { loadEntity } from "../kit/load-entity.js";
import type { Node } from "../kit/node.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import { Post } from "./entities/post.js";
import { User } from "./entities/user.js";
import { AuthorityStub, CaseStub, ObligationStub, WarrantItemStub, WarrantStub } from "./types/stubs.js";

/** Roots of other subgraphs, asked on behalf of the caller: what she may not see is null there, and here. */
const elsewhere = [
  {
    query: "query ($id: ID!) { found: case(id: $id) { id } }",
    owns: (id: string) => id.startsWith("case-"),
    stub: CaseStub,
  },
  {
    query: "query ($id: ID!) { found: warrant(id: $id) { id } }",
    owns: (id: string) => id.startsWith("warrant-"),
    stub: WarrantStub,
  },
  {
    query: "query ($id: ID!) { found: warrantItem(id: $id) { id } }",
    owns: (id: string) => id.startsWith("item-"),
    stub: WarrantItemStub,
  },
  {
    query: "query ($id: ID!) { found: obligation(id: $id) { id } }",
    owns: (id: string) => id.startsWith("obligation-"),
    stub: ObligationStub,
  },
  { query: "query ($id: ID!) { found: authority(id: $id) { id } }", owns: () => true, stub: AuthorityStub },
];

/** The type and id of anything that has one. Ids are unique across types. Null for what is not there, or not to be seen. */
export async function findNode(context: SubgraphContext, id: string): Promise<Node | null> {
  const own = (await loadEntity(context, User, id)) ?? (await loadEntity(context, Post, id));
  if (own) return own;
  const owner = elsewhere.find(({ owns }) => owns(id));
  return owner && (await isVisible(context, owner.query, id)) ? Object.assign(new owner.stub(), { id }) : null;
}

/** Whether something of this id is there for the caller: asked on her behalf, by a root named `found`. Throws GraphUnavailable. */
export async function isVisible({ graph }: SubgraphContext, query: string, id: string): Promise<boolean> {
  try {
    const { found } = await graph<{ found: { id: string } | null }>(query, { id });
    return found?.id === id;
  } catch (error) {
    if (
      error instanceof GraphUnavailable &&
      error.codes.length > 0 &&
      error.codes.every((code) => code === "FORBIDDEN")
    )
      return false;
    throw error;
  }
}
