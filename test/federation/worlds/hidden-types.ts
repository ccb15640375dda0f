import type { World } from "../kit/world.js";

const cook = { __typename: "Cook", name: "Ada" };
const spy = { __typename: "Spy", name: "Mata" };
const rooms = [
  { __typename: "Room", id: "r1", state: "FREE", states: ["FREE"], guest: cook, guests: [cook], last: cook },
  {
    __typename: "Room",
    id: "r2",
    state: "BUGGED",
    states: ["FREE", "BUGGED"],
    guest: spy,
    guests: [cook, spy],
    last: spy,
  },
];

/** What clients may not know of comes all the same: it is null, and where null may not stand the error does not say what it was. */
export const hiddenTypes: World = {
  name: "@inaccessible values and types",
  subgraphs: {
    hotel: {
      sdl: `
        type Query { rooms: [Room!]! }
        type Room @key(fields: "id") { id: ID! state: State states: [State] guest: Guest guests: [Guest] last: Guest! sure: State! }
        enum State { FREE TAKEN BUGGED @inaccessible }
        union Guest = Cook | Spy
        type Cook { name: String! } type Spy @inaccessible { name: String! }`,
    },
    bar: { sdl: `type Room @key(fields: "id") { id: ID! drinks: Int } enum State { FREE TAKEN }` },
  },
  things: rooms,
  fields: { "Query.rooms": () => rooms, "Room.sure": ({ state }) => state, "Room.drinks": () => 2 },
  random: "the reference implementation reports a value that its schema does not have",
  cases: [
    {
      title: "an enum's value, also in a list",
      query: "{ rooms { state states drinks } }",
      data: {
        rooms: [
          { state: "FREE", states: ["FREE"], drinks: 2 },
          { state: null, states: ["FREE", null], drinks: 2 },
        ],
      },
    },
    {
      title: "a member of a union, also in a list",
      query: "{ rooms { guest { __typename } guests { ... on Cook { name } } } }",
      data: {
        rooms: [
          { guest: { __typename: "Cook" }, guests: [{ name: "Ada" }] },
          { guest: null, guests: [{ name: "Ada" }, null] },
        ],
      },
    },
    {
      title: "an enum's value where there must be one",
      query: "{ rooms { sure } }",
      data: null,
      errors: ["rooms.1.sure"],
    },
    {
      title: "a member of a union where there must be one",
      query: "{ rooms { last { __typename } } }",
      data: null,
      errors: ["rooms.1.last"],
    },
  ],
};
