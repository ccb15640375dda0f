import { ArgsType, Field, Int, ObjectType } from "type-graphql";
import { Shareable } from "./directives.js";

@Shareable()
@ObjectType("PageInfo", { simpleResolvers: true, description: "Where a page stands in its list." })
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => Boolean)
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true })
  startCursor!: string | null;

  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

/** Paging forward, the way of nearly every list. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, defaultValue: 20, description: "How many, from 1 to 100." })
  first?: number | null;

  @Field(() => String, { nullable: true, description: "The `endCursor` of the page before." })
  after?: string | null;
}

/** Paging both ways, for lists that are read from their end. */
@ArgsType()
export class PageArgsBothWays {
  @Field(() => Int, { nullable: true, description: "How many, from 1 to 100, from the start or after `after`." })
  first?: number | null;

  @Field(() => String, { nullable: true, description: "The `endCursor` of the page before." })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: "How many, from 1 to 100, from the end or before `before`." })
  last?: number | null;

  @Field(() => String, { nullable: true, description: "The `startCursor` of the page after." })
  before?: string | null;
}

export interface Edge<Row> {
  readonly cursor: string;
  readonly node: Row;
}

/** A page as the connection types show it (Relay, Cursor Connections Specification). */
export interface Page<Row> {
  readonly edges: readonly Edge<Row>[];
  readonly nodes: readonly Row[];
  readonly pageInfo: PageInfo;
}

/**
 * The connection type of a node: `class PostConnection extends connectionType("Post", () => Post) {}` is not needed, use the result itself:
 * `export const PostConnection = connectionType("Post", () => Post)` and `@FieldResolver(() => PostConnection)`.
 */
export function connectionType<Row extends object>(name: string, node: () => new () => Row): new () => Page<Row> {
  @ObjectType(`${name}Edge`, { simpleResolvers: true })
  class NodeEdge {
    @Field(() => String)
    cursor!: string;

    @Field(() => node())
    node!: Row;
  }

  @ObjectType(`${name}Connection`, { simpleResolvers: true })
  class Connection {
    @Field(() => [NodeEdge])
    edges!: NodeEdge[];

    @Field(() => [node()])
    nodes!: Row[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;
  }
  return Connection;
}
