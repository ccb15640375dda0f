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

/**
 * Notes from which leaf on there are accesses of an hour or a later one, and up to which of it or an earlier one: clocks are the writers', so hours overlap in the log.
 * Leaves come in the order of their indexes: an hour that is there already has its first.
 */
export async function countHours(transaction: EntityManager, from: number, end: number): Promise<void> {
  const ofStep = "audit.audit_entry as entry where entry.index >= ? and entry.index < ?";
  await transaction.execute(
    `insert into audit.audit_hour as hour (hour, first, last)
     select brought.hour,
       least(min(brought.first) over (order by brought.hour desc), (select first from audit.audit_hour as later where later.hour > brought.hour order by later.hour limit 1)),
       max(brought.last) over (order by brought.hour)
     from (select ${hourOf("entry")} as hour, min(entry.index) as first, max(entry.index) as last from ${ofStep} group by 1) as brought
     on conflict (hour) do update set last = excluded.last`,
    [from, end],
  );
  await transaction.execute(
    `update audit.audit_hour as hour set last = (select max(entry.index) from ${ofStep} and ${hourOf("entry")} <= hour.hour)
     where hour.last < ? and hour.hour > (select min(${hourOf("entry")}) from ${ofStep})`,
    [from, end, from, from, end],
  );
}
