import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { GraphQLDateTime } from "../../kit/scalars.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { WarrantCount } from "../types/warrant-count.js";
import { warrantStatistics } from "../warrant-statistics.js";
import { type WarrantDimension, WarrantDimensionEnum } from "../words.js";

@Resolver()
export class Statistics {
  @Query(() => [WarrantCount], {
    nullable: true,
    description:
      "The orders that you see, counted by one to four dimensions, ordered by their keys: what Art 28 of Regulation (EU) 2023/1543 asks of states, and a provider's transparency table. Issued in [from, to); drafts are no orders.",
  })
  warrantStatistics(
    @Ctx() context: SubgraphContext,
    @Arg("by", () => [WarrantDimensionEnum]) by: WarrantDimension[],
    @Arg("from", () => GraphQLDateTime, { nullable: true }) from: Date | null,
    @Arg("to", () => GraphQLDateTime, { nullable: true }) to: Date | null,
  ): Promise<WarrantCount[] | null> {
    return warrantStatistics(context, { by, from: from ?? null, to: to ?? null });
  }
}
