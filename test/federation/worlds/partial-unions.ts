import type { World } from "../kit/world.js";

const note = { __typename: "Note", text: "fed" };
const walk = { __typename: "Walk", minutes: 20, route: { name: "river", by: "Ada" } };
const operation = { __typename: "Operation", surgeon: "Grace" };
const dog = { __typename: "Dog", id: "d1", name: "Rex" };

/** Two subgraphs share what holds a union, and each knows a member of its own: what only the one that is asked can tell of is asked of it. */
export const partialUnions: World = {
  name: "unions of which each subgraph knows a part",
  subgraphs: {
    keepers: {
      sdl: `
        type Query { walked: Dog today: Log @shareable }
        type Dog @key(fields: "id") { id: ID! name: String! diary: Log @shareable }
        type Log @shareable { events: [Event!]! }
        union Event = Note | Walk
        type Note @shareable { text: String! }
        type Walk { minutes: Int! late(than: Int!): Boolean! route: Route }
        type Route { name: String! by: String! }`,
      fields: { "Dog.diary": () => ({ events: [note, walk] }) },
    },
    vets: {
      sdl: `
        type Query { treated: Dog today: Log @shareable }
        type Dog @key(fields: "id") { id: ID! diary: Log @shareable chart: Log }
        type Log @shareable { events: [Event!]! }
        union Event = Note | Operation
        type Note @shareable { text: String! }
        type Operation { surgeon: String! }`,
      fields: { "Dog.diary": () => ({ events: [note, operation] }) },
    },
  },
  things: [dog],
  fields: {
    "Query.walked": () => dog,
    "Query.treated": () => dog,
    "Query.today": () => ({ events: [note] }),
    "Walk.late": ({ minutes }, { than }: { than: number }) => (minutes as number) > than,
    "Dog.chart": () => ({ events: [note, operation] }),
  },
  random: "each subgraph tells of another part of the same field",
  cases: [
    {
      title: "the one who is asked tells of its own member",
      query: "{ walked { diary { events { __typename ... on Walk { minutes } ... on Operation { surgeon } } } } }",
      data: { walked: { diary: { events: [{ __typename: "Note" }, { __typename: "Walk", minutes: 20 }] } } },
      requests: 1,
    },
    {
      title: "and so does the other",
      query:
        "{ treated { diary { events { ... on Note { text } ... on Walk { minutes } ... on Operation { surgeon } } } } }",
      data: { treated: { diary: { events: [{ text: "fed" }, { surgeon: "Grace" }] } } },
      requests: 1,
    },
    {
      title: "with objects below, and an argument that is a variable",
      query: "query ($than: Int!) { walked { diary { events { ... on Walk { late(than: $than) route { name } } } } } }",
      variables: { than: 10 },
      data: { walked: { diary: { events: [{}, { late: true, route: { name: "river" } }] } } },
      requests: 1,
    },
    {
      title: "below an entity that came from elsewhere",
      query: "{ walked { name chart { events { __typename ... on Walk { minutes } ... on Operation { surgeon } } } } }",
      data: {
        walked: {
          name: "Rex",
          chart: { events: [{ __typename: "Note" }, { __typename: "Operation", surgeon: "Grace" }] },
        },
      },
      requests: 2,
    },
    {
      title: "of a shared root that gives what both know",
      query: "{ today { events { ... on Note { text } ... on Walk { minutes } ... on Operation { surgeon } } } }",
      data: { today: { events: [{ text: "fed" }] } },
      requests: 1,
    },
  ],
};

const boxes = [{ __typename: "Box", id: "b1", weight: 3 }];

/** An interface that one subgraph holds as an object, and of which nobody knows an object type: it is asked for like an object. */
export const interfaceWithoutTypes: World = {
  name: "an interface without object types",
  subgraphs: {
    depot: {
      sdl: `
        type Query { boxes: [Box!]! }
        type Box @key(fields: "id", resolvable: false) @interfaceObject { id: ID! weight: Int! inner: Box }`,
      fields: { "Query.boxes": () => boxes },
    },
    norms: { sdl: `type Query { norm: String! } interface Box @key(fields: "id") { id: ID! }` },
  },
  things: boxes,
  fields: { "Query.boxes": () => boxes, "Query.norm": () => "ISO", "Box.inner": () => boxes[0] },
  random: "one schema cannot answer with an interface that nothing implements",
  cases: [
    {
      title: "its fields come from the one who holds it",
      query: "{ boxes { id ... on Box { weight } inner { mass: weight } } }",
      data: { boxes: [{ id: "b1", weight: 3, inner: { mass: 3 } }] },
      requests: 1,
    },
    {
      title: "its type cannot be named",
      query: "{ norm boxes { __typename id } }",
      data: null,
      errors: ["boxes.0"],
    },
  ],
};
