import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { registerKey, revokeKey } from "../authority-keys.js";
import { actAs } from "../caller.js";
import { Authority } from "../entities/authority.js";

/** The keys with which an authority signs. */
@Resolver()
export class KeyMutations {
  @Mutation(() => Authority, {
    nullable: true,
    description: "A public JWK (RFC 7517) of the caller's authority: from then on its warrants carry a signature.",
  })
  async registerAuthorityKey(
    @Ctx() context: SubgraphContext,
    @Arg("jwk", () => String) jwk: string,
  ): Promise<Authority> {
    return registerKey(context, await actAs(context, "JUDICIAL"), jwk);
  }

  @Mutation(() => Authority, { nullable: true, description: "From now on nothing can be issued under this key." })
  async revokeAuthorityKey(
    @Ctx() context: SubgraphContext,
    @Arg("keyId", () => String) keyId: string,
    @Arg("reason", () => String) reason: string,
  ): Promise<Authority> {
    return revokeKey(context, await actAs(context, "JUDICIAL"), keyId, reason);
  }
}
