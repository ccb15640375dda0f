import type { EntityManager } from "../../kit/subgraph.js";

const hourOf = (table: string): string => `date_trunc('hour', ${table}.recorded_at, 'UTC')`;

/** Counts the operations of a step's accesses to their actors and hours: each once, however many records and steps it stands in. */
export async function countVolumes(transaction: EntityManager, from: number, end: number): Promise<void> {
  await transaction.execute(
    `insert into audit.audit_volume as volume (actor, hour, index, operations)
     select entry.actor, ${hourOf("entry")}, min(entry.index), count(distinct entry.operation_id)
     from audit.audit_entry as entry where entry.index >= ? and entry.index < ? and not entry.of_log and not exists (
       select from audit.audit_entry as earlier where earlier.operation_id = entry.operation_id and earlier.index < ? and not earlier.of_log
         and earlier.actor = entry.actor and ${hourOf("earlier")} = ${hourOf("entry")})
     group by 1, 2 on conflict (actor, hour) do update set operations = volume.operations + excluded.operations`,
    [from, end, from],
  );
}

/** Counts again what is left of hours that the minimum index cut in two. Call it after what lies below was deleted, the volumes that began there among it. */
export async function countCutVolumes(transaction: EntityManager, minimum: number): Promise<void> {
  await transaction.execute(
    `insert into audit.audit_volume (actor, hour, index, operations)
     select entry.actor, hour.hour, min(entry.index), count(distinct entry.operation_id)
     from audit.audit_hour as hour join audit.audit_entry as entry
       on entry.recorded_at >= hour.hour and entry.recorded_at < hour.hour + interval '1 hour'
     where hour.first < ? and hour.last >= ? and not entry.of_log group by 1, 2 on conflict (actor, hour) do nothing`,
    [minimum, minimum],
  );
}

/** Notes between which leaves the accesses of an hour stand. Their clocks are the writers': an hour may begin before the one before it has ended. */
export async function countHours(transaction: EntityManager, from: number, end: number): Promise<void> {
  await transaction.execute(
    `insert into audit.audit_hour as hour (hour, first, last)
     select ${hourOf("entry")}, min(entry.index), max(entry.index) from audit.audit_entry as entry
     where entry.index >= ? and entry.index < ? group by 1
     on conflict (hour) do update set first = least(hour.first, excluded.first), last = greatest(hour.last, excluded.last)`,
    [from, end],
  );
}
