import type { World } from "../kit/world.js";

const residents = [
  { __typename: "Horse", id: "h1", name: "Ed", height: 160 },
  { __typename: "Goat", id: "g1", name: "Bea", height: 70 },
];
const stable = { __typename: "Stable", id: "s1", residents };

/** A shared root of which one subgraph provides what stands below, through an interface of which it knows nothing else. */
export const providesInterface: World = {
  name: "@provides through an interface",
  subgraphs: {
    farm: {
      sdl: `
        type Query { place: Place @shareable }
        interface Place { id: ID! } interface Animal { id: ID! }
        type Stable implements Place @key(fields: "id") { id: ID! residents: [Animal] @shareable }
        type Horse implements Animal @key(fields: "id") { id: ID! @external }
        type Goat implements Animal @key(fields: "id") { id: ID! @external }`,
    },
    guide: {
      sdl: `
        type Query { place: Place @shareable @provides(fields: "residents { id name }") }
        interface Place { id: ID! residents: [Animal] } interface Animal { id: ID! name: String }
        type Stable implements Place { id: ID! @shareable residents: [Animal] @external }
        type Horse implements Animal { id: ID! @external name: String @external }
        type Goat implements Animal { id: ID! @external name: String @external }`,
    },
    vet: {
      sdl: `
        interface Place { id: ID! residents: [Animal] } interface Animal { id: ID! name: String }
        type Stable implements Place @key(fields: "id") { id: ID! residents: [Animal] @shareable }
        type Horse implements Animal @key(fields: "id") { id: ID! name: String @shareable height: Int }
        type Goat implements Animal @key(fields: "id") { id: ID! name: String @shareable height: Int }`,
    },
  },
  things: [stable, ...residents],
  fields: { "Query.place": () => stable },
  ids: ["s1", "h1", "g1"],
  cases: [
    {
      title: "the one who provides everything is asked alone",
      query: "{ place { id residents { __typename id name } } }",
      data: {
        place: {
          id: "s1",
          residents: [
            { __typename: "Horse", id: "h1", name: "Ed" },
            { __typename: "Goat", id: "g1", name: "Bea" },
          ],
        },
      },
      requests: 1,
    },
    {
      title: "and who knows more of one type is asked about that type alone",
      query: "{ place { residents { name ... on Goat { height } } } }",
      data: { place: { residents: [{ name: "Ed" }, { name: "Bea", height: 70 }] } },
      requests: 2,
      spared: ["farm"],
    },
  ],
};
