import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import { type Page, PageArgs } from "../../kit/connection.js";
import { loadEntity } from "../../kit/load-entity.js";
import { Node } from "../../kit/node.js";
import { GraphQLURL } from "../../kit/scalars.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { Post } from "../entities/post.js";
import { User } from "../entities/user.js";
import { findPostByUrl, findUserByHandle } from "../find-account.js";
import { findNode } from "../find-node.js";
import { findPosts } from "../find-posts.js";
import { readPlatforms } from "../platforms.js";
import { PostConnection } from "../types/connections.js";
import { Platform } from "../types/platform.js";
import { PostFilter } from "../types/post-filter.js";

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

  @Query(() => [Platform], { nullable: true })
  platforms(): Promise<readonly Platform[]> {
    return readPlatforms();
  }

  @Query(() => Platform, { nullable: true })
  async platform(@Arg("code", () => String) code: string): Promise<Platform | null> {
    return (await readPlatforms()).find((platform) => platform.code === code) ?? null;
  }
}
