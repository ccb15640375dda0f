import { Arg, Ctx, ID, Int, Mutation, Resolver } from "type-graphql";
import { Inaccessible } from "../../kit/directives.js";
import { onlyFor } from "../../kit/only-for.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { settleActs, takeActs } from "../record-acts.js";
import { ActToRecord } from "../types/act-to-record.js";

/** The gateway's own way to acts that the access log does not hold yet, whoever did them. */
@Resolver()
export class ActsToRecord {
  @Inaccessible()
  @Mutation(() => [ActToRecord], { nullable: true, description: "In order; none while another carrier is at it." })
  async takeActs(
    @Ctx() context: SubgraphContext,
    @Arg("carrier", () => ID) carrier: string,
    @Arg("first", () => Int) first: number,
  ): Promise<ActToRecord[]> {
    onlyFor(context, "GATEWAY");
    return takeActs(context.em, carrier, Math.min(Math.max(first, 1), 100));
  }

  @Inaccessible()
  @Mutation(() => Boolean, { nullable: true, description: "The log holds these." })
  async settleActs(@Ctx() context: SubgraphContext, @Arg("ids", () => [ID]) ids: string[]): Promise<boolean> {
    onlyFor(context, "GATEWAY");
    await settleActs(context.em, ids);
    return true;
  }
}
