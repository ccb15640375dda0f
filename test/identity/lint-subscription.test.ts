import { expect, test } from "@jest/globals";
import { findingsWith } from "./fixtures/plant.js";
import { refuses } from "./fixtures/refusals.js";

/** A subscription that can be followed, written into `justice` before its queries. */
const since = "type WarrantsSince @inaccessible { cursor: String! nodes: [Warrant!]! }";
const subscription = "type Subscription { warrantChanged(id: ID): Warrant }";
const root = "warrantChangedSince(after: String, id: ID): WarrantsSince @inaccessible";
const written = (parts: readonly string[], query: string): readonly [string, string] => [
  "type Query {\n  case(id: ID!): Case",
  `${parts.join("\n")}\ntype Query {\n  ${query}\n  case(id: ID!): Case`,
];
const inJustice = { subgraph: "justice", at: "Subscription.warrantChanged" };
const expected =
  "Subscription.warrantChanged has nothing by which it can be followed. Write type Query { warrantChangedSince(id: ID, after: String): WarrantsSince @inaccessible }, and type WarrantsSince @inaccessible { cursor: String! nodes: [Warrant!]! }";

test("a subscription with the query by which it is followed is accepted", () => {
  expect(findingsWith({ justice: [written([since, subscription], root)] })).toEqual([]);
});

refuses("subscription-source", [
  {
    what: "a subscription that nothing follows",
    edits: { justice: [written([subscription], "unrelated: String")] },
    ...inJustice,
    says: expected,
  },
  {
    what: "a query that clients could ask themselves",
    edits: { justice: [written([since, subscription], root.replace(" @inaccessible", ""))] },
    ...inJustice,
    says: expected,
  },
  {
    what: "a query without the subscription's argument, which would tell of everything",
    edits: { justice: [written([since, subscription], root.replace(", id: ID", ""))] },
    ...inJustice,
    says: expected,
  },
  {
    what: "an answer without a cursor",
    edits: { justice: [written([since.replace("cursor: String! ", ""), subscription], root)] },
    ...inJustice,
    says: expected,
  },
  {
    what: "a subscription that leads to no entity",
    edits: { justice: [written(["type Subscription { warrantChanged: DoorWarrant }"], "unrelated: String")] },
    ...inJustice,
    says: "Subscription.warrantChanged must lead to one entity, whose fields are then fetched and decided for every event. Write a nullable object type with @key",
  },
]);
