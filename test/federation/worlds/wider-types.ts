import type { World } from "../kit/world.js";

const poem = { __typename: "Poem", id: "p1", lines: 4 };
const song = { __typename: "Song", id: "s1", key: "D minor" };
const issue = { __typename: "Issue", id: "i1", lead: poem, extra: song, all: [poem, song] };

/** One subgraph gives a type, another a union or an interface of which that type is one: the field is the wider one, and each is asked for what it gives. */
export const widerTypes: World = {
  name: "fields for which one subgraph gives a narrower type",
  subgraphs: {
    archive: {
      sdl: `
        type Query { issue: Issue @shareable first: Poem @shareable }
        type Issue @key(fields: "id") { id: ID! lead: Poem @shareable all: [Work!]! @shareable }
        union Work = Poem | Song
        interface Titled { id: ID! }
        type Poem implements Titled @key(fields: "id") { id: ID! lines: Int! }
        type Song implements Titled @key(fields: "id") { id: ID! }`,
    },
    press: {
      sdl: `
        type Query { issue: Issue @shareable first: Titled @shareable latest: Issue }
        type Issue @key(fields: "id") { id: ID! lead: Work @shareable extra: Work all: [Work!]! @shareable }
        union Work = Poem | Song
        interface Titled { id: ID! }
        type Poem implements Titled @key(fields: "id") { id: ID! }
        type Song implements Titled @key(fields: "id") { id: ID! key: String! }`,
    },
  },
  things: [poem, song, issue],
  fields: { "Query.issue": () => issue, "Query.latest": () => issue, "Query.first": () => poem },
  ids: ["p1", "s1", "i1"],
  cases: [
    {
      title: "what the wider type allows may be asked",
      query: "{ issue { lead { __typename ... on Song { key } ... on Poem { lines } } } }",
      data: { issue: { lead: { __typename: "Poem", lines: 4 } } },
    },
    {
      title: "from the one who gives the wider type",
      query: "{ latest { extra { ... on Song { key } } lead { ... on Poem { id lines } ... on Song { key } } } }",
      data: { latest: { extra: { key: "D minor" }, lead: { id: "p1", lines: 4 } } },
    },
    {
      title: "at a root, by an interface",
      query: "{ first { __typename id ... on Poem { lines } ... on Song { key } } }",
      data: { first: { __typename: "Poem", id: "p1", lines: 4 } },
    },
  ],
};

const cat = { __typename: "Cat", name: "Mia", legs: 4, purrs: true };
const bird = { __typename: "Bird", name: "Io", legs: 2, wings: 2 };
const owners = [
  { __typename: "Owner", id: "o1", pet: cat },
  { __typename: "Owner", id: "o2", pet: bird },
  { __typename: "Owner", id: "o3", pet: null },
];
const text = (pet: unknown) => JSON.stringify(pet ?? null);

/** Fragments on interfaces inside what a field requires: each object type is sent with what the requirement says of it. */
export const requiresByInterface: World = {
  name: "@requires with fragments on interfaces",
  subgraphs: {
    town: {
      sdl: `
        type Query { owners: [Owner!]! }
        type Owner @key(fields: "id") { id: ID! pet: Pet }
        interface Pet { name: String! }
        interface Walker implements Pet { name: String! legs: Int! }
        type Cat implements Pet & Walker @shareable { name: String! legs: Int! purrs: Boolean! }
        type Bird implements Pet & Walker @shareable { name: String! legs: Int! wings: Int! }`,
    },
    tax: {
      sdl: `
        type Owner @key(fields: "id") {
          id: ID!
          pet: Pet @external
          form: String! @requires(fields: "pet { ... on Pet { name } ... on Walker { legs ... on Cat { purrs } ... on Bird { wings } } }")
          short: String! @requires(fields: "pet { ... on Walker { legs } }")
        }
        interface Pet { name: String! }
        interface Walker implements Pet { name: String! legs: Int! }
        type Cat implements Pet & Walker @shareable { name: String! legs: Int! purrs: Boolean! }
        type Bird implements Pet & Walker @shareable { name: String! legs: Int! wings: Int! }`,
      fields: {
        "Owner.form": (_, __, { pet }) => text(pet && { ...(pet as object) }),
        "Owner.short": (_, __, { pet }) => text(pet),
      },
    },
  },
  things: owners,
  fields: { "Query.owners": () => owners },
  random: "the answers show the order in which a representation was written",
  cases: [
    {
      title: "exactly what is required is sent, type by type",
      query: "{ owners { short } }",
      data: { owners: [{ short: '{"legs":4}' }, { short: '{"legs":2}' }, { short: "null" }] },
    },
    {
      title: "also through an interface within an interface",
      query: "{ owners { id form } }",
      data: {
        owners: [
          { id: "o1", form: '{"name":"Mia","legs":4,"purrs":true}' },
          { id: "o2", form: '{"name":"Io","legs":2,"wings":2}' },
          { id: "o3", form: "null" },
        ],
      },
    },
  ],
};
