import type { World } from "../kit/world.js";

const cranes = [
  { __typename: "Gantry", id: "g1", maker: "Ada", load: 7, plate: "Ada / g1" },
  { __typename: "Gantry", id: "g2", maker: "Bo", load: 9, plate: "Bo / g2" },
];

/** A subgraph that holds an interface as an object computes from a field which every subgraph of the interface defines, and which it only refers to. */
export const interfaceObjectRoots: World = {
  name: "interface objects: @external in all that is shared",
  subgraphs: {
    yard: {
      sdl: `
        type Query { machines: [Machine!]! }
        interface Machine @key(fields: "id") { id: ID! maker: String }
        type Gantry implements Machine @key(fields: "id") { id: ID! maker: String load: Int }`,
    },
    plates: {
      sdl: `
        type Query { plated: [Machine] }
        type Machine @key(fields: "id") @interfaceObject { id: ID! maker: String @external plate: String @requires(fields: "maker") }`,
      fields: {
        "Machine.maker": () => "not to be asked here",
        "Machine.plate": (_, __, { maker, id }) => (maker ? `${String(maker)} / ${String(id)}` : new Error("no maker")),
      },
    },
  },
  things: cranes,
  fields: { "Query.machines": () => cranes, "Query.plated": () => cranes },
  cases: [
    {
      title: "from its own root: what it refers to is fetched elsewhere, and handed to it",
      query: "{ plated { id maker plate } }",
      data: { plated: cranes.map(({ id, maker, plate }) => ({ id, maker, plate })) },
    },
    {
      title: "beside what only the type has",
      query: "{ plated { ... on Gantry { load id maker plate } id maker } }",
      data: { plated: cranes.map(({ load, id, maker, plate }) => ({ load, id, maker, plate })) },
    },
    {
      title: "and from the subgraph that knows the types",
      query: "{ machines { plate } }",
      data: { machines: cranes.map(({ plate }) => ({ plate })) },
    },
  ],
};
