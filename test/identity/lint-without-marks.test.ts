import { describe, expect, test } from "@jest/globals";
import { composeGraph } from "../../schema/compose.js";
import { federationHeader } from "../../schema/identity/identity-spec.js";

const identity = `extend schema @link(url: "https://rogatory.example/identity/v1.0", import: ["@identity"]) @composeDirective(name: "@identity")
directive @identity(category: DataCategory!, subject: String, at: String, identifier: String) on FIELD_DEFINITION
enum DataCategory { SUBSCRIBER USER_IDENTIFICATION TRAFFIC CONTENT }`;

/** Non-null roots and edges, and an entity by a nested key: all of it Federation's. */
const shelves = (marks: string): string => `${federationHeader}
${marks === "" ? "" : identity}
type Query { shelves: [Shelf!]! }
type Shelf @key(fields: "place { row }") { place: Place! book: Book! keeper: String ${marks} }
type Place { row: Int! }
type Book @key(fields: "isbn", resolvable: false) { isbn: ID! }`;
const books = `${federationHeader}
type Query { books: [Book!]! }
type Book @key(fields: "isbn") { isbn: ID! title: String! }`;

const rulesAgainst = (marks: string): readonly string[] => {
  const composed = composeGraph([
    { name: "shelves", sdl: shelves(marks) },
    { name: "books", sdl: books },
  ]);
  return "graph" in composed ? [] : [...new Set(composed.findings.map(({ rule }) => rule))];
};

describe("what is asked for the sake of disclosure", () => {
  test("is not asked of a graph that has no mark: Federation alone says what may be composed", () => {
    expect(rulesAgainst("")).toEqual([]);
  });

  test("is asked of every subgraph of a graph as soon as one field in it is marked", () => {
    expect(rulesAgainst("@identity(category: SUBSCRIBER)")).toEqual(
      expect.arrayContaining(["entity-key", "nullable-root", "nullable-edge"]),
    );
  });
});
