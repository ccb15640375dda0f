import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { warrantPayload } from "../answer-payload.js";
import { actAs } from "../caller.js";
import { clearHold, objectToWarrant } from "../enforce-order.js";
import { AnswerOrderInput, ContestInput } from "../types/inputs.js";
import { WarrantPayload } from "../types/payloads.js";

/** What the enforcing authority says of an order that was notified to it. */
@Resolver()
export class EnforcementMutations {
  @Mutation(() => WarrantPayload, { nullable: true, description: "By the enforcing authority: the hold ends now." })
  async clearHold(
    @Ctx() context: SubgraphContext,
    @Arg("input", () => AnswerOrderInput) input: AnswerOrderInput,
  ): Promise<WarrantPayload> {
    const enforcer = await actAs(context, "ENFORCING_AUTHORITY");
    return warrantPayload(() => clearHold(context, enforcer, input));
  }

  @Mutation(() => WarrantPayload, {
    nullable: true,
    description: "By the enforcing authority, item by item, while the hold runs: they are refused.",
  })
  async objectToWarrant(
    @Ctx() context: SubgraphContext,
    @Arg("input", () => ContestInput) input: ContestInput,
  ): Promise<WarrantPayload> {
    const enforcer = await actAs(context, "ENFORCING_AUTHORITY");
    return warrantPayload(() => objectToWarrant(context, enforcer, input));
  }
}
