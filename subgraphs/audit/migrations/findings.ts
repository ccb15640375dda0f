import { Migration } from "@mikro-orm/migrations";

/**
 * What the checks find is decided as a leaf becomes searchable, and stands in tables of its own: a check reads findings and never the log. The projection is built again
 * from the log, so that findings stand for what it held before. A process from before this migration, which would make leaves searchable without deciding, cannot
 * move the head any more.
 */
export class Findings extends Migration {
  override up(): void {
    for (const statement of [...again, ...findings, ...volumes, ...triggers, ...hours, ...indexes, grants])
      this.addSql(statement);
  }
}

const again = [
  ...["audit_entry", "audit_entry_field", "audit_entry_read", "audit_warrant_entry", "audit_warrant_duty"].map(
    (table) => `delete from audit.${table}`,
  ),
  "delete from audit.audit_system_entry",
  "update audit.audit_head set searchable = minimum",
  "alter table audit.audit_head add column decided bigint not null default 0",
  "update audit.audit_head set decided = searchable",
  "alter table audit.audit_head add check (decided = searchable)",
];

/** `platform` is null while the platform may not know of it. */
const findings = [
  `create table audit.audit_finding (
    check_name text not null,
    index bigint not null,
    at timestamptz(3) not null,
    obligation text,
    country text,
    platform text,
    primary key (check_name, index)
  )`,
  "create index audit_finding_by_index on audit.audit_finding (index)",
  "create index audit_finding_by_country on audit.audit_finding (check_name, country, index)",
  "create index audit_finding_by_platform on audit.audit_finding (check_name, platform, index)",
];

/** Operations of an actor in an hour, with the first leaf of them; and how many such hours have how many operations, from which the median of all is read. */
const volumes = [
  `create table audit.audit_volume (
    actor text not null,
    hour timestamptz not null,
    index bigint not null,
    operations int not null,
    primary key (actor, hour)
  )`,
  "create index audit_volume_by_index on audit.audit_volume (index)",
  "create index audit_volume_high on audit.audit_volume (operations, index) where operations >= 50",
  "create table audit.audit_volume_spread (operations int primary key, hours bigint not null)",
  `create function audit.spread_volumes() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    insert into audit.audit_volume_spread as spread select operations, -count(*) from stale group by operations
      on conflict (operations) do update set hours = spread.hours + excluded.hours;
  end if;
  if tg_op <> 'DELETE' then
    insert into audit.audit_volume_spread as spread select operations, count(*) from fresh group by operations
      on conflict (operations) do update set hours = spread.hours + excluded.hours;
  end if;
  return null;
end $$;`,
];

const triggers = [
  "create trigger spread_insert after insert on audit.audit_volume referencing new table as fresh for each statement execute function audit.spread_volumes()",
  "create trigger spread_update after update on audit.audit_volume referencing old table as stale new table as fresh for each statement execute function audit.spread_volumes()",
  "create trigger spread_delete after delete on audit.audit_volume referencing old table as stale for each statement execute function audit.spread_volumes()",
];

/** No access of this hour or a later one stands before `first`, none of it or an earlier one after `last`: a period is looked for between, and not in the whole log. */
const hours = [
  "create table audit.audit_hour (hour timestamptz primary key, first bigint not null, last bigint not null)",
];

/** For questions that would otherwise walk the log to find little of what they ask for. */
const indexes = [
  "create index audit_entry_by_outcome on audit.audit_entry (outcome, index)",
  "create index audit_entry_emergencies on audit.audit_entry (index) where emergency",
  "create index audit_entry_field_by_effect on audit.audit_entry_field (effect, index)",
  "create index audit_warrant_entry_by_country on audit.audit_warrant_entry (country, index)",
  "create index audit_warrant_entry_by_platform on audit.audit_warrant_entry (platform, index)",
];

const grants = `
do $$
begin
  grant select, insert, update, delete on audit.audit_finding, audit.audit_volume, audit.audit_volume_spread, audit.audit_hour to rogatory_log_integrator;
  grant select on audit.audit_finding, audit.audit_volume, audit.audit_volume_spread, audit.audit_hour to rogatory_log_auditor;
exception when undefined_object then
  raise warning 'the roles of the access log are not there: rights are not divided';
end $$;`;
