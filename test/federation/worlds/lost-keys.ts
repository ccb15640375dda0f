import type { World } from "../kit/world.js";

const articles = [
  { __typename: "Article", sku: "s1", number: "7", stock: 4, label: "pen" },
  { __typename: "Article", sku: "s2", number: "8", stock: 9, label: "ink" },
];
const withdrawn = { __typename: "Article", sku: "s3" };
const baskets = [...articles, withdrawn].map((article) => ({ __typename: "Basket", article }));

/** One subgraph has one key, a second has another, and the third that knows both does not know every entity. */
export const lostKeys: World = {
  name: "a key that nobody knows",
  subgraphs: {
    shop: {
      sdl: `type Query { baskets: [Basket!]! } type Basket { article: Article! } type Article @key(fields: "sku") { sku: ID! }`,
    },
    catalog: {
      sdl: `type Article @key(fields: "sku") @key(fields: "number") { sku: ID! number: ID! label: String! }`,
    },
    store: { sdl: `type Article @key(fields: "number") { number: ID! stock: Int }` },
  },
  things: articles,
  fields: { "Query.baskets": () => baskets },
  random: "one schema has no entity that one subgraph knows and another does not",
  cases: [
    {
      title:
        "nobody is asked about an entity without its key, and its fields are null like those of one that does not exist",
      query: "{ baskets { article { sku stock } } }",
      data: {
        baskets: [
          { article: { sku: "s1", stock: 4 } },
          { article: { sku: "s2", stock: 9 } },
          { article: { sku: "s3", stock: null } },
        ],
      },
      requests: 3,
    },
    {
      title: "a field of it that must have a value makes it null, without an error",
      query: "{ baskets { article { stock number } } }",
      data: null,
    },
  ],
};
