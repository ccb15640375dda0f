import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Identity } from "../../kit/directives.js";
import { loadEntity } from "../../kit/load-entity.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { IpAddress } from "../entities/ip-address.js";
import { Post } from "../entities/post.js";
import { User } from "../entities/user.js";

@Resolver(() => Post)
export class PostFields {
  @FieldResolver(() => User)
  author(@Root() { authorId }: Post, @Ctx() context: SubgraphContext): Promise<User | null> {
    return loadEntity(context, User, authorId);
  }

  @Identity({ category: "USER_IDENTIFICATION", subject: "author", at: "seenAt" })
  @FieldResolver(() => IpAddress, { nullable: true, description: "The address from which it was published." })
  async authorIp(@Root() { authorIpId }: Post, @Ctx() context: SubgraphContext): Promise<IpAddress | null> {
    return authorIpId === null ? null : loadEntity(context, IpAddress, authorIpId);
  }
}
