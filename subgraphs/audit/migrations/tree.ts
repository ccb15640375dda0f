import { Migration } from "@mikro-orm/migrations";
import { treeGrants } from "./tree-grants.js";

/**
 * The tree over the log: its tiles, the checkpoints that were signed over it, and what witnesses signed beside them. What was numbered before there was a
 * tree was promised to nobody, and is numbered again.
 */
export class LogTree extends Migration {
  override up(): void {
    for (const statement of [...numberAgain, ...tree, ...system, growOnly, ...triggers, treeGrants])
      this.addSql(statement);
  }
}

const numberAgain = [
  "alter table audit.audit_batch disable trigger number_once",
  "update audit.audit_batch set first_index = null",
  "alter table audit.audit_batch enable trigger number_once",
  "delete from audit.audit_writer",
  "delete from audit.audit_entry",
  "delete from audit.audit_entry_field",
  "update audit.audit_head set size = 0, searchable = 0, fault = null",
  "alter table audit.audit_head add column witnessed_size bigint not null default 0 check (witnessed_size >= 0)",
];

const tree = [
  `create table audit.audit_tile (
    level int not null check (level >= 0),
    number bigint not null check (number >= 0),
    hashes bytea not null check (octet_length(hashes) between 32 and 8192 and octet_length(hashes) % 32 = 0),
    primary key (level, number)
  )`,
  `create table audit.audit_checkpoint (
    size bigint primary key check (size > 0),
    root bytea not null check (octet_length(root) = 32),
    note text not null,
    verifier text not null,
    signed_at timestamptz(3) not null,
    lag_ms int not null
  )`,
  `create table audit.audit_cosignature (
    size bigint not null references audit.audit_checkpoint (size),
    witness text not null,
    line text not null,
    cosigned_at timestamptz not null default clock_timestamp(),
    primary key (size, witness)
  )`,
  `create table audit.audit_export (
    size bigint not null references audit.audit_checkpoint (size),
    exported_at timestamptz not null default clock_timestamp(),
    primary key (size, exported_at)
  )`,
];

const system = [
  `create table audit.audit_system_entry (
    index bigint primary key,
    event text not null,
    recorded_at timestamptz(3) not null,
    leaf text not null,
    leaf_hash text not null
  )`,
  "create index audit_system_entry_by_event on audit.audit_system_entry (event, index)",
];

const growOnly = `
create function audit.grow_only() returns trigger language plpgsql as $$
begin
  if (new.level, new.number) is distinct from (old.level, old.number)
    or substr(new.hashes, 1, octet_length(old.hashes)) is distinct from old.hashes
  then raise exception 'the access log is append-only: a tile only grows';
  end if;
  return new;
end $$;`;

const triggers = [
  "create trigger grow_only before update on audit.audit_tile for each row execute function audit.grow_only()",
  ...["audit_tile", "audit_checkpoint", "audit_cosignature"].flatMap((table) => [
    `create trigger no_delete before delete on audit.${table} for each row execute function audit.refuse_change()`,
    `create trigger no_truncate before truncate on audit.${table} for each statement execute function audit.refuse_change()`,
    ...(table === "audit_tile"
      ? []
      : [
          `create trigger no_update before update on audit.${table} for each row execute function audit.refuse_change()`,
        ]),
  ]),
];
