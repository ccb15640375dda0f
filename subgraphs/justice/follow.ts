import { decodeCursor, encodeCursor, listKey } from "../kit/cursor.js";
import { Refusal } from "../kit/refusal.js";
import type { Since } from "../kit/since.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import { Obligation } from "./entities/obligation.js";
import { Warrant } from "./entities/warrant.js";
import { obligationsSeenBy, type Sight, warrantsSeenBy } from "./sight.js";

/** Most things that can have happened between two questions of one stream. */
const most = 1_000;

/**
 * The warrants that the caller sees and on which somebody acted since, each once, by its last act. The cursor is a snapshot of the database: since then is what was not
 * visible in it, whatever was committed in which order. Throws Refusal ROLE, REGISTER, CURSOR, FOLLOW.
 */
export async function warrantsSince(
  context: SubgraphContext,
  after: string | null,
  id: string | null,
): Promise<Since<Warrant>> {
  const sight = seen(await warrantsSeenBy(context));
  const key = listKey("warrantChanged", { id });
  const before = after === null ? null : readSnapshot(key, after);
  const rows = await context.em.execute<{ cursor: string; warrant: string | null }[]>(
    `select now.snapshot::text as cursor, happened.warrant
     from (select pg_current_snapshot() as snapshot) as now
     left join lateral (
       select warrant_id as warrant, max(txid::text::numeric) as last from justice.warrant_events
       where txid >= pg_snapshot_xmin(?::pg_snapshot) and not pg_visible_in_snapshot(txid, ?::pg_snapshot)
         and (?::text is null or warrant_id = ?)
       group by warrant_id
     ) as happened on true
     order by happened.last, happened.warrant limit ?`,
    [before, before, id, id, most + 1],
  );
  if (rows.length > most) throw new Refusal("FOLLOW");
  const ids = rows.flatMap(({ warrant }) => warrant ?? []);
  const nodes =
    ids.length === 0
      ? []
      : await choose(sight, await context.em.find(Warrant, { $and: [sight.where, { id: { $in: ids } }] }));
  const place = (warrant: Warrant): number => ids.indexOf(warrant.id);
  return {
    cursor: encodeCursor(key, [rows[0]?.cursor ?? ""]),
    nodes: [...nodes].sort((a, b) => place(a) - place(b)),
  };
}

/**
 * The obligations that the caller sees and whose time came since, nobody having done them before; a hold's time is over then. What was written after the moment at which
 * it was due has no moment of its own here. Throws Refusal ROLE, REGISTER, CURSOR, FOLLOW.
 */
export async function obligationsSince(context: SubgraphContext, after: string | null): Promise<Since<Obligation>> {
  const sight = seen(await obligationsSeenBy(context));
  const key = listKey("obligationDue");
  const now = context.clock();
  const from = after === null ? now : readTime(key, after);
  const until = from > now ? from : now;
  const rows = await context.em.find(
    Obligation,
    { $and: [sight.where, { dueAt: { $gt: from, $lte: until } }] },
    { orderBy: { dueAt: "asc", id: "asc" }, limit: most + 1 },
  );
  if (rows.length > most) throw new Refusal("FOLLOW");
  const due = rows.filter(({ doneAt, dueAt }) => doneAt === null || dueAt === null || doneAt >= dueAt);
  return { cursor: encodeCursor(key, [until]), nodes: await choose(sight, due) };
}

function seen<Row>(sight: Sight<Row> | null): Sight<Row> {
  if (sight === null) throw new Refusal("ROLE");
  return sight;
}

async function choose<Row>({ choose: among }: Sight<Row>, rows: readonly Row[]): Promise<readonly Row[]> {
  return among === null || rows.length === 0 ? rows : among(rows);
}

function readSnapshot(key: string, cursor: string): string {
  const [snapshot] = decodeCursor(key, cursor);
  if (typeof snapshot !== "string" || !/^\d+:\d+:[\d,]*$/.test(snapshot)) throw new Refusal("CURSOR");
  return snapshot;
}

function readTime(key: string, cursor: string): Date {
  const [time] = decodeCursor(key, cursor);
  if (!(time instanceof Date)) throw new Refusal("CURSOR");
  return time;
}
