import { Arg, Ctx, ID, Query, Resolver, Subscription } from "type-graphql";
import { Inaccessible } from "../../kit/directives.js";
import { followedByGateway, type Since, sinceType } from "../../kit/since.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { Obligation } from "../entities/obligation.js";
import { Warrant } from "../entities/warrant.js";
import { obligationsSince, warrantsSince } from "../follow.js";

const WarrantsSince = sinceType("Warrant", () => Warrant);
const ObligationsSince = sinceType("Obligation", () => Obligation);

/** What happens, for whoever looks after orders; what one does not see does not happen. */
@Resolver()
export class Subscriptions {
  @Subscription(() => Warrant, {
    nullable: true,
    subscribe: followedByGateway,
    description:
      "A warrant that you see, whenever somebody acts on it or the clock does; several acts within a second may come as one.",
  })
  warrantChanged(@Arg("id", () => ID, { nullable: true }) _id: string | null): Warrant | null {
    return followedByGateway();
  }

  @Subscription(() => Obligation, {
    nullable: true,
    subscribe: followedByGateway,
    description: "An obligation that you see, when its time has come: it is due and not done, or the hold is over.",
  })
  obligationDue(): Obligation | null {
    return followedByGateway();
  }

  @Inaccessible()
  @Query(() => WarrantsSince, { nullable: true })
  async warrantChangedSince(
    @Ctx() context: SubgraphContext,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Arg("id", () => ID, { nullable: true }) id: string | null,
  ): Promise<Since<Warrant>> {
    return warrantsSince(context, after ?? null, id ?? null);
  }

  @Inaccessible()
  @Query(() => ObligationsSince, { nullable: true })
  async obligationDueSince(
    @Ctx() context: SubgraphContext,
    @Arg("after", () => String, { nullable: true }) after: string | null,
  ): Promise<Since<Obligation>> {
    return obligationsSince(context, after ?? null);
  }
}
