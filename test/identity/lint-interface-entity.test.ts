import { describe, expect, test } from "@jest/globals";
import { composeGraph } from "../../schema/compose.js";
import { type ComposedGraph } from "../../schema/identity/catalog.js";
import { federationHeaderFor, knownImports } from "../../schema/identity/identity-spec.js";
import { fetchesOf } from "./fixtures/composed.js";
import { demoWith } from "./fixtures/plant.js";
import { refuses } from "./fixtures/refusals.js";

const header = federationHeaderFor(knownImports);
const removeObject =
  "Remove @interfaceObject; write the fields on each type that implements the interface, where the door can see about whom they are";
const account = 'interface Account @key(fields: "id") { id: ID! }';
/** A subgraph that would answer every account's address without a door: its mark stands on User.email, and here there is none. */
const directory = {
  name: "directory",
  sdl: `${header}\ntype Account @key(fields: "id") @interfaceObject { id: ID! letterbox: String }`,
};
const person = "Account is an interface that is resolved by its key, and stands for User, which is a person.";

refuses("interface-entity", [
  {
    what: "an interface with a key that a person implements",
    edits: { platform: [["type User implements Node @key", `${account}\ntype User implements Node & Account @key`]] },
    subgraph: "platform",
    at: "Account",
    says: `${person} Remove @key from Account and write it on each implementation`,
  },
  {
    what: "the object by which another subgraph would answer for persons",
    edits: { platform: [["type User implements Node @key", `${account}\ntype User implements Node & Account @key`]] },
    more: [directory],
    subgraph: "directory",
    at: "Account",
    says: `${person} ${removeObject}`,
  },
  {
    what: "a person who implements it by way of another interface",
    edits: {
      platform: [
        [
          "type User implements Node @key",
          `${account} interface Member implements Account { id: ID! }\ntype User implements Node & Member @key`,
        ],
      ],
    },
    subgraph: "platform",
    at: "Account",
    says: `${person} Remove @key from Account and write it on each implementation`,
  },
  {
    what: "a type with identity data about somebody else",
    edits: {
      platform: [
        [
          "type Post implements Node @key",
          'interface Piece @key(fields: "id") { id: ID! }\ntype Post implements Node & Piece @key',
        ],
      ],
    },
    subgraph: "platform",
    at: "Piece",
    says: "Piece is an interface that is resolved by its key, and stands for Post, which has the identity field removedBody. Remove @key from Piece and write it on each implementation",
  },
  {
    what: "an identity field that leads to it",
    edits: {
      platform: [
        [
          "type User implements Node @key",
          'interface File @key(fields: "id") { id: ID! } type Scan implements File @key(fields: "id") { id: ID! dpi: Int }\ntype User implements Node @key',
        ],
        ["type Message {", "type Message { files: [File]"],
        ["  post(id: ID!): Post\n", "  post(id: ID!): Post\n  file(id: ID!): File\n"],
      ],
    },
    subgraph: "platform",
    at: "User.messages",
    says: "User.messages is identity data and leads to File, an interface that is resolved by its key: below the door nobody says which type it has. Lead to one of its types, or remove the key of File",
  },
]);

describe("an interface that is resolved by its key", () => {
  const library = {
    name: "library",
    sdl: `${header}
      type Query { work(id: ID!): Work }
      interface Work @key(fields: "id") { id: ID! heading: String }
      type Score implements Work @key(fields: "id") { id: ID! heading: String bars: Int }
      type Essay implements Work @key(fields: "id") { id: ID! heading: String }`,
  };
  const shelf = {
    name: "shelf",
    sdl: `${header}
      type Query { newest: Work }
      type Work @key(fields: "id") @interfaceObject { id: ID! heading: String @external spine: String @requires(fields: "heading") lender: User }
      type User @key(fields: "id", resolvable: false) { id: ID! }`,
  };
  const graph = (): ComposedGraph => {
    const composed = composeGraph([...demoWith({}), library, shelf]);
    if ("findings" in composed) throw new Error(JSON.stringify(composed.findings, null, 2));
    return composed.graph;
  };

  test("composes where none of its types is about a person, held as an object too, and its types begin stages", () => {
    const { halves } = graph();
    expect(halves.find(({ name }) => name === "shelf")?.sdl).toContain('"@interfaceObject"]');
    expect(halves.find(({ name }) => name === "library")?.sdl).not.toContain("@interfaceObject");
    const roots = halves.find(({ name }) => name === "gateway_roots")?.sdl ?? "";
    expect(roots).toContain("_Score: [Score!]!");
    expect(roots).not.toContain("_Work:");
  });

  test("leads to persons as any entity does: the facts from their owner, identity data from its half alone", () => {
    const fetches = fetchesOf(graph(), "{ newest { __typename spine lender { email } ... on Score { bars } } }");
    const asked = (field: string) =>
      fetches.filter(({ operation }) => operation.includes(field)).map(({ service }) => service);
    expect(asked("email")).toEqual(["platform_identity"]);
    expect(asked("jurisdiction")).toEqual(["platform"]);
    expect(asked("heading")).toEqual(["library"]);
  });

  test("lives where its types are known: what another subgraph adds to it is nullable, however much that is", () => {
    const strict = { ...shelf, sdl: shelf.sdl.replace("spine: String @", "row: Int! column: Int spine: String @") };
    const composed = composeGraph([...demoWith({}), library, strict]);
    expect("findings" in composed ? composed.findings.map(({ rule, message }) => [rule, message]) : []).toEqual([
      [
        "nullable-edge",
        'Work.row is added by "shelf" to an entity of "library", so it must be nullable: that subgraph\'s failure must not null what others answered. Write row: Int',
      ],
    ]);
  });
});
