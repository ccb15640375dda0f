import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { loadEntity } from "../../kit/load-entity.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { Message } from "../entities/message.js";
import { User } from "../entities/user.js";

@Resolver(() => Message)
export class MessageFields {
  @FieldResolver(() => User, { description: "The other person: her identity fields are decided for her." })
  counterpart(@Root() { counterpartId }: Message, @Ctx() context: SubgraphContext): Promise<User | null> {
    return loadEntity(context, User, counterpartId);
  }
}
