import { Migration } from "@mikro-orm/migrations";

/**
 * Leaves and openings stand in partitions by month, so that a month past retention goes as a whole. What a batch is signed by, the tree's hashes and the checkpoints stay:
 * chains, receipts and proofs of old leaves hold without them.
 */
export class Months extends Migration {
  override up(): void {
    for (const statement of [...head, openMonths, ...bundles, ...openings, ...batches, grants]) this.addSql(statement);
  }
}

/** The month in which a row was written: one for the whole statement, whatever the clock does meanwhile. */
const thisMonth = "(date_trunc('month', now() at time zone 'UTC'))::date";

const head = [
  "alter table audit.audit_head add column minimum bigint not null default 0 check (minimum >= 0)",
  "alter table audit.audit_system_entry add column retention jsonb",
];

/** Makes the partitions from one month to another, both included, where they are missing. */
const openMonths = `
create function audit.open_months(first date, last date) returns void language plpgsql as $$
declare
  month date := date_trunc('month', first);
  part text;
  stem text;
begin
  while month <= last loop
    foreach stem in array array['audit_bundle', 'audit_opening'] loop
      part := stem || '_' || to_char(month, 'YYYY_MM');
      if to_regclass('audit.' || part) is null then
        execute format('create table audit.%I partition of audit.%I for values in (%L)', part, stem, month);
        execute format('create trigger no_truncate before truncate on audit.%I for each statement execute function audit.refuse_change()', part);
      end if;
    end loop;
    month := month + interval '1 month';
  end loop;
end $$;`;

const bundles = [
  `create table audit.audit_bundle (
    writer bytea not null,
    seq bigint not null,
    month date not null default ${thisMonth},
    bundle bytea not null,
    primary key (writer, seq, month)
  ) partition by list (month)`,
  "alter table audit.audit_batch disable trigger number_once",
  `alter table audit.audit_batch add column month date not null default ${thisMonth}`,
  "update audit.audit_batch set month = (date_trunc('month', written_at at time zone 'UTC'))::date",
];

const openings = [
  "alter table audit.audit_opening rename to audit_opening_before",
  "alter table audit.audit_opening_before rename constraint audit_opening_pkey to audit_opening_before_pkey",
  `create table audit.audit_opening (
    writer bytea not null,
    seq bigint not null,
    ordinal int not null,
    reference text not null,
    month date not null default ${thisMonth},
    key bytea not null check (octet_length(key) = 32),
    value text not null,
    primary key (writer, seq, ordinal, reference, month)
  ) partition by list (month)`,
  `select audit.open_months(coalesce((select min(month) from audit.audit_batch), ${thisMonth}), (${thisMonth} + interval '2 months')::date)`,
  "insert into audit.audit_bundle (writer, seq, month, bundle) select writer, seq, month, bundle from audit.audit_batch",
  `insert into audit.audit_opening (writer, seq, ordinal, reference, month, key, value)
   select opening.writer, opening.seq, opening.ordinal, opening.reference, batch.month, opening.key, opening.value
   from audit.audit_opening_before as opening join audit.audit_batch as batch on batch.writer = opening.writer and batch.seq = opening.seq`,
  "drop table audit.audit_opening_before",
  `create or replace function audit.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the access log is append-only: % of % is refused', lower(tg_op), regexp_replace(tg_table_name, '_[0-9]{4}_[0-9]{2}$', '');
end $$;`,
  "create trigger no_update before update on audit.audit_opening for each row execute function audit.refuse_change()",
  "create trigger no_truncate before truncate on audit.audit_opening for each statement execute function audit.refuse_change()",
  "create trigger no_update before update on audit.audit_bundle for each row execute function audit.refuse_change()",
  "create trigger no_delete before delete on audit.audit_bundle for each row execute function audit.refuse_change()",
  "create trigger no_truncate before truncate on audit.audit_bundle for each statement execute function audit.refuse_change()",
];

const batches = [
  "alter table audit.audit_batch drop column bundle",
  "alter table audit.audit_batch enable trigger number_once",
  `create or replace function audit.number_once() returns trigger language plpgsql as $$
begin
  if old.first_index is not null or new.first_index is null
    or (new.writer, new.seq, new.previous, new.root, new.hash, new.signature, new.leaves, new.written_at, new.month)
      is distinct from
      (old.writer, old.seq, old.previous, old.root, old.hash, old.signature, old.leaves, old.written_at, old.month)
  then raise exception 'the access log is append-only: a batch is numbered once and never changed';
  end if;
  return new;
end $$;`,
];

const grants = `
do $$
begin
  grant insert (writer, seq, bundle) on audit.audit_bundle to rogatory_log_writer;
  grant insert (writer, seq, ordinal, reference, key, value) on audit.audit_opening to rogatory_log_writer;
  grant select on audit.audit_bundle, audit.audit_opening to rogatory_log_integrator, rogatory_log_auditor;
exception when undefined_object then
  raise warning 'the roles of the access log are not there: rights are not divided';
end $$;`;
