import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { Inaccessible } from "../../kit/directives.js";
import { onlyFor } from "../../kit/only-for.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { acceptByPolicy } from "../accept-by-policy.js";
import { policiesOf, setPolicy } from "../acceptance-policy.js";
import { actAs } from "../caller.js";
import { dueAcceptances } from "../due-acceptances.js";
import { AcceptancePolicy } from "../entities/acceptance-policy.js";
import { WarrantItem } from "../entities/warrant-item.js";
import { forPersonTexts } from "../explain-for-person.js";
import { reasonsOf } from "../load.js";
import { orUserErrors } from "../rule-broken.js";
import {
  AcceptancePolicyInput,
  AcceptancePolicyPayload,
  DueAcceptance,
  ForPerson,
  JudgedItemInput,
} from "../types/acceptance.js";

/** Orders that the provider accepts by itself: her policy, why an item is not among them, and the gateway's way to carry it out. */
@Resolver(() => WarrantItem)
export class Acceptance {
  @Query(() => [AcceptancePolicy], {
    nullable: true,
    description: "Of the provider's own platform, the one in force first. Empty: nothing is accepted without a person.",
  })
  async acceptancePolicies(@Ctx() context: SubgraphContext): Promise<AcceptancePolicy[]> {
    const { platform } = await actAs(context, "PROVIDER");
    return platform === null ? [] : policiesOf(context.em, platform);
  }

  @Mutation(() => AcceptancePolicyPayload, {
    nullable: true,
    description: "By the provider, for its own platform: the next version, in force at once. Those before are kept.",
  })
  async setAcceptancePolicy(
    @Ctx() context: SubgraphContext,
    @Arg("input", () => AcceptancePolicyInput) input: AcceptancePolicyInput,
  ): Promise<AcceptancePolicyPayload> {
    const provider = await actAs(context, "PROVIDER");
    const outcome = await orUserErrors(() => setPolicy(context, provider, input));
    return "done" in outcome ? { policy: outcome.done, userErrors: [] } : { policy: null, ...outcome };
  }

  @FieldResolver(() => [ForPerson], {
    nullable: true,
    description:
      "Why a person at the provider decides about it while it is ordered; empty where the acceptance policy still may. Told to the provider alone.",
  })
  async forPerson(@Root() item: WarrantItem, @Ctx() context: SubgraphContext): Promise<ForPerson[] | null> {
    if (context.principal.role !== "PROVIDER" || item.status !== "ORDERED") return null;
    const reasons = [...(await reasonsOf(context, item)), ...(item.forPerson === null ? [] : [item.forPerson])];
    return [...new Set(reasons)].map((reason) => ({ reason, text: forPersonTexts[reason] }));
  }

  @Inaccessible()
  @Query(() => [DueAcceptance], { nullable: true, description: "Items whose moment has come; for the gateway." })
  dueAcceptances(@Ctx() context: SubgraphContext): Promise<DueAcceptance[]> {
    onlyFor(context, "GATEWAY");
    return dueAcceptances(context.em, context.clock());
  }

  @Inaccessible()
  @Mutation(() => Int, {
    nullable: true,
    description: "What came of them, for the gateway; answers how many were accepted.",
  })
  acceptByPolicy(
    @Ctx() context: SubgraphContext,
    @Arg("warrantId", () => ID) warrantId: string,
    @Arg("items", () => [JudgedItemInput]) items: JudgedItemInput[],
  ): Promise<number> {
    onlyFor(context, "GATEWAY");
    return acceptByPolicy(context.em, context.clock(), warrantId, items);
  }
}
