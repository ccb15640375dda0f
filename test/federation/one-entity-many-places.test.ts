import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parse } from "graphql";
import { type Interfere, type OpenWorld, openWorld } from "./kit/open-world.js";
import type { World } from "./kit/world.js";

const ann = { __typename: "User", id: "u1", name: "Ann", club: { __typename: "Club", id: "c1", town: "Metz" } };
const bob = { __typename: "User", id: "u2", name: "Bob", club: { __typename: "Club", id: "c1", town: "Metz" } };
const posts = [ann, bob, ann, ann].map((author, index) => ({ __typename: "Post", id: `p${index}`, author }));

/** Posts name their authors by key alone, so one author stands in several places. */
const world: World = {
  name: "authors of posts",
  subgraphs: {
    posts: {
      sdl: `
        type Query { posts: [Post!]!  first: Post!  matrix: [[User]] }
        type Post @key(fields: "id") { id: ID!  author: User }
        type User @key(fields: "id", resolvable: false) { id: ID! }`,
    },
    users: {
      sdl: `
        type User @key(fields: "id") { id: ID!  name: String  club: Club }
        type Club @key(fields: "id", resolvable: false) { id: ID! }`,
    },
    clubs: { sdl: `type Club @key(fields: "id") { id: ID!  town: String! }` },
  },
  things: [ann, bob, ann.club, ...posts],
  fields: {
    "Query.posts": () => posts,
    "Query.first": () => posts[0],
    "Query.matrix": () => [[ann, null, ann], [bob, ann], null],
  },
  cases: [],
};

let opened: OpenWorld;
beforeAll(async () => {
  opened = await openWorld(world);
});
afterAll(() => opened.close());

const down =
  (subgraph: string): Interfere =>
  async (call, answer) => {
    if (call.subgraph === subgraph) throw new Error("down");
    return answer();
  };
const query = parse("{ posts { author { name club { town } } } first { id author { again: name } } matrix { name } }");

describe("an entity at many places", () => {
  test("is asked about once, and stands whole in each, under each place's own names", async () => {
    const { data, calls } = await opened.ask(query);
    const full = (name: string) => ({ author: { name, club: { town: "Metz" } } });
    expect(data).toEqual({
      posts: [full("Ann"), full("Bob"), full("Ann"), full("Ann")],
      first: { id: "p0", author: { again: "Ann" } },
      matrix: [[{ name: "Ann" }, null, { name: "Ann" }], [{ name: "Bob" }, { name: "Ann" }], null],
    });
    const asked = calls
      .filter(({ subgraph }) => subgraph === "users")
      .flatMap(({ variables }) => Object.values(variables));
    for (const list of asked)
      expect(new Set((list as object[]).map((each) => JSON.stringify(each))).size).toBe((list as object[]).length);
  });

  test("whose subgraph is down is an error at every place, and nothing else", async () => {
    const { data, errors } = await opened.ask(query, {}, down("clubs"));
    expect(errors.map(({ path }) => path?.join("."))).toEqual(
      [0, 1, 2, 3].map((index) => `posts.${index}.author.club.town`),
    );
    const shut = (name: string) => ({ author: { name, club: null } });
    expect(data).toMatchObject({ posts: [shut("Ann"), shut("Bob"), shut("Ann"), shut("Ann")] });
  });
});
