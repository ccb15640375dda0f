import type { World } from "../kit/world.js";

const media = [
  { __typename: "Book", id: "m1", title: "The book", pages: 120, rating: 4, reviews: [{ score: 5, text: "good" }] },
  { __typename: "Film", id: "m2", title: "The film", minutes: 90, rating: 2, reviews: [] },
];

/** An interface with a key, held as an object by a subgraph that does not know its implementations. */
export const interfaceObject: World = {
  name: "interface objects",
  subgraphs: {
    media: {
      sdl: `
        type Query { media: [Media!]! one(id: ID!): Media books: [Book!]! }
        interface Media @key(fields: "id") { id: ID! title: String! }
        type Book implements Media @key(fields: "id") { id: ID! title: String! pages: Int! }
        type Film implements Media @key(fields: "id") { id: ID! title: String! minutes: Int! }`,
    },
    reviews: {
      sdl: `
        type Query { best: Media }
        type Media @key(fields: "id") @interfaceObject { id: ID! rating: Int! reviews: [Review!]! }
        type Review { score: Int! text: String }`,
    },
  },
  things: media,
  fields: {
    "Query.media": () => media,
    "Query.one": (_, { id }: { id: string }) => media.find((each) => each.id === id) ?? null,
    "Query.books": () => media.slice(0, 1),
    "Query.best": () => media[0],
  },
  ids: ["m1", "m2", "m9"],
  cases: [
    {
      title: "a field of the interface object through the interface",
      query: "{ media { id rating } }",
      data: {
        media: [
          { id: "m1", rating: 4 },
          { id: "m2", rating: 2 },
        ],
      },
    },
    {
      title: "the same with what each implementation has of its own",
      query: "{ media { __typename title rating ... on Book { pages } ... on Film { minutes reviews { score } } } }",
      data: {
        media: [
          { __typename: "Book", title: "The book", rating: 4, pages: 120 },
          { __typename: "Film", title: "The film", rating: 2, minutes: 90, reviews: [] },
        ],
      },
    },
    {
      title: "through an implementation",
      query: "{ books { rating reviews { text } } }",
      data: { books: [{ rating: 4, reviews: [{ text: "good" }] }] },
    },
    {
      title: "a root of the subgraph that does not know the implementations: __typename comes from the one that does",
      query: "{ best { __typename id rating title ... on Book { pages } } }",
      data: { best: { __typename: "Book", id: "m1", rating: 4, title: "The book", pages: 120 } },
    },
    {
      title: "nothing but what that subgraph knows is one request, or two for the type",
      query: "{ best { rating } }",
      data: { best: { rating: 4 } },
    },
  ],
};
