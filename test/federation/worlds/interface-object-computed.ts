import type { World } from "../kit/world.js";

const tickets = [
  { __typename: "Flight", id: "t1", code: "f-1", price: 10, owner: { name: "Ada" } },
  { __typename: "Train", id: "t2", code: "t-2", price: 4, owner: { name: "Bo" } },
];

/** An interface held as an object computes from what the implementations have, and a third subgraph adds to it. */
export const interfaceObjectComputed: World = {
  name: "interface objects with @requires",
  subgraphs: {
    tickets: {
      sdl: `
        type Query { tickets: [Ticket!]! trains: [Train!]! }
        interface Ticket @key(fields: "id") { id: ID! code: String! }
        type Flight implements Ticket @key(fields: "id") { id: ID! code: String! price: Int! }
        type Train implements Ticket @key(fields: "id") { id: ID! code: String! }`,
    },
    labels: {
      sdl: `
        type Ticket @key(fields: "id") @interfaceObject { id: ID! code: String! @external label: String! @requires(fields: "code") owner: Owner! }
        type Owner { name: String! }`,
      fields: { "Ticket.label": (_, __, { code }) => `label ${String(code)}` },
    },
    stars: {
      sdl: `
        type Query { starred: [Ticket!]! }
        type Ticket @key(fields: "id") @interfaceObject { id: ID! stars: Int! }`,
    },
  },
  things: tickets,
  fields: {
    "Query.tickets": () => tickets,
    "Query.trains": () => tickets.slice(1),
    "Query.starred": () => tickets,
    "Flight.label": ({ code }) => `label ${String(code)}`,
    "Train.label": ({ code }) => `label ${String(code)}`,
    "Flight.stars": ({ price }) => price,
    "Train.stars": ({ price }) => price,
    "Ticket.stars": ({ price }) => price,
  },
  cases: [
    {
      title: "computed from the implementation's field",
      query: "{ tickets { label } trains { code: label owner { name } } }",
      data: {
        tickets: [{ label: "label f-1" }, { label: "label t-2" }],
        trains: [{ code: "label t-2", owner: { name: "Bo" } }],
      },
    },
    {
      title: "from a subgraph that knows only the interface, to one that knows the types, to another that does not",
      query: "{ starred { stars label ... on Flight { price } } }",
      data: {
        starred: [
          { stars: 10, label: "label f-1", price: 10 },
          { stars: 4, label: "label t-2" },
        ],
      },
    },
    {
      title: "the type is asked of the one that knows it",
      query: "{ starred { __typename } }",
      data: { starred: [{ __typename: "Flight" }, { __typename: "Train" }] },
    },
  ],
};
