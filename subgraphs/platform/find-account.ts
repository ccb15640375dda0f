import { loadBy } from "../kit/load-by.js";
import { loadEntity } from "../kit/load-entity.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import { Post } from "./entities/post.js";
import { User } from "./entities/user.js";
import type { TargetKind } from "./types/target-kind.js";

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

/** The account that an account id, a handle or the address of a post names now, on its platform; null where there is none, and for every other kind. */
export async function findNamed(
  context: SubgraphContext,
  { platform, kind, value }: { readonly platform: string; readonly kind: TargetKind; readonly value: string },
): Promise<User | null> {
  const user = await whoever(context, platform, kind, value);
  return user?.platform === platform ? user : null;
}

async function whoever(
  context: SubgraphContext,
  platform: string,
  kind: TargetKind,
  value: string,
): Promise<User | null> {
  if (kind === "ACCOUNT_ID") return loadEntity(context, User, value);
  if (kind === "HANDLE") return findUserByHandle(context, platform, value);
  if (kind !== "POST_URL" || !URL.canParse(value)) return null;
  const post = await findPostByUrl(context, new URL(value).toString());
  return post && loadEntity(context, User, post.authorId);
}
