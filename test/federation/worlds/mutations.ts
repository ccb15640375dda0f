import type { World } from "../kit/world.js";

const carts = [{ __typename: "Cart", id: "c1", lines: 1, total: 5 }];

/** Mutations of several subgraphs in one operation. */
export const mutations: World = {
  name: "mutations",
  subgraphs: {
    carts: {
      sdl: `type Query { carts: [Cart!]! } type Mutation { add(id: ID!, n: Int!): Cart } type Cart @key(fields: "id") { id: ID! lines: Int! }`,
    },
    money: {
      sdl: `type Mutation { pay(id: ID!): Cart fail: Cart } type Cart @key(fields: "id") { id: ID! total: Int! }`,
    },
  },
  things: carts,
  fields: {
    "Query.carts": () => carts,
    "Mutation.add": (_, { id }: { id: string }) => carts.find((cart) => cart.id === id) ?? null,
    "Mutation.pay": (_, { id }: { id: string }) => carts.find((cart) => cart.id === id) ?? null,
    "Mutation.fail": () => new Error("no money"),
  },
  ids: ["c1", "c9"],
  cases: [
    {
      title: "each gives its entity, with the other subgraph's part of it",
      query: `mutation { a: add(id: "c1", n: 1) { lines total } b: pay(id: "c1") { total lines } }`,
      data: { a: { lines: 1, total: 5 }, b: { total: 5, lines: 1 } },
    },
    {
      title: "the same mutation twice is done twice",
      query: `mutation { a: add(id: "c1", n: 1) { id } b: add(id: "c1", n: 1) { id } }`,
      data: { a: { id: "c1" }, b: { id: "c1" } },
    },
    {
      title: "one that fails does not keep the others from being done",
      query: `mutation { a: add(id: "c1", n: 1) { id } b: fail { id } c: pay(id: "c1") { id } }`,
      data: { a: { id: "c1" }, b: null, c: { id: "c1" } },
      errors: ["b"],
    },
  ],
};
