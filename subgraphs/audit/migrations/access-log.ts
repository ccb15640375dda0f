import { Migration } from "@mikro-orm/migrations";
import { grants } from "./grants.js";

/**
 * The log itself: batches as the writers signed them, and the openings of their commitments, kept apart so that they can be erased. Triggers refuse what
 * nobody may do; the proof is not here but in signatures, receipts and, later, checkpoints.
 */
export class AccessLog extends Migration {
  override up(): void {
    for (const statement of [
      ...batches,
      openings,
      ...integration,
      ...records,
      numberOnce,
      refuseChange,
      ...triggers,
      grants,
    ])
      this.addSql(statement);
  }
}

const hash = (column: string): string => `${column} bytea not null check (octet_length(${column}) = 32)`;

const batches = [
  `create table audit.audit_batch (
    ${hash("writer")},
    seq bigint not null check (seq >= 0),
    ${hash("previous")},
    ${hash("root")},
    ${hash("hash")},
    signature bytea not null check (octet_length(signature) = 64),
    bundle bytea not null,
    leaves int not null check (leaves between 1 and 256),
    written_at timestamptz not null default clock_timestamp(),
    first_index bigint unique check (first_index >= 0),
    primary key (writer, seq)
  )`,
  "create index audit_batch_pending on audit.audit_batch (written_at) where first_index is null",
];

const openings = `
create table audit.audit_opening (
  writer bytea not null,
  seq bigint not null,
  ordinal int not null,
  reference text not null,
  key bytea not null check (octet_length(key) = 32),
  value text not null,
  primary key (writer, seq, ordinal, reference)
)`;

const integration = [
  `create table audit.audit_writer (
    writer bytea primary key,
    seq bigint not null,
    hash bytea not null,
    closed boolean not null
  )`,
  `create table audit.audit_head (
    id int primary key check (id = 1),
    size bigint not null check (size >= 0),
    searchable bigint not null check (searchable between 0 and size),
    fault text
  )`,
  "insert into audit.audit_head (id, size, searchable) values (1, 0, 0)",
];

const records = [
  `create table audit.audit_entry (
    index bigint primary key,
    recorded_at timestamptz(3) not null,
    leaf text not null,
    leaf_hash text not null constraint audit_entry_by_leaf unique,
    operation_id text not null,
    operation_name text,
    operation_hash text not null,
    actor text not null,
    role text not null,
    country text,
    authority_id text,
    platform text,
    warrant_id text,
    case_id text,
    warrant_status text,
    warrant_content_hash text,
    emergency boolean not null,
    held boolean not null,
    purpose text not null,
    subject_id text,
    outcome text not null,
    rule_book_version text,
    rule_book_hash text
  )`,
  "create index audit_entry_by_operation on audit.audit_entry (operation_id, index)",
  "create index audit_entry_by_subject on audit.audit_entry (subject_id, index)",
  "create index audit_entry_by_warrant on audit.audit_entry (warrant_id, index)",
  "create index audit_entry_by_case on audit.audit_entry (case_id, index)",
  "create index audit_entry_by_actor on audit.audit_entry (actor, index)",
  "create index audit_entry_by_country on audit.audit_entry (country, index)",
  "create index audit_entry_by_authority on audit.audit_entry (authority_id, index)",
  "create index audit_entry_by_platform on audit.audit_entry (platform, index)",
  "create index audit_entry_by_time on audit.audit_entry (recorded_at, index)",
  `create table audit.audit_entry_field (
    index bigint not null,
    position int not null,
    field text not null,
    category text not null,
    permitted boolean not null,
    code text not null,
    effect text not null,
    rule_id text,
    rows int,
    primary key (index, position)
  )`,
  "create index audit_entry_field_by_rule on audit.audit_entry_field (rule_id, index)",
  "create index audit_entry_field_by_code on audit.audit_entry_field (code, index)",
  "create index audit_entry_field_by_category on audit.audit_entry_field (category, index)",
];

const numberOnce = `
create function audit.number_once() returns trigger language plpgsql as $$
begin
  if old.first_index is not null or new.first_index is null
    or (new.writer, new.seq, new.previous, new.root, new.hash, new.signature, new.bundle, new.leaves, new.written_at)
      is distinct from
      (old.writer, old.seq, old.previous, old.root, old.hash, old.signature, old.bundle, old.leaves, old.written_at)
  then raise exception 'the access log is append-only: a batch is numbered once and never changed';
  end if;
  return new;
end $$;`;

const refuseChange = `
create function audit.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the access log is append-only: % of % is refused', lower(tg_op), tg_table_name;
end $$;`;

const triggers = [
  "create trigger number_once before update on audit.audit_batch for each row execute function audit.number_once()",
  "create trigger no_delete before delete on audit.audit_batch for each row execute function audit.refuse_change()",
  "create trigger no_truncate before truncate on audit.audit_batch for each statement execute function audit.refuse_change()",
  "create trigger no_update before update on audit.audit_opening for each row execute function audit.refuse_change()",
  "create trigger no_truncate before truncate on audit.audit_opening for each statement execute function audit.refuse_change()",
];
