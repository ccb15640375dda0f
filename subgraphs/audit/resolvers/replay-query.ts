import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { Refusal } from "../../kit/refusal.js";
import { GraphQLSafeInt } from "../../kit/scalars.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { scopeOf } from "../query/scope.js";
import { replayRecord } from "../replay/replay-record.js";
import { ReplayedDecision } from "../types/replayed-decision.js";

/** Would today's law decide otherwise? */
@Resolver()
export class ReplayQuery {
  @Query(() => [ReplayedDecision], {
    nullable: true,
    description:
      "The questions of a record put to the law again, field by field. What was known of the person is never shown. Null where the leaf is no access record of your scope.",
  })
  async replay(
    @Arg("index", () => GraphQLSafeInt) index: number,
    @Ctx() context: SubgraphContext,
  ): Promise<ReplayedDecision[] | null> {
    const scope = scopeOf(context.principal);
    if (index < 0) throw new Refusal("LOG_RANGE");
    return replayRecord(context, index, scope);
  }
}
