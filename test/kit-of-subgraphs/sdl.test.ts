import { describe, expect, test } from "@jest/globals";
import { parse } from "graphql";
import { Arg, Field, ID, InputType, ObjectType, Query, Resolver } from "type-graphql";
import { federationHeader, identityHeader, identityHeaderFor } from "../../schema/identity/identity-spec.js";
import { readSubgraph } from "../../schema/identity/subgraph.js";
import { buildSchema } from "../../subgraphs/kit/build-schema.js";
import { Key, Public } from "../../subgraphs/kit/directives.js";
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

@ObjectType()
class Office {
  @Public("The mailbox of an office.")
  @Field(() => String)
  email!: string;
}

@InputType()
class OfficeFilter {
  @Public("The switchboard, as printed.")
  @Field(() => String)
  phone!: string;
}

@Resolver()
class OfficeRoots {
  @Query(() => Office, { nullable: true })
  office(
    @Arg("filter", () => OfficeFilter) _filter: OfficeFilter,
    @Public("The address over its door.") @Arg("address", () => String) _address: string,
  ): Office | null {
    return null;
  }
}

const office: SubgraphDefinition = {
  ...other,
  name: "office",
  resolvers: [OfficeRoots],
  orphanedTypes: [],
  references: {},
};

describe("the printed SDL", () => {
  const sdl = printSubgraphSdl(library);

  test("opens with the headers that the composition reads, and parses", () => {
    expect(sdl.startsWith(`${federationHeader}\n\n${identityHeader}\n`)).toBe(true);
    expect(() => parse(sdl)).not.toThrow();
  });

  test("says in writing what looks like identity data and is none: on fields, and on what fields take", () => {
    const sdl = printSubgraphSdl(office);
    expect(sdl.startsWith(`${federationHeader}\n\n${identityHeaderFor(["public"])}\n`)).toBe(true);
    expect(sdl).toContain('  email: String! @public(reason: "The mailbox of an office.")\n');
    expect(sdl).toContain('  phone: String! @public(reason: "The switchboard, as printed.")\n');
    expect(sdl).toContain('address: String! @public(reason: "The address over its door.")');
    expect(sdl).not.toContain("DataCategory");
    expect(readSubgraph({ name: "office", sdl })).not.toHaveProperty("rule");
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
