import { Arg, Ctx, ID, Mutation, Resolver } from "type-graphql";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { acceptWarrant, contestWarrant, fulfilItems, refuseWarrant } from "../answer-order.js";
import { warrantPayload } from "../answer-payload.js";
import { actAs } from "../caller.js";
import { approveEmergency } from "../emergency.js";
import { AnswerOrderInput, ContestInput } from "../types/inputs.js";
import { WarrantPayload } from "../types/payloads.js";

/** What the provider answers to an order. */
@Resolver()
export class ProviderMutations {
  @Mutation(() => WarrantPayload, { nullable: true, description: "By the provider, item by item." })
  async acceptWarrant(
    @Ctx() context: SubgraphContext,
    @Arg("input", () => AnswerOrderInput) input: AnswerOrderInput,
  ): Promise<WarrantPayload> {
    const provider = await actAs(context, "PROVIDER");
    return warrantPayload(() => acceptWarrant(context, provider, input));
  }

  @Mutation(() => WarrantPayload, {
    nullable: true,
    description:
      "By the provider, item by item: asks, and stops the clock until it is answered; the order goes on. DATA_NOT_HELD answers instead of asking.",
  })
  async contestWarrant(
    @Ctx() context: SubgraphContext,
    @Arg("input", () => ContestInput) input: ContestInput,
  ): Promise<WarrantPayload> {
    const provider = await actAs(context, "PROVIDER");
    return warrantPayload(() => contestWarrant(context, provider, input));
  }

  @Mutation(() => WarrantPayload, {
    nullable: true,
    description: "By the provider, item by item, where no instrument compels.",
  })
  async refuseWarrant(
    @Ctx() context: SubgraphContext,
    @Arg("input", () => ContestInput) input: ContestInput,
  ): Promise<WarrantPayload> {
    const provider = await actAs(context, "PROVIDER");
    return warrantPayload(() => refuseWarrant(context, provider, input));
  }

  @Mutation(() => WarrantPayload, { nullable: true, description: "By the provider: the data were handed over." })
  async fulfilItems(
    @Ctx() context: SubgraphContext,
    @Arg("input", () => AnswerOrderInput) input: AnswerOrderInput,
  ): Promise<WarrantPayload> {
    const provider = await actAs(context, "PROVIDER");
    return warrantPayload(() => fulfilItems(context, provider, input));
  }

  @Mutation(() => WarrantPayload, {
    nullable: true,
    description:
      "By a second person at the provider, who called the authority back over a channel of the register; another one accepts.",
  })
  async approveEmergency(
    @Ctx() context: SubgraphContext,
    @Arg("id", () => ID) id: string,
    @Arg("channel", () => String) channel: string,
  ): Promise<WarrantPayload> {
    const provider = await actAs(context, "PROVIDER");
    return warrantPayload(() => approveEmergency(context, provider, id, channel));
  }
}
