import type { World } from "../kit/world.js";

const parcels = [
  { __typename: "Parcel", country: "FR", number: 1, weight: 5, route: { from: "Lyon", to: "Metz" } },
  { __typename: "Parcel", country: "DE", number: 1, weight: 7, route: { from: "Ulm", to: "Bonn" } },
];

/** Two fields together are the key. */
export const compositeKey: World = {
  name: "composite keys",
  subgraphs: {
    post: {
      sdl: `type Query { parcels: [Parcel!]! } type Parcel @key(fields: "country number") { country: String! number: Int! }`,
    },
    scales: {
      sdl: `type Parcel @key(fields: "country number") { country: String! number: Int! weight: Int! }`,
    },
  },
  things: parcels,
  fields: { "Query.parcels": () => parcels },
  cases: [
    {
      title: "the number alone would have mixed the two up",
      query: "{ parcels { weight } }",
      data: { parcels: [{ weight: 5 }, { weight: 7 }] },
      requests: 2,
    },
    {
      title: "an alias of a key field changes nothing",
      query: "{ parcels { country: number weight } }",
      data: {
        parcels: [
          { country: 1, weight: 5 },
          { country: 1, weight: 7 },
        ],
      },
    },
  ],
};

const offices = [
  { __typename: "Office", name: "north", address: { city: { code: "LYS" }, street: "a" }, staff: 3 },
  { __typename: "Office", name: "south", address: { city: { code: "NCE" }, street: "a" }, staff: 8 },
];

/** A key that reaches into an object, and into an object of that. */
export const nestedKey: World = {
  name: "nested keys",
  subgraphs: {
    register: {
      sdl: `
        type Query { offices: [Office!]! }
        type Office @key(fields: "address { city { code } street }") { name: String! address: Address! }
        type Address @shareable { city: City! street: String! }
        type City @shareable { code: String! }`,
    },
    staff: {
      sdl: `
        type Office @key(fields: "address { city { code } street }") { address: Address! staff: Int! }
        type Address @shareable { city: City! street: String! }
        type City @shareable { code: String! }`,
    },
  },
  things: offices,
  fields: { "Query.offices": () => offices },
  cases: [
    {
      title: "the whole path is the key",
      query: "{ offices { staff } }",
      data: { offices: [{ staff: 3 }, { staff: 8 }] },
    },
    {
      title: "a part of the key, renamed, beside it",
      query: "{ offices { address { street: city { city: code } } staff } }",
      data: {
        offices: [
          { address: { street: { city: "LYS" } }, staff: 3 },
          { address: { street: { city: "NCE" } }, staff: 8 },
        ],
      },
    },
  ],
};

const goods = [
  { __typename: "Good", id: "g1", sku: "s1", ean: "e1", name: "chair", price: 10, stock: 2, colour: "red" },
  { __typename: "Good", id: "g2", sku: "s2", ean: "e2", name: "table", price: 20, stock: 0, colour: "blue" },
];

/** Subgraphs that share no key with each other, only with the ones between them. */
export const chainOfKeys: World = {
  name: "several keys, one leading to the next",
  subgraphs: {
    catalogue: {
      sdl: `type Query { goods: [Good!]! good(id: ID!): Good } type Good @key(fields: "id") { id: ID! name: String! }`,
    },
    prices: {
      sdl: `type Good @key(fields: "id") @key(fields: "sku") { id: ID! sku: String! price: Int! }`,
    },
    stock: {
      sdl: `type Good @key(fields: "sku") @key(fields: "ean") { sku: String! ean: String! stock: Int! }`,
    },
    colours: {
      sdl: `type Query { painted: [Good!]! } type Good @key(fields: "ean") { ean: String! colour: String! }`,
    },
  },
  things: goods,
  fields: {
    "Query.goods": () => goods,
    "Query.painted": () => goods,
    "Query.good": (_, { id }: { id: string }) => goods.find((good) => good.id === id) ?? null,
  },
  ids: ["g1", "g2", "g9"],
  cases: [
    {
      title: "from the first key to the last, through both between",
      query: "{ goods { colour } }",
      data: { goods: [{ colour: "red" }, { colour: "blue" }] },
      requests: 4,
    },
    {
      title: "and back",
      query: "{ painted { name colour price } }",
      data: {
        painted: [
          { name: "chair", colour: "red", price: 10 },
          { name: "table", colour: "blue", price: 20 },
        ],
      },
    },
    {
      title: "an id that nobody has is null, and nobody else is asked",
      query: `{ good(id: "g9") { colour } }`,
      data: { good: null },
      spared: ["prices", "stock", "colours"],
    },
  ],
};

const towns = [
  { __typename: "Town", id: "t1", name: "Lyon", mayor: { __typename: "Person", id: "p1", name: "Ada" } },
  { __typename: "Town", id: "t2", name: "Metz", mayor: null },
];
const people = [{ __typename: "Person", id: "p1", name: "Ada" }];

/** A reference to an entity that the subgraph cannot resolve itself. */
export const stubs: World = {
  name: "keys that are not resolvable",
  subgraphs: {
    towns: {
      sdl: `
        type Query { towns: [Town!]! }
        type Town @key(fields: "id") { id: ID! name: String! mayor: Person }
        type Person @key(fields: "id", resolvable: false) { id: ID! }`,
    },
    people: { sdl: `type Query { people: [Person!]! } type Person @key(fields: "id") { id: ID! name: String! }` },
  },
  things: [...towns, ...people],
  fields: { "Query.towns": () => towns, "Query.people": () => people },
  cases: [
    {
      title: "the reference is followed, a null stays null",
      query: "{ towns { name mayor { name } } }",
      data: {
        towns: [
          { name: "Lyon", mayor: { name: "Ada" } },
          { name: "Metz", mayor: null },
        ],
      },
    },
    {
      title: "the key alone costs one request",
      query: "{ towns { mayor { id __typename } } }",
      data: { towns: [{ mayor: { id: "p1", __typename: "Person" } }, { mayor: null }] },
      requests: 1,
      spared: ["people"],
    },
  ],
};
