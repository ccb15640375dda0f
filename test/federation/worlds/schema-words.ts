import type { World } from "../kit/world.js";

const jobs = [
  { __typename: "Job", id: "j1", state: "OPEN", level: "LOW" },
  { __typename: "Job", id: "j2", state: "DONE", level: "LOW" },
];

/** Enums in answers are the union of what subgraphs know, enums and inputs in arguments the intersection. */
export const enumsAndInputs: World = {
  name: "enums and inputs that intersect",
  subgraphs: {
    a: {
      sdl: `
        type Query { jobs(where: Where, levels: [Level!] = [LOW]): [Job!]! }
        enum State { OPEN DONE } enum Level { LOW HIGH }
        input Where { state: String = "OPEN" extra: Int }
        type Job @key(fields: "id") { id: ID! state: State! @shareable level: Level! }`,
    },
    b: {
      sdl: `
        type Query { late(where: Where): [Job!]! }
        enum State { OPEN DONE LATE }
        input Where { state: String = "OPEN" }
        type Job @key(fields: "id") { id: ID! state: State! @shareable echo(where: Where): String! }`,
    },
  },
  things: jobs,
  fields: {
    "Query.jobs": (_, { where, levels }: { where?: { state: string }; levels: string[] }) =>
      jobs.filter(({ state, level }) => (where ? where.state === state : true) && levels.includes(level)),
    "Query.late": () => jobs.slice(0, 1),
    "Job.echo": (_, { where }: { where?: { state: string } }) => `${where?.state ?? "none"}`,
  },
  cases: [
    {
      title: "defaults of arguments and of inputs hold",
      query: "{ jobs(where: {}) { id } }",
      data: { jobs: [{ id: "j1" }] },
    },
    {
      title: "an enum in a list, as a variable",
      query: "query ($l: [Level!]) { jobs(levels: $l) { state } }",
      variables: { l: ["LOW"] },
      data: { jobs: [{ state: "OPEN" }, { state: "DONE" }] },
    },
    {
      title: "an input with its default goes to an entity field",
      query: "{ jobs { id echo(where: {}) none: echo } }",
      data: {
        jobs: [
          { id: "j1", echo: "OPEN", none: "none" },
          { id: "j2", echo: "OPEN", none: "none" },
        ],
      },
    },
    {
      title: "and as a variable with a default",
      query: `query ($w: Where = { state: "DONE" }) { jobs(where: $w) { echo(where: $w) } }`,
      data: { jobs: [{ echo: "DONE" }] },
    },
  ],
};

const secrets = [{ __typename: "Card", id: "c1", number: "1234", holder: "Ada" }];

/** What clients may not see is still there for keys and requirements. */
export const inaccessible: World = {
  name: "@inaccessible",
  subgraphs: {
    cards: {
      sdl: `
        type Query { cards: [Card!]! hidden: [Card!]! @inaccessible }
        type Card @key(fields: "id") @key(fields: "number") { id: ID! @inaccessible number: String! @inaccessible holder: String! }`,
    },
    masks: {
      sdl: `
        type Card @key(fields: "number") { number: String! @inaccessible mask: String! both: String! @requires(fields: "holder") holder: String! @external }`,
      fields: { "Card.both": (_, __, { number, holder }) => `${String(holder)} ${String(number)}` },
    },
  },
  things: secrets,
  fields: {
    "Query.cards": () => secrets,
    "Query.hidden": () => secrets,
    "Card.mask": ({ number }) => `**${String(number).slice(2)}`,
    "Card.both": ({ number, holder }) => `${String(holder)} ${String(number)}`,
  },
  cases: [
    {
      title: "a hidden key leads to the other subgraph and is not shown",
      query: "{ cards { mask both } }",
      data: { cards: [{ mask: "**34", both: "Ada 1234" }] },
    },
  ],
};

const chats = [{ __typename: "Chat", id: "h1", title: "hi", lines: 2 }];

/** A subgraph calls its roots otherwise. */
export const renamedRoots: World = {
  name: "renamed roots",
  subgraphs: {
    a: {
      sdl: `
        schema { query: Reads mutation: Writes }
        type Reads { chats: [Chat!]! } type Writes { open(id: ID!): Chat }
        type Chat @key(fields: "id") { id: ID! title: String! }`,
    },
    b: { sdl: `type Query { count: Int! } type Chat @key(fields: "id") { id: ID! lines: Int! }` },
  },
  things: chats,
  fields: {
    "Query.chats": () => chats,
    "Reads.chats": () => chats,
    "Query.count": () => 1,
    "Mutation.open": (_, { id }: { id: string }) => chats.find((chat) => chat.id === id) ?? null,
    "Writes.open": (_, { id }: { id: string }) => chats.find((chat) => chat.id === id) ?? null,
  },
  cases: [
    {
      title: "a query over both",
      query: "{ __typename chats { title lines } count }",
      data: { __typename: "Query", chats: [{ title: "hi", lines: 2 }], count: 1 },
    },
    {
      title: "a mutation",
      query: `mutation { __typename open(id: "h1") { title lines } }`,
      data: { __typename: "Mutation", open: { title: "hi", lines: 2 } },
    },
  ],
};
