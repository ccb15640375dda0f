import type { World } from "../kit/world.js";

const authors = [
  { __typename: "Author", id: "a1", name: "Ada", born: 1815 },
  { __typename: "Author", id: "a2", name: "Bo", born: 1900 },
];
const texts = [
  { __typename: "Novel", id: "n1", author: authors[0], pages: 9 },
  { __typename: "Poem", id: "n2", author: authors[1], lines: 4 },
];

/** A subgraph that can say on one path what it cannot say on others. */
export const provides: World = {
  name: "@provides",
  subgraphs: {
    library: {
      sdl: `
        type Query { novels: [Novel!]! texts: [Text!]! either: [Either!]! bare: [Novel!]! }
        interface Text { id: ID! author: Author! }
        type Novel implements Text @key(fields: "id") { id: ID! author: Author! @provides(fields: "name") pages: Int! }
        type Poem implements Text @key(fields: "id") { id: ID! author: Author! lines: Int! }
        union Either = Novel | Poem
        type Author @key(fields: "id") { id: ID! name: String! @external }`,
    },
    people: { sdl: `type Author @key(fields: "id") { id: ID! name: String! born: Int! }` },
  },
  things: [...authors, ...texts],
  fields: {
    "Query.novels": () => texts.slice(0, 1),
    "Query.bare": () => texts.slice(0, 1),
    "Query.texts": () => texts,
    "Query.either": () => texts,
  },
  cases: [
    {
      title: "what is provided needs no second request",
      query: "{ novels { author { name } } }",
      data: { novels: [{ author: { name: "Ada" } }] },
      requests: 1,
      spared: ["people"],
    },
    {
      title: "what is not provided does",
      query: "{ novels { author { name born } } }",
      data: { novels: [{ author: { name: "Ada", born: 1815 } }] },
    },
    {
      title: "through an interface, one implementation provides and the other does not",
      query: "{ texts { __typename author { name } } }",
      data: {
        texts: [
          { __typename: "Novel", author: { name: "Ada" } },
          { __typename: "Poem", author: { name: "Bo" } },
        ],
      },
    },
    {
      title: "through a union",
      query: "{ either { ... on Novel { author { name } } ... on Poem { lines author { born } } } }",
      data: { either: [{ author: { name: "Ada" } }, { lines: 4, author: { born: 1900 } }] },
    },
  ],
};

const animals = [
  { __typename: "Cat", id: "c1", name: "Tom", age: 3 },
  { __typename: "Dog", id: "d1", name: "Rex", age: 5 },
];

/** The provided field belongs to an interface, or to the members of a union. */
export const providesAbstract: World = {
  name: "@provides on interfaces and unions",
  subgraphs: {
    shelter: {
      sdl: `
        type Query { pets: [Pet!]! @provides(fields: "... on Cat { name } ... on Dog { age }") things: [Thing!]! @provides(fields: "... on Dog { name }") }
        interface Pet { id: ID! } union Thing = Cat | Dog
        type Cat implements Pet @key(fields: "id") { id: ID! name: String! @external }
        type Dog implements Pet @key(fields: "id") { id: ID! name: String! @external age: Int! @external }`,
    },
    names: {
      sdl: `
        type Cat @key(fields: "id") { id: ID! name: String! @shareable age: Int! }
        type Dog @key(fields: "id") { id: ID! name: String! @shareable age: Int! @shareable }`,
    },
  },
  things: animals,
  fields: { "Query.pets": () => animals, "Query.things": () => animals },
  cases: [
    {
      title: "everything asked is provided",
      query: "{ pets { ... on Cat { name } ... on Dog { age } } }",
      data: { pets: [{ name: "Tom" }, { age: 5 }] },
      requests: 1,
    },
    {
      title: "the same field of another type is not",
      query: "{ pets { ... on Cat { name age } ... on Dog { name age } } }",
      data: {
        pets: [
          { name: "Tom", age: 3 },
          { name: "Rex", age: 5 },
        ],
      },
    },
    {
      title: "a union: one member's is provided",
      query: "{ things { __typename ... on Dog { name } ... on Cat { name } } }",
      data: {
        things: [
          { __typename: "Cat", name: "Tom" },
          { __typename: "Dog", name: "Rex" },
        ],
      },
    },
  ],
};
