import { Field, ObjectType } from "type-graphql";
import { Inaccessible } from "./directives.js";
import { Refusal } from "./refusal.js";

/** What happened since a cursor, in order, and where to go on: how the gateway follows a subscription (schema/subscriptions.ts). */
export interface Since<Row> {
  readonly cursor: string;
  readonly nodes: readonly Row[];
}

/** Most events of one answer; the next one has more. */
export const mostEvents = 50;

/** The type that the query beside a subscription answers: `const WarrantsSince = sinceType("Warrant", () => Warrant)`. */
export function sinceType<Row extends object>(name: string, node: () => new () => Row): new () => Since<Row> {
  @Inaccessible()
  @ObjectType(`${name}sSince`, { simpleResolvers: true })
  class RowsSince {
    @Field(() => String)
    cursor!: string;

    @Field(() => [node()])
    nodes!: Row[];
  }
  return RowsSince;
}

/** The `subscribe` of every subscription: a subgraph is asked what happened since, and keeps no connection open. */
export function followedByGateway(): never {
  throw new Refusal("INPUT");
}
