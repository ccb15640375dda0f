import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Requires } from "../../kit/directives.js";
import { loadEntity } from "../../kit/load-entity.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { User } from "../entities/user.js";
import { resolveTarget } from "../resolve-target.js";
import { type TargetResolution, TargetResolutionEnum } from "../types/target-kind.js";
import { WarrantTarget } from "../types/warrant-target.js";

@Resolver(() => WarrantTarget)
export class TargetFields {
  @Requires("accountId")
  @FieldResolver(() => User, {
    nullable: true,
    description:
      "The account that the target named when the warrant was drafted, whoever has its handle since. Null for EMAIL, PHONE and IP_ADDRESS, since who owns these is identity data, and where the account was not known.",
  })
  async account(@Root() { platform, accountId }: WarrantTarget, @Ctx() context: SubgraphContext): Promise<User | null> {
    const user = accountId ? await loadEntity(context, User, accountId) : null;
    return user?.platform === platform ? user : null;
  }

  @Requires("at pinned")
  @FieldResolver(() => TargetResolutionEnum, {
    nullable: true,
    description:
      "Whether the target names an account. Of EMAIL, PHONE and IP_ADDRESS (within twelve hours of `at`) the provider alone is told whether one, none or several are meant; for all others it is NOT_YET.",
  })
  resolution(@Root() target: WarrantTarget, @Ctx() context: SubgraphContext): Promise<TargetResolution | null> {
    return resolveTarget(context, target);
  }
}
