import { Arg, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Query, Resolver, Root } from "type-graphql";
import type { KnownFacts } from "../../schema/calls.js";
import { connectionType, type Page } from "../../subgraphs/kit/connection.js";
import { Identity, Inaccessible, Key, Shareable } from "../../subgraphs/kit/directives.js";
import { Node } from "../../subgraphs/kit/node.js";
import { onlyFor } from "../../subgraphs/kit/only-for.js";
import { Refusal } from "../../subgraphs/kit/refusal.js";
import { GraphQLDateTime } from "../../subgraphs/kit/scalars.js";
import type { SubgraphContext, SubgraphDefinition } from "../../subgraphs/kit/subgraph.js";

/** A small subgraph without a database: readers of a library, their loans, and notes they wrote. */

@Inaccessible()
@Shareable()
@ObjectType("Jurisdiction", { simpleResolvers: true })
class Facts implements KnownFacts {
  @Field(() => String)
  providerCountry!: string;
  @Field(() => String, { nullable: true })
  residence!: string | null;
  @Field(() => String, { nullable: true })
  nationality!: string | null;
  @Field(() => String, { nullable: true })
  locatedIn!: string | null;
  @Field(() => String, { nullable: true })
  protectedRole!: string | null;
}

@ObjectType("Loan", { simpleResolvers: true })
class Loan {
  @Field(() => String)
  title!: string;
  @Field(() => GraphQLDateTime)
  lentAt!: Date;
}

const LoanConnection = connectionType("Loan", () => Loan);

@Key("id")
@ObjectType("Reader", { implements: Node, simpleResolvers: true, description: "Somebody who borrows books." })
class Reader implements Node {
  id!: string;

  @Inaccessible()
  @Field(() => Facts)
  jurisdiction!: KnownFacts;

  @Identity({ category: "SUBSCRIBER" })
  @Field(() => String, { nullable: true, description: "As on the card." })
  name!: string | null;
}

@Key("id")
@ObjectType("Note", { implements: Node, simpleResolvers: true })
class Note implements Node {
  id!: string;
  writerId!: string;

  @Identity({ category: "CONTENT", subject: "writer" })
  @Field(() => String, { nullable: true })
  text!: string | null;
}

/** Another subgraph of the same process may call a stub the same. */
@Key("id", { resolvable: false })
@ObjectType("Shelf")
class ShelfStub {
  @Field(() => ID)
  id!: string;
}

const french: KnownFacts = {
  providerCountry: "IE",
  residence: "FR",
  nationality: "FR",
  locatedIn: "FR",
  protectedRole: null,
};

const readers = new Map<string, Reader>(
  [
    ["r1", "Specimen Reader 1", french],
    ["r2", "Specimen Reader 2", { ...french, nationality: "DE" }],
  ].map(([id, name, jurisdiction]) => [id as string, Object.assign(new Reader(), { id, name, jurisdiction })]),
);
const notes = new Map<string, Note>([
  ["n1", Object.assign(new Note(), { id: "n1", writerId: "r1", text: "Specimen note" })],
]);

const loans: Loan[] = ["2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01"].map((day) => ({
  title: `Lent on ${day}`,
  lentAt: new Date(`${day}T00:00:00Z`),
}));

@Resolver(() => Reader)
class ReaderFields {
  @Identity({ category: "TRAFFIC", at: "lentAt" })
  @FieldResolver(() => LoanConnection, { nullable: true })
  loans(): Page<Loan> {
    const edges = loans.map((node) => ({ cursor: node.title, node }));
    return {
      edges,
      nodes: loans,
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    };
  }

  @Identity({ category: "TRAFFIC", at: "lentAt" })
  @FieldResolver(() => Loan, { nullable: true })
  firstLoan(): Loan | null {
    return loans[0] ?? null;
  }

  @Identity({ category: "TRAFFIC", at: "lentAt" })
  @FieldResolver(() => [Loan], { nullable: true })
  loanList(): Loan[] {
    return loans;
  }

  @FieldResolver(() => ShelfStub, { nullable: true })
  shelf(@Root() { id }: Reader): ShelfStub {
    return { id: `shelf-${id}` };
  }
}

@Resolver(() => Note)
class NoteFields {
  @FieldResolver(() => Reader, { nullable: true })
  async writer(@Root() { writerId }: Note): Promise<Reader | null> {
    return readers.get(writerId) ?? null;
  }
}

@Resolver()
class Roots {
  @Query(() => Reader, { nullable: true, description: "One reader." })
  reader(@Arg("id", () => ID) id: string): Reader | null {
    return readers.get(id) ?? null;
  }

  @Query(() => Node, { nullable: true })
  node(@Arg("id", () => ID) id: string): Node | null {
    return readers.get(id) ?? notes.get(id) ?? null;
  }

  @Query(() => String, { nullable: true })
  inOrder(
    @Arg("first", () => ID) first: string,
    @Arg("second", () => ID) second: string,
    @Arg("third", () => ID) third: string,
  ): string {
    return [first, second, third].join();
  }

  @Query(() => String, { nullable: true })
  refuses(): string {
    throw new Refusal("PLATFORM");
  }

  @Query(() => String, { nullable: true })
  fails(): string {
    throw Object.assign(new Error("duplicate key (email)=(specimen-01@mail.example)"), { code: "23505" });
  }

  @Inaccessible()
  @Query(() => String, { nullable: true })
  inside(@Ctx() context: SubgraphContext): string {
    onlyFor(context, "GATEWAY");
    return "inside";
  }

  @Query(() => String, { nullable: true })
  asked(@Ctx() { graph }: SubgraphContext): Promise<string> {
    return graph<{ word: string }>("{ word }").then(({ word }) => word);
  }

  @Query(() => String, { nullable: true })
  whoAmI(@Ctx() { principal, operationId }: SubgraphContext): string {
    return JSON.stringify({ principal, operationId });
  }

  @Mutation(() => String, { nullable: true })
  lend(): string {
    return "lent";
  }
}

export const library: SubgraphDefinition = {
  name: "library",
  entities: [],
  migrations: [],
  resolvers: [Roots, ReaderFields, NoteFields],
  orphanedTypes: [Reader, Note],
  references: {
    Reader: ({ id }: { id: string }) => readers.get(id) ?? null,
    Note: ({ id }: { id: string }) => notes.get(id) ?? null,
  },
};
