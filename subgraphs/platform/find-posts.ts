import type { FilterQuery } from "@mikro-orm/core";
import type { Page } from "../kit/connection.js";
import { listKey } from "../kit/cursor.js";
import { pageOf } from "../kit/page-of.js";
import type { PageRequest } from "../kit/page-size.js";
import { narrowPeriod } from "../kit/period.js";
import { Refusal } from "../kit/refusal.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import { Post } from "./entities/post.js";
import type { PostFilter } from "./types/post-filter.js";

/** Most posts that one filter may name. */
const namedLimit = 1_000;

/**
 * Posts, published last first. Courts get no search engine over everybody's speech: a judicial client names posts or their author, else
 * Refusal POST_FILTER.
 */
export function findPosts(context: SubgraphContext, filter: PostFilter, request: PageRequest): Promise<Page<Post>> {
  const { role, onBehalfOf } = context.principal;
  const asks = role === "SERVICE" ? onBehalfOf?.role : role;
  if (asks === "JUDICIAL" && !namesPosts(filter)) throw new Refusal("POST_FILTER");
  if ((filter.ids?.length ?? 0) > namedLimit || (filter.urls?.length ?? 0) > namedLimit) throw new Refusal("INPUT");
  const list = { key: listKey("Query.posts", filter), where: conditions(filter), order: newestFirst };
  return pageOf(context.em, Post, list, request);
}

export const newestFirst = [
  ["publishedAt", "desc"],
  ["id", "desc"],
] as const;

function namesPosts({ ids, urls, authorId }: PostFilter): boolean {
  return [ids, urls, authorId].some((name) => name !== null && name !== undefined);
}

function conditions({
  ids,
  urls,
  authorId,
  platform,
  language,
  publishedFrom,
  publishedTo,
}: PostFilter): FilterQuery<Post> {
  const { from, to } = narrowPeriod(null, publishedFrom, publishedTo);
  return {
    ...(ids && { id: { $in: ids } }),
    ...(urls && { url: { $in: urls.map(String) } }),
    ...(authorId && { authorId }),
    ...(platform && { authorId: { platform, ...(authorId && { id: authorId }) } }),
    ...(language && { language }),
    ...((from || to) && { publishedAt: { ...(from && { $gte: from }), ...(to && { $lt: to }) } }),
  } as FilterQuery<Post>;
}
