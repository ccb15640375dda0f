import { Arg, Ctx, ID, Mutation, Resolver } from "type-graphql";
import { GraphQLDateTime } from "../../kit/scalars.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { completeObligation, deferUserInformation } from "../act-on-obligation.js";
import { warrantPayload } from "../answer-payload.js";
import { actAs, actAsParty } from "../caller.js";
import { WarrantPayload } from "../types/payloads.js";

/** What the owner of a duty does about it. */
@Resolver()
export class ObligationMutations {
  @Mutation(() => WarrantPayload, { nullable: true, description: "By its owner." })
  async completeObligation(
    @Ctx() context: SubgraphContext,
    @Arg("id", () => ID) id: string,
    @Arg("note", () => String, { nullable: true }) note: string | null,
  ): Promise<WarrantPayload> {
    const owner = await actAsParty(context);
    return warrantPayload(() => completeObligation(context, owner, id, note));
  }

  @Mutation(() => WarrantPayload, {
    nullable: true,
    description: "By the issuing authority, with the reason on file. `id` is the obligation's, or the warrant's.",
  })
  async deferUserInformation(
    @Ctx() context: SubgraphContext,
    @Arg("id", () => ID) id: string,
    @Arg("ground", () => String) ground: string,
    @Arg("until", () => GraphQLDateTime) until: Date,
  ): Promise<WarrantPayload> {
    const judge = await actAs(context, "JUDICIAL");
    return warrantPayload(() => deferUserInformation(context, judge, { id, ground, until }));
  }
}
