import { describe, expect, test } from "@jest/globals";
import { parse } from "graphql";
import { Field, ID, ObjectType, Query, Resolver } from "type-graphql";
import { federationHeader, identityHeader } from "../../schema/identity/identity-spec.js";
import { buildSchema } from "../../subgraphs/kit/build-schema.js";
import { Key } from "../../subgraphs/kit/directives.js";
import { Node } from "../../subgraphs/kit/node.js";
import { printSubgraphSdl, type SubgraphDefinition } from "../../subgraphs/kit/subgraph.js";
import { library } from "./library.js";

@Key("id", { resolvable: false })
@ObjectType("Shelf", { description: "The other subgraph's stub." })
class OtherShelf {
  @Field(() => ID)
  id!: string;
}

@Key("id")
@ObjectType("Reader", { implements: Node, description: "The other subgraph's reader." })
class OtherReader implements Node {
  id!: string;

  @Field(() => String)
  nickname!: string;
}

@Resolver()
class OtherRoots {
  @Query(() => OtherShelf, { nullable: true })
  shelf(): OtherShelf | null {
    return null;
  }

  @Query(() => Node, { nullable: true })
  thing(): Node | null {
    return null;
  }
}

const other: SubgraphDefinition = {
  name: "other",
  entities: [],
  migrations: [],
  resolvers: [OtherRoots],
  orphanedTypes: [OtherReader],
  references: { Reader: () => null },
};

describe("the printed SDL", () => {
  const sdl = printSubgraphSdl(library);

  test("opens with the headers that the composition reads, and parses", () => {
    expect(sdl.startsWith(`${federationHeader}\n\n${identityHeader}\n`)).toBe(true);
    expect(() => parse(sdl)).not.toThrow();
  });

  test("a subgraph without identity fields does not speak of identity", () => {
    const plain = printSubgraphSdl(other);
    expect(plain.startsWith(federationHeader)).toBe(true);
    expect(plain).not.toContain("identity/v1.0");
    expect(plain).not.toContain("DataCategory");
  });

  test("defines DataCategory even where no field has that type", () => expect(sdl).toContain("enum DataCategory {"));

  test.each([
    'type Reader implements Node @key(fields: "id") {',
    "name: String @identity(category: SUBSCRIBER)",
    'text: String @identity(category: CONTENT, subject: "writer")',
    'loans: LoanConnection @identity(category: TRAFFIC, at: "lentAt")',
    "type Jurisdiction @inaccessible @shareable {",
    "type PageInfo @shareable {",
    "inside: String @inaccessible",
    "inOrder(first: ID!, second: ID!, third: ID!): String",
    'type Shelf @key(fields: "id", resolvable: false) {',
    '"""Somebody who borrows books."""',
    '"""As on the card."""',
    '"""One reader."""',
  ])("says %s", (line) => expect(sdl).toContain(line));

  test("is the same however often and in whatever order it is printed", () => {
    printSubgraphSdl(other);
    expect(printSubgraphSdl(library)).toBe(sdl);
    expect(printSubgraphSdl({ ...library, resolvers: [...library.resolvers].reverse() })).toBe(sdl);
  });
});

describe("two subgraphs in one process", () => {
  test("types of the same name do not mix", () => {
    const [mine, theirs] = [printSubgraphSdl(library), printSubgraphSdl(other)];
    expect(mine).not.toContain("nickname");
    expect(mine).not.toContain("The other subgraph's");
    expect(theirs).not.toContain("jurisdiction");
    expect(theirs).not.toContain("Note");
    expect(theirs).toContain("nickname: String!");
  });
});

describe("a definition that could answer with the caller's own words", () => {
  test("is refused: every resolvable key needs a reference", () => {
    expect(() => buildSchema({ ...library, references: {} })).toThrow(
      "library: Note has a resolvable @key and no entry in `references`",
    );
  });

  test("and so is a reference to a type that is not there", () => {
    expect(() => buildSchema({ ...other, references: { ...other.references, Ghost: () => null } })).toThrow("Ghost");
  });
});

test("buildSchema keeps _service and _entities", () => {
  const fields = Object.keys(buildSchema(library).getQueryType()?.getFields() ?? {});
  expect(fields).toEqual(expect.arrayContaining(["_service", "_entities", "reader"]));
});
