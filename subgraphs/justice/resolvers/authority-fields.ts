import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { readCaller } from "../caller.js";
import { Authority } from "../entities/authority.js";
import { AuthorityKey } from "../entities/authority-key.js";
import { seesChannels } from "../sight.js";

@Resolver(() => Authority)
export class AuthorityFields {
  @FieldResolver(() => [String], {
    nullable: true,
    description: "How it is called back, by the register; to providers alone, who check emergencies.",
  })
  async channels(@Root() { channels }: Authority, @Ctx() context: SubgraphContext): Promise<string[] | null> {
    return seesChannels(await readCaller(context)) ? channels : null;
  }

  @FieldResolver(() => [AuthorityKey], { description: "Those that it registered, revoked ones too, oldest first." })
  keys(@Root() { id }: Authority, @Ctx() { em }: SubgraphContext): Promise<AuthorityKey[]> {
    return em.find(AuthorityKey, { authorityId: id }, { orderBy: { registeredAt: "asc", id: "asc" } });
  }
}
