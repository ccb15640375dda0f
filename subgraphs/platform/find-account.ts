import { loadBy } from "../kit/load-by.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import { Post } from "./entities/post.js";
import { User } from "./entities/user.js";

/** The account behind a handle of a platform; null where there is none. One query for all that a request asks. */
export function findUserByHandle(context: SubgraphContext, platform: string, handle: string): Promise<User | null> {
  const key = ([code, name]: readonly [string, string]): string => JSON.stringify([code, name]);
  const loader = loadBy<readonly [string, string], User>(
    context,
    "User by handle",
    async (asked) => {
      const handles = asked.map(([, name]) => name);
      const users = await context.em.find(User, { handle: { $in: handles } });
      return new Map(users.map((user) => [key([user.platform, user.handle]), user]));
    },
    key,
  );
  return loader.load([platform, handle]);
}

/** The post at an address; null where there is none. One query for all that a request asks. */
export function findPostByUrl(context: SubgraphContext, url: string): Promise<Post | null> {
  const loader = loadBy<string, Post>(context, "Post by url", async (urls) => {
    const posts = await context.em.find(Post, { url: { $in: [...urls] } });
    return new Map(posts.map((post) => [post.url, post]));
  });
  return loader.load(url);
}
