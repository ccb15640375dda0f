import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { Inaccessible } from "../../kit/directives.js";
import { onlyFor } from "../../kit/only-for.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { User } from "../entities/user.js";
import { findNamed } from "../find-account.js";
import { NamedTargetInput } from "../types/named-target.js";

/** What the gateway asks before it lets a provider's policy accept an order: nobody else is answered. */
@Resolver()
export class NamedAccounts {
  @Inaccessible()
  @Query(() => [User], {
    nullable: "itemsAndList",
    description:
      "In the order of `targets`: the account that each was pinned to at the draft; null where the target names nobody now, or somebody else.",
  })
  async namedAccounts(
    @Ctx() context: SubgraphContext,
    @Arg("targets", () => [NamedTargetInput]) targets: NamedTargetInput[],
  ): Promise<(User | null)[]> {
    onlyFor(context, "GATEWAY");
    const found = await Promise.all(targets.map((target) => findNamed(context, target)));
    return found.map((user, index) => (user?.id === targets[index]?.accountId ? user : null));
  }
}
