import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import { type Page, PageArgs } from "../../kit/connection.js";
import { Identity } from "../../kit/directives.js";
import { grantedSearch } from "../../kit/granted-search.js";
import { loadEntity } from "../../kit/load-entity.js";
import { Node } from "../../kit/node.js";
import { GraphQLURL } from "../../kit/scalars.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { Post } from "../entities/post.js";
import { User } from "../entities/user.js";
import { findPostByUrl, findUserByHandle } from "../find-account.js";
import { findAccounts } from "../find-accounts.js";
import { findNode } from "../find-node.js";
import { findPosts } from "../find-posts.js";
import { readPlatforms } from "../platforms.js";
import { AddressArgs } from "../types/address-args.js";
import { PostConnection, UserConnection } from "../types/connections.js";
import { Platform } from "../types/platform.js";
import { PostFilter } from "../types/post-filter.js";
import { EmailArgs, PhoneArgs } from "../types/reach-args.js";

@Resolver()
export class Queries {
  @Query(() => Node, { nullable: true, description: "Anything that has an id; null for what you may not see." })
  node(@Arg("id", () => ID) id: string, @Ctx() context: SubgraphContext): Promise<Node | null> {
    return findNode(context, id);
  }

  @Query(() => User, { nullable: true })
  user(@Arg("id", () => ID) id: string, @Ctx() context: SubgraphContext): Promise<User | null> {
    return loadEntity(context, User, id);
  }

  @Query(() => User, { nullable: true })
  userByHandle(
    @Arg("platform", () => String) platform: string,
    @Arg("handle", () => String) handle: string,
    @Ctx() context: SubgraphContext,
  ): Promise<User | null> {
    return findUserByHandle(context, platform, handle);
  }

  @Query(() => Post, { nullable: true })
  post(@Arg("id", () => ID) id: string, @Ctx() context: SubgraphContext): Promise<Post | null> {
    return loadEntity(context, Post, id);
  }

  @Query(() => Post, { nullable: true })
  postByUrl(@Arg("url", () => GraphQLURL) url: URL, @Ctx() context: SubgraphContext): Promise<Post | null> {
    return findPostByUrl(context, url.toString());
  }

  @Query(() => PostConnection, {
    nullable: true,
    description: "Published last comes first. A judicial client names posts by `ids`, `urls` or `authorId`.",
  })
  posts(
    @Arg("filter", () => PostFilter, { nullable: true }) filter: PostFilter | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: SubgraphContext,
  ): Promise<Page<Post>> {
    return findPosts(context, filter ?? {}, page);
  }

  @Identity({ category: "USER_IDENTIFICATION", identifier: "IP_ADDRESS" })
  @Query(() => UserConnection, {
    nullable: true,
    description:
      "The accounts used from an address in a stretch of time, by their ids: under a warrant that names this very address at a time within it, and of them those about whom it may be told.",
  })
  accountsByIp(
    @Args(() => AddressArgs) { first, after }: AddressArgs,
    @Ctx() context: SubgraphContext,
  ): Promise<Page<User>> {
    const { identifier, platform } = grantedSearch(context, "IP_ADDRESS");
    return findAccounts(context, identifier, platform, { first, after });
  }

  @Identity({ category: "SUBSCRIBER", identifier: "EMAIL" })
  @Query(() => UserConnection, {
    nullable: true,
    description:
      "The accounts with an e-mail address, by their ids: under a warrant that names this very address, and of them those about whom it may be told. Case does not matter; dots and what follows a plus do.",
  })
  accountsByEmail(
    @Args(() => EmailArgs) { first, after }: EmailArgs,
    @Ctx() context: SubgraphContext,
  ): Promise<Page<User>> {
    const { identifier, platform } = grantedSearch(context, "EMAIL");
    return findAccounts(context, identifier, platform, { first, after });
  }

  @Identity({ category: "SUBSCRIBER", identifier: "PHONE" })
  @Query(() => UserConnection, {
    nullable: true,
    description:
      "The accounts with a telephone number, by their ids: under a warrant that names this very number, and of them those about whom it may be told.",
  })
  accountsByPhone(
    @Args(() => PhoneArgs) { first, after }: PhoneArgs,
    @Ctx() context: SubgraphContext,
  ): Promise<Page<User>> {
    const { identifier, platform } = grantedSearch(context, "PHONE");
    return findAccounts(context, identifier, platform, { first, after });
  }

  @Query(() => [Platform], { nullable: true })
  platforms(): Promise<readonly Platform[]> {
    return readPlatforms();
  }

  @Query(() => Platform, { nullable: true })
  async platform(@Arg("code", () => String) code: string): Promise<Platform | null> {
    return (await readPlatforms()).find((platform) => platform.code === code) ?? null;
  }
}
