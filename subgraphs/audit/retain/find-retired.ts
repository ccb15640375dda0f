import { tileWidth } from "../../../schema/ledger/tile.js";
import type { EntityManager } from "../../kit/subgraph.js";
import { describeHold, heldBy, heldTables, listHolds } from "../hold/holds.js";
import { readHead } from "../integrate/head.js";

/** Months that can go, and what keeps the next one. */
export interface Retirable {
  /** First days of months whose leaves are still there, oldest first; all of them lie below `minimum`. */
  readonly months: readonly string[];
  /** The minimum index once they are gone; a multiple of 256, so that every bundle of tiles from there on is whole (C2SP tlog-tiles). */
  readonly minimum: number;
  /** Why the month after them stays though its time is over; null: no such month. */
  readonly kept: string | null;
}

/**
 * The months that end before the last `keep` months and this one. A month stays, and all after it, while a leaf of it is not searchable, a hold is on it, or
 * the log has not 256 leaves more.
 */
export async function findRetired(em: EntityManager, keep: number): Promise<Retirable> {
  const { searchable, minimum: now } = await readHead(em);
  const firstHeld = await findFirstHeld(em);
  const months: string[] = [];
  let minimum = now;
  for (const { month, end, pending } of await readOldMonths(em, keep)) {
    const name = month.slice(0, 7);
    const next = Math.max(minimum, Math.ceil(end / tileWidth) * tileWidth);
    const stay = (reason: string): Retirable => ({ months, minimum, kept: `${name} stays: ${reason}` });
    if (pending) return stay("a batch of it is not integrated");
    if (next > searchable) return stay(`there are not yet ${next} leaves that can be searched`);
    if (firstHeld !== null && firstHeld.index < next) return stay(`${firstHeld.hold} keeps leaf ${firstHeld.index}`);
    months.push(month);
    minimum = next;
  }
  return { months, minimum, kept: null };
}

/** Months whose partition is there and whose time is over, with the index after their last leaf. */
async function readOldMonths(
  em: EntityManager,
  keep: number,
): Promise<{ month: string; end: number; pending: boolean }[]> {
  const rows = await em.execute<{ month: string; end: string | number | null; pending: boolean | null }[]>(
    `select part.month::text as month, max(batch.first_index + batch.leaves) as end, bool_or(batch.first_index is null) as pending
     from (
       select to_date(substring(inhrelid::regclass::text from '\\d{4}_\\d\\d$'), 'YYYY_MM') as month
       from pg_inherits where inhparent = 'audit.audit_bundle'::regclass
     ) as part left join audit.audit_batch as batch on batch.month = part.month
     where part.month < (date_trunc('month', now() at time zone 'UTC') - make_interval(months => ?))::date
     group by part.month order by part.month`,
    [keep],
  );
  return rows.map(({ month, end, pending }) => ({ month, end: Number(end ?? 0), pending: pending === true }));
}

async function findFirstHeld(em: EntityManager): Promise<{ index: number; hold: string } | null> {
  const [first] = await em.execute<{ index: string | number; id: string }[]>(
    `${heldTables.map((table) => `select entry.index, hold.id from audit.audit_hold as hold join audit.${table} as entry on ${heldBy}`).join(" union all ")}
     order by index limit 1`,
  );
  if (first === undefined) return null;
  const hold = (await listHolds(em)).find(({ id }) => id === first.id);
  return { index: Number(first.index), hold: hold === undefined ? "a hold" : describeHold(hold) };
}
