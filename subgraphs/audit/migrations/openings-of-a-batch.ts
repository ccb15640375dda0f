import { Migration } from "@mikro-orm/migrations";

/**
 * The openings of a batch are one row of bytes (schema/ledger/openings.ts), not a row each: writing 1,500 rows a batch was most of what recording cost. To erase is to write
 * the row again without them. What was kept before is converted.
 */
export class OpeningsOfABatch extends Migration {
  override up(): void {
    for (const statement of [...table, compression, months, convert, drop, ...triggers, grants]) this.addSql(statement);
  }
}

const table = [
  "create table audit.audit_opening_before as select * from audit.audit_opening",
  "drop table audit.audit_opening",
  `create table audit.audit_opening (
    writer bytea not null,
    seq bigint not null,
    month date not null default (date_trunc('month', now() at time zone 'UTC'))::date,
    openings bytea not null,
    primary key (writer, seq, month)
  ) partition by list (month)`,
];

/** PostgreSQL's own compression takes four times as long as all else that a batch costs it. A server without LZ4 keeps it for leaves, and does not try it on openings, which are mostly keys. */
const compression = `
do $$
declare
  part regclass;
begin
  alter table audit.audit_opening alter column openings set compression lz4;
  for part in select 'audit.audit_bundle'::regclass union all select inhrelid::regclass from pg_inherits where inhparent = 'audit.audit_bundle'::regclass loop
    execute format('alter table %s alter column bundle set compression lz4', part);
  end loop;
exception when feature_not_supported then
  alter table audit.audit_opening alter column openings set storage external;
end $$;`;

/** The months that are there for leaves. */
const months = `
select audit.open_months(min(month), max(month)) from (
  select to_date(substring(inhrelid::regclass::text from '\\d{4}_\\d\\d$'), 'YYYY_MM') as month from pg_inherits where inhparent = 'audit.audit_bundle'::regclass
) as part having count(*) > 0`;

const uint8 = (number: string): string => `substring(int4send((${number})::int) from 4 for 1)`;
const opening = `${uint8("octet_length(reference)")} || convert_to(reference, 'UTF8') || key
  || int4send(octet_length(convert_to(value, 'UTF8'))) || convert_to(value, 'UTF8')`;

const convert = `
insert into audit.audit_opening (writer, seq, month, openings)
select batch.writer, batch.seq, batch.month, string_agg(coalesce(${uint8("own.count")} || own.openings, '\\x00'), ''::bytea order by place)
from audit.audit_batch as batch
join audit.audit_bundle as bundle on bundle.writer = batch.writer and bundle.seq = batch.seq and bundle.month = batch.month
cross join lateral generate_series(0, batch.leaves - 1) as place
left join (
  select writer, seq, ordinal, count(*) as count, string_agg(${opening}, ''::bytea order by reference) as openings
  from audit.audit_opening_before group by writer, seq, ordinal
) as own on own.writer = batch.writer and own.seq = batch.seq and own.ordinal = place
group by batch.writer, batch.seq, batch.month`;

const drop = "drop table audit.audit_opening_before";

const triggers = [
  `create function audit.forget_only() returns trigger language plpgsql as $$
begin
  if (new.writer, new.seq, new.month) is distinct from (old.writer, old.seq, old.month)
    or octet_length(new.openings) >= octet_length(old.openings)
  then raise exception 'the access log is append-only: openings are only ever taken away';
  end if;
  return new;
end $$;`,
  "create trigger forget_only before update on audit.audit_opening for each row execute function audit.forget_only()",
  "create trigger no_delete before delete on audit.audit_opening for each row execute function audit.refuse_change()",
  "create trigger no_truncate before truncate on audit.audit_opening for each statement execute function audit.refuse_change()",
];

const grants = `
do $$
begin
  grant insert (writer, seq, openings) on audit.audit_opening to rogatory_log_writer;
  grant select on audit.audit_opening to rogatory_log_integrator, rogatory_log_auditor;
exception when undefined_object then
  raise warning 'the roles of the access log are not there: rights are not divided';
end $$;`;
