import type { World } from "../kit/world.js";

const cars = [{ __typename: "Car", id: "c1", plate: "AA-1", price: { amount: 5, currency: "EUR" }, doors: 4 }];

/** Value types and roots that several subgraphs serve. */
export const shareable: World = {
  name: "@shareable",
  subgraphs: {
    makers: {
      sdl: `
        type Query { cars: [Car!]! @shareable now: Moment! @shareable }
        type Car @key(fields: "id") { id: ID! plate: String! @shareable price: Price! @shareable doors: Int! }
        type Price @shareable { amount: Int! currency: String! }
        type Moment @shareable { year: Int! }`,
    },
    dealers: {
      sdl: `
        type Query { cars: [Car!]! @shareable now: Moment! @shareable }
        type Car @key(fields: "id") { id: ID! plate: String! @shareable price: Price! @shareable }
        type Price @shareable { amount: Int! currency: String! }
        type Moment @shareable { year: Int! month: Int! }`,
    },
  },
  things: cars,
  fields: { "Query.cars": () => cars, "Query.now": () => ({ year: 2026, month: 11 }) },
  cases: [
    {
      title: "one of those who can is asked",
      query: "{ cars { plate price { amount currency } } }",
      data: { cars: [{ plate: "AA-1", price: { amount: 5, currency: "EUR" } }] },
      requests: 1,
    },
    {
      title: "a shared root of which one subgraph knows more",
      query: "{ now { year month } }",
      data: { now: { year: 2026, month: 11 } },
    },
    {
      title: "one field is only at one of them",
      query: "{ cars { doors plate } }",
      data: { cars: [{ doors: 4, plate: "AA-1" }] },
    },
  ],
};

const bills = [{ __typename: "Bill", id: "b1", total: 12, payer: "Ada" }];

/** A field has moved: the old subgraph still has it and is not asked any more. */
export const override: World = {
  name: "@override",
  subgraphs: {
    old: {
      sdl: `type Query { bills: [Bill!]! } type Bill @key(fields: "id") { id: ID! total: Int! payer: String! }`,
      fields: { "Bill.total": () => -1 },
    },
    young: {
      sdl: `type Bill @key(fields: "id") { id: ID! total: Int! @override(from: "old") tax: Int! @requires(fields: "payer") payer: String! @external }`,
      fields: { "Bill.tax": (_, __, { payer }) => (payer as string).length },
    },
  },
  things: bills,
  fields: { "Query.bills": () => bills, "Bill.tax": ({ payer }) => (payer as string).length },
  cases: [
    {
      title: "the new one answers",
      query: "{ bills { total payer } }",
      data: { bills: [{ total: 12, payer: "Ada" }] },
    },
    {
      title: "beside a field that requires what stayed",
      query: "{ bills { tax total } }",
      data: { bills: [{ tax: 3, total: 12 }] },
    },
  ],
};

const users = [{ __typename: "User", id: "u1", name: "Ada", email: "ada@x", nick: "a" }];

/** Subgraphs written for Federation 1: no link, `extend type`, `@external` keys. */
export const federation1: World = {
  name: "Federation 1: extensions and external keys",
  subgraphs: {
    accounts: {
      link: false,
      sdl: `type Query { users: [User!]! } type User @key(fields: "id") { id: ID! name: String! email: String! }`,
    },
    nicks: {
      link: false,
      sdl: `
        extend type Query { byNick: [User!]! }
        extend type User @key(fields: "id") { id: ID! @external email: String! @external nick: String! card: String! @requires(fields: "email") }`,
      fields: { "User.card": (_, __, { email }) => `<${String(email)}>` },
    },
  },
  things: users,
  fields: { "Query.users": () => users, "Query.byNick": () => users, "User.card": ({ email }) => `<${String(email)}>` },
  cases: [
    { title: "from the owner", query: "{ users { nick card } }", data: { users: [{ nick: "a", card: "<ada@x>" }] } },
    {
      title: "from the extension",
      query: "{ byNick { id name card } }",
      data: { byNick: [{ id: "u1", name: "Ada", card: "<ada@x>" }] },
    },
    {
      title: "the external key is there without a second request",
      query: "{ byNick { id nick } }",
      data: { byNick: [{ id: "u1", nick: "a" }] },
      requests: 1,
    },
  ],
};
