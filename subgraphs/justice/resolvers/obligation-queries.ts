import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import { type Page, PageArgs } from "../../kit/connection.js";
import { listKey } from "../../kit/cursor.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { Obligation } from "../entities/obligation.js";
import { findObligation } from "../load.js";
import { obligationsLike } from "../obligation-filter.js";
import { pageOfSeen } from "../page-of-seen.js";
import { obligationsSeenBy } from "../sight.js";
import { ObligationConnection } from "../types/connections.js";
import { ObligationFilter } from "../types/inputs.js";

@Resolver()
export class ObligationQueries {
  @Query(() => Obligation, { nullable: true, description: "Seen by whoever sees its warrant." })
  obligation(@Ctx() context: SubgraphContext, @Arg("id", () => ID) id: string): Promise<Obligation | null> {
    return findObligation(context, id);
  }

  @Query(() => ObligationConnection, {
    nullable: true,
    description: "What is due first comes first, what has no date at the end.",
  })
  async obligations(
    @Ctx() context: SubgraphContext,
    @Arg("filter", () => ObligationFilter, { nullable: true }) filter: ObligationFilter | null,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<Obligation> | null> {
    const sight = await obligationsSeenBy(context);
    if (sight === null) return null;
    const where = obligationsLike(filter ?? {}, context.clock());
    const order = { property: "dueAt", direction: "asc" } as const;
    return pageOfSeen(context.em, Obligation, { key: listKey("obligations", filter ?? {}), sight, where, order }, page);
  }
}
