import type { EntityClass } from "@mikro-orm/core";
import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, FieldResolver, Info, Resolver, Root } from "type-graphql";
import { type Page, PageArgs } from "../../kit/connection.js";
import { Identity } from "../../kit/directives.js";
import { pageOfEach } from "../../kit/page-of-each.js";
import { grantedPeriod, narrowPeriod } from "../../kit/period.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { IpAddress } from "../entities/ip-address.js";
import { Message } from "../entities/message.js";
import { Post } from "../entities/post.js";
import { Session } from "../entities/session.js";
import { User } from "../entities/user.js";
import { newestFirst } from "../find-posts.js";
import { IpAddressConnection, MessageConnection, PostConnection, SessionConnection } from "../types/connections.js";
import { PeriodArgs } from "../types/period-args.js";

@Resolver(() => User)
export class UserFields {
  @FieldResolver(() => PostConnection, { description: "Published last comes first." })
  posts(
    @Root() { id }: User,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: SubgraphContext,
  ): Promise<Page<Post>> {
    return pageOfEach(context, { name: "User.posts", entity: Post, parent: "authorId", order: newestFirst }, id, page);
  }

  @Identity({ category: "USER_IDENTIFICATION", at: "seenAt" })
  @FieldResolver(() => IpAddressConnection, { nullable: true, description: "Seen first comes first." })
  ipAddresses(
    @Root() { id }: User,
    @Args(() => PeriodArgs) args: PeriodArgs,
    @Ctx() context: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<IpAddress>> {
    return rowsOf(context, info, { entity: IpAddress, at: "seenAt" }, id, args);
  }

  @Identity({ category: "TRAFFIC", at: "startedAt" })
  @FieldResolver(() => SessionConnection, { nullable: true, description: "Started first comes first." })
  sessions(
    @Root() { id }: User,
    @Args(() => PeriodArgs) args: PeriodArgs,
    @Ctx() context: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<Session>> {
    return rowsOf(context, info, { entity: Session, at: "startedAt" }, id, args);
  }

  @Identity({ category: "CONTENT", at: "sentAt" })
  @FieldResolver(() => MessageConnection, { nullable: true, description: "Sent first comes first." })
  messages(
    @Root() { id }: User,
    @Args(() => PeriodArgs) args: PeriodArgs,
    @Ctx() context: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<Message>> {
    return rowsOf(context, info, { entity: Message, at: "sentAt" }, id, args);
  }
}

/** Rows of a person, oldest first, within both the granted period and the client's own bounds, so that pages are full. */
async function rowsOf<Row extends { id: string; userId: string }>(
  context: SubgraphContext,
  info: GraphQLResolveInfo,
  { entity, at }: { entity: EntityClass<Row>; at: keyof Row & string },
  userId: string,
  { from, to, ...page }: PeriodArgs,
): Promise<Page<Row>> {
  const within = { property: at, ...narrowPeriod(grantedPeriod(context, info), from, to) };
  const order = [
    [at, "asc"],
    ["id", "asc"],
  ] as const;
  return pageOfEach<Row>(
    context,
    { name: `User.${info.fieldName}`, entity, parent: "userId", order, within },
    userId,
    page,
  );
}
