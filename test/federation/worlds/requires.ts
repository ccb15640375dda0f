import type { Thing, World } from "../kit/world.js";

interface Size {
  readonly width: number;
  readonly unit: string;
}
const boxes = [
  { __typename: "Box", id: "b1", size: { width: 2, unit: "m" }, maker: { name: "Ada", country: "FR" } },
  { __typename: "Box", id: "b2", size: { width: 3, unit: "cm" }, maker: null },
];
const label = ({ size, maker }: Thing): string => {
  const { width, unit } = size as Size;
  return `${width}${unit} ${(maker as { name: string } | null)?.name ?? "-"}`;
};

/** A computed field that needs parts of objects that others serve. */
export const requiresNested: World = {
  name: "@requires with nested selections",
  subgraphs: {
    boxes: {
      sdl: `
        type Query { boxes: [Box!]! }
        type Box @key(fields: "id") { id: ID! size: Size! maker: Maker }
        type Size { width: Int! unit: String! } type Maker { name: String! country: String! }`,
    },
    labels: {
      sdl: `
        type Box @key(fields: "id") { id: ID! size: Size! @external maker: Maker @external
          label: String @requires(fields: "size { width unit } maker { name }") plain: String! }
        type Size { width: Int! @external unit: String! @external } type Maker { name: String! @external }`,
      fields: { "Box.label": (_, __, given) => label(given) },
    },
  },
  things: boxes,
  fields: { "Query.boxes": () => boxes, "Box.label": label, "Box.plain": ({ id }) => `plain ${id}` },
  cases: [
    {
      title: "what is needed is fetched and not shown",
      query: "{ boxes { label } }",
      data: { boxes: [{ label: "2m Ada" }, { label: "3cm -" }] },
      requests: 2,
    },
    {
      title: "the client's own selection of the same objects is her own",
      query: "{ boxes { size { width: unit } maker { country } label } }",
      data: {
        boxes: [
          { size: { width: "m" }, maker: { country: "FR" }, label: "2m Ada" },
          { size: { width: "cm" }, maker: null, label: "3cm -" },
        ],
      },
    },
    {
      title: "a neighbour needs nothing",
      query: "{ boxes { plain } }",
      data: { boxes: [{ plain: "plain b1" }, { plain: "plain b2" }] },
    },
  ],
};

const inEuros = (amount: number, currency: string): number => (currency === "EUR" ? amount : amount * 2);
const wares = [1, 2, 3].map((n) => ({
  __typename: "Ware",
  id: `w${n}`,
  amount: n,
  price: ({ currency }: { currency: string }) => inEuros(n, currency),
  parts: ({ first }: { first: number }) =>
    Array.from({ length: Math.min(first, n) }, (_, index) => ({ name: `part ${index}` })),
}));
const amountOf = (thing: Thing): number => thing.amount as number;

/** What is required has arguments, and the client asks for the same field with others. */
export const requiresArguments: World = {
  name: "@requires with arguments",
  subgraphs: {
    wares: {
      sdl: `
        type Query { wares: [Ware!]! ware(id: ID!): Ware }
        type Ware @key(fields: "id") { id: ID! price(currency: String!): Int! parts(first: Int!): [Part!]! similar: [Ware!]! }
        type Part { name: String! }`,
    },
    tax: {
      sdl: `
        type Ware @key(fields: "id") { id: ID! price(currency: String!): Int! @external parts(first: Int!): [Part!]! @external
          tax: Int! @requires(fields: "price(currency: \\"USD\\")")
          pieces: Int! @requires(fields: "parts(first: 100) { name }") }
        type Part { name: String! @external }`,
      fields: {
        "Ware.tax": (_, __, { price }) => (price as number) * 10,
        "Ware.pieces": (_, __, { parts }) => (parts as unknown[]).length,
      },
    },
  },
  things: wares,
  fields: {
    "Query.wares": () => wares,
    "Query.ware": (_, { id }: { id: string }) => wares.find((ware) => ware.id === id) ?? null,
    "Ware.tax": (thing) => inEuros(amountOf(thing), "USD") * 10,
    "Ware.pieces": (thing) => amountOf(thing),
    "Ware.similar": (thing) => wares.filter((ware) => ware.id !== thing.id),
  },
  ids: ["w1", "w2", "w3", "w9"],
  cases: [
    {
      title: "the argument of the field set",
      query: "{ wares { tax } }",
      data: { wares: [{ tax: 20 }, { tax: 40 }, { tax: 60 }] },
    },
    {
      title: "the client's argument does not change what is required",
      query: `{ wares { price(currency: "EUR") tax } }`,
      data: {
        wares: [
          { price: 1, tax: 20 },
          { price: 2, tax: 40 },
          { price: 3, tax: 60 },
        ],
      },
    },
    {
      title: "nor the other way round, at two places and in a list",
      query: `{ ware(id: "w3") { parts(first: 1) { name } pieces similar { one: parts(first: 1) { name } two: parts(first: 2) { name } pieces } } }`,
      data: {
        ware: {
          parts: [{ name: "part 0" }],
          pieces: 3,
          similar: [
            { one: [{ name: "part 0" }], two: [{ name: "part 0" }], pieces: 1 },
            { one: [{ name: "part 0" }], two: [{ name: "part 0" }, { name: "part 1" }], pieces: 2 },
          ],
        },
      },
    },
    {
      title: "the client's argument is a variable",
      query: `query ($c: String!) { ware(id: "w2") { tax price(currency: $c) } }`,
      variables: { c: "EUR" },
      data: { ware: { tax: 40, price: 2 } },
    },
  ],
};

const links = [
  { __typename: "Link", id: "l1", a: 1 },
  { __typename: "Link", id: "l2", a: 5 },
];
const plus = (value: unknown, more: number): number => (value as number) + more;

/** A computed field that needs a computed field that needs one. */
export const requiresChain: World = {
  name: "chains of @requires",
  subgraphs: {
    a: { sdl: `type Query { links: [Link!]! } type Link @key(fields: "id") { id: ID! a: Int! }` },
    b: {
      sdl: `type Link @key(fields: "id") { id: ID! a: Int! @external b: Int! @requires(fields: "a") }`,
      fields: { "Link.b": (_, __, { a }) => plus(a, 10) },
    },
    c: {
      sdl: `type Link @key(fields: "id") { id: ID! b: Int! @external c: Int! @requires(fields: "b") }`,
      fields: { "Link.c": (_, __, { b }) => plus(b, 100) },
    },
    d: {
      sdl: `type Link @key(fields: "id") { id: ID! a: Int! @external c: Int! @external d: Int! @requires(fields: "a c") e: Int! @requires(fields: "c") }`,
      fields: { "Link.d": (_, __, { a, c }) => plus(a, c as number), "Link.e": (_, __, { c }) => plus(c, 1) },
    },
  },
  things: links,
  fields: {
    "Query.links": () => links,
    "Link.b": ({ a }) => plus(a, 10),
    "Link.c": ({ a }) => plus(a, 110),
    "Link.d": ({ a }) => plus(a, plus(a, 110)),
    "Link.e": ({ a }) => plus(a, 111),
  },
  cases: [
    { title: "the end of the chain alone", query: "{ links { d } }", data: { links: [{ d: 112 }, { d: 120 }] } },
    {
      title: "all of it, each under the name of another",
      query: "{ links { a: d b: c c: b d: a } }",
      data: {
        links: [
          { a: 112, b: 111, c: 11, d: 1 },
          { a: 120, b: 115, c: 15, d: 5 },
        ],
      },
    },
    {
      title: "two that need the same",
      query: "{ links { e d } }",
      data: {
        links: [
          { e: 112, d: 112 },
          { e: 116, d: 120 },
        ],
      },
    },
  ],
};

const pets = [
  { __typename: "Owner", id: "o1", pet: { __typename: "Cat", name: "Tom", lives: 9 } },
  { __typename: "Owner", id: "o2", pet: { __typename: "Dog", name: "Rex", tricks: 2 } },
  { __typename: "Owner", id: "o3", pet: null },
];
const describePet = ({ pet }: Thing): string => {
  const { __typename, name, lives, tricks } = (pet ?? { __typename: "none" }) as Thing;
  return [__typename, name, lives, tricks].filter((part) => part !== undefined).join(" ");
};

/** What is required is an interface, with parts of its types. */
export const requiresAbstract: World = {
  name: "@requires of an interface, with fragments",
  subgraphs: {
    owners: {
      sdl: `
        type Query { owners: [Owner!]! }
        type Owner @key(fields: "id") { id: ID! pet: Pet }
        interface Pet { name: String! } type Cat implements Pet { name: String! lives: Int! } type Dog implements Pet { name: String! tricks: Int! }`,
    },
    vets: {
      sdl: `
        type Owner @key(fields: "id") { id: ID! pet: Pet @external card: String! @requires(fields: "pet { __typename name ... on Cat { lives } ... on Dog { tricks } }") }
        interface Pet { name: String! }
        type Cat implements Pet { name: String! @external lives: Int! @external } type Dog implements Pet { name: String! @external tricks: Int! @external }`,
      fields: { "Owner.card": (_, __, given) => describePet(given) },
    },
  },
  things: pets,
  fields: { "Query.owners": () => pets, "Owner.card": describePet },
  cases: [
    {
      title: "each type brings its own",
      query: "{ owners { card } }",
      data: { owners: [{ card: "Cat Tom 9" }, { card: "Dog Rex 2" }, { card: "none" }] },
    },
    {
      title: "beside the client's own look at one of the types",
      query: "{ owners { pet { ... on Cat { name: lives } } card } }",
      data: {
        owners: [
          { pet: { name: 9 }, card: "Cat Tom 9" },
          { pet: {}, card: "Dog Rex 2" },
          { pet: null, card: "none" },
        ],
      },
    },
  ],
};
