import type { SqlEntityManager } from "@mikro-orm/sql";
import { type AddressInTime, type Identifier, identifierText } from "../../schema/identity/identifier.js";
import type { Page } from "../kit/connection.js";
import { decodeCursor, encodeCursor, listKey } from "../kit/cursor.js";
import { cutPage } from "../kit/page-of.js";
import { type PageRequest, readSlice } from "../kit/page-size.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import { User } from "./entities/user.js";

/** The accounts of a platform that an identifier names, in the order of their ids. Throws Refusal. */
export async function findAccounts(
  { em }: SubgraphContext,
  identifier: Identifier,
  platform: string,
  request: PageRequest,
): Promise<Page<User>> {
  const slice = readSlice(request);
  const key = listKey("accounts", { identifier: identifierText(identifier), platform });
  const after = slice.cursor === null ? null : String(decodeCursor(key, slice.cursor)[0]);
  const rows = await accountsNamed(em, identifier, { platform, after, limit: slice.size + 1 });
  return cutPage(rows, slice, ({ id }) => encodeCursor(key, [id]));
}

/** Which of the accounts: of this platform, after this id (null: from the beginning), at most so many. */
export interface Stretch {
  readonly platform: string;
  readonly after: string | null;
  readonly limit: number;
}

/** The accounts that an identifier names: used from an address, through that port where one is named, in [from, to); or with this e-mail address or number. */
export async function accountsNamed(
  em: SqlEntityManager,
  identifier: Identifier,
  { platform, after, limit }: Stretch,
): Promise<User[]> {
  const { sql, values } = conditionOf(identifier);
  const found: Record<string, unknown>[] = await em.execute(
    `select u.* from platform.users u
    where u.platform = ? and (?::text is null or u.id > ?) and ${sql}
    order by u.id limit ?`,
    [platform, after, after, ...values, limit],
  );
  return found.map((row) => em.map(User, row as never));
}

interface Condition {
  readonly sql: string;
  readonly values: readonly unknown[];
}

function conditionOf(identifier: Identifier): Condition {
  switch (identifier.kind) {
    case "EMAIL":
      return { sql: "lower(u.email) = ?", values: [identifier.email] };
    case "PHONE":
      return { sql: "u.phone = ?", values: [identifier.phone] };
    case "IP_ADDRESS":
      return seenAt(identifier);
  }
}

/** An IPv4 address may be kept as one that is mapped into IPv6. */
function seenAt({ address, port, from, to }: AddressInTime): Condition {
  const mapped = address.includes(":") ? address : `::ffff:${address}`;
  const sql = `exists (select 1 from platform.ip_addresses a where a.user_id = u.id and a.address in (?::inet, ?::inet)
    and (?::integer is null or a.port = ?) and a.seen_at >= ? and a.seen_at < ?)`;
  return { sql, values: [address, mapped, port, port, new Date(from), new Date(to)] };
}
