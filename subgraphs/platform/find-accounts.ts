import type { SqlEntityManager } from "@mikro-orm/sql";
import type { Identifier } from "../../schema/identity/identifier.js";
import type { Page } from "../kit/connection.js";
import { decodeCursor, encodeCursor, listKey } from "../kit/cursor.js";
import { cutPage } from "../kit/page-of.js";
import { type PageRequest, readSlice } from "../kit/page-size.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import { User } from "./entities/user.js";

/** The accounts of a platform that were used from an address, through that port where one is named, in [from, to); in the order of their ids. Throws Refusal. */
export async function findAccountsAt(
  { em }: SubgraphContext,
  { address, port, from, to }: Identifier,
  platform: string,
  request: PageRequest,
): Promise<Page<User>> {
  const slice = readSlice(request);
  const key = listKey("Query.accountsByIp", { address, port, from, to, platform });
  const after = slice.cursor === null ? null : String(decodeCursor(key, slice.cursor)[0]);
  const mapped = address.includes(":") ? address : `::ffff:${address}`;
  const rows = await select(em, [platform, after, address, mapped, port, new Date(from), new Date(to), slice.size + 1]);
  return cutPage(rows, slice, ({ id }) => encodeCursor(key, [id]));
}

async function select(em: SqlEntityManager, values: readonly unknown[]): Promise<User[]> {
  const found: Record<string, unknown>[] = await em.execute(
    `select u.* from (select ?::text as platform, ?::text as after, ?::inet as address, ?::inet as mapped, ?::integer as port,
      ?::timestamptz as "from", ?::timestamptz as "to") asked
    join platform.users u on u.platform = asked.platform and (asked.after is null or u.id > asked.after)
    where exists (select 1 from platform.ip_addresses a where a.user_id = u.id and a.address in (asked.address, asked.mapped)
      and (asked.port is null or a.port = asked.port) and a.seen_at >= asked."from" and a.seen_at < asked."to")
    order by u.id limit ?`,
    [...values],
  );
  return found.map((row) => em.map(User, row as never));
}
