import { Arg, Ctx, Query, Resolver, Subscription } from "type-graphql";
import { Inaccessible } from "../../kit/directives.js";
import { GraphQLSafeInt } from "../../kit/scalars.js";
import { followedByGateway, type Since, sinceType } from "../../kit/since.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { AccessRecord } from "../entities/access-record.js";
import { recordsSince } from "../query/records-since.js";
import { scopeOf } from "../query/scope.js";

const AccessRecordsSince = sinceType("AccessRecord", () => AccessRecord);

/** The log's end, live. */
@Resolver()
export class LiveTail {
  @Subscription(() => AccessRecord, {
    nullable: true,
    subscribe: followedByGateway,
    description:
      "The records of your scope as they become searchable, in the order of the log, from this index on; without one, from now on.",
  })
  accessLogAppended(@Arg("from", () => GraphQLSafeInt, { nullable: true }) _from: number | null): AccessRecord | null {
    return followedByGateway();
  }

  @Inaccessible()
  @Query(() => AccessRecordsSince, { nullable: true })
  accessLogAppendedSince(
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Arg("from", () => GraphQLSafeInt, { nullable: true }) from: number | null,
    @Ctx() { em, principal }: SubgraphContext,
  ): Promise<Since<AccessRecord>> {
    return recordsSince(em, { after: after ?? null, from: from ?? null, scope: scopeOf(principal) });
  }
}
