import { Migration } from "@mikro-orm/migrations";

/** Acts on warrants: each stands in the log once, and can be searched beside the accesses. */
export class WarrantActs extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  "create table audit.audit_act (act text primary key)",
  `create table audit.audit_warrant_entry (
    index bigint primary key,
    recorded_at timestamptz(3) not null,
    leaf text not null,
    leaf_hash text not null,
    act text not null,
    done_at timestamptz(3) not null,
    from_status text,
    to_status text not null,
    by_party text not null,
    actor text not null,
    country text not null,
    authority_id text not null,
    authority_kind text not null,
    platform text not null,
    warrant_id text,
    warrant_content_hash text,
    case_id text,
    kind text not null,
    categories text[] not null,
    emergency boolean not null,
    issued boolean not null,
    validation_owed boolean not null,
    validated_by text,
    signing_key text,
    deadline_at timestamptz(3),
    deadline_state text
  )`,
  "create index audit_warrant_entry_by_warrant on audit.audit_warrant_entry (warrant_id, index)",
  "create index audit_warrant_entry_by_case on audit.audit_warrant_entry (case_id, index)",
  "create index audit_warrant_entry_by_authority on audit.audit_warrant_entry (authority_id, index)",
  "create index audit_warrant_entry_by_act on audit.audit_warrant_entry (act, index)",
  `create table audit.audit_warrant_duty (
    index bigint not null,
    position int not null,
    obligation_id text,
    kind text not null,
    owner text not null,
    state text not null,
    due_at timestamptz(3),
    primary key (index, position)
  )`,
  "create index audit_warrant_duty_by_obligation on audit.audit_warrant_duty (obligation_id)",
  "create index audit_warrant_duty_by_state on audit.audit_warrant_duty (kind, state, index)",
  `do $$
begin
  grant insert on audit.audit_act to rogatory_log_writer;
  grant select, insert, delete on audit.audit_warrant_entry, audit.audit_warrant_duty to rogatory_log_integrator;
  grant select on all tables in schema audit to rogatory_log_auditor;
exception when undefined_object then
  raise warning 'the roles of the access log are not there: rights are not divided';
end $$;`,
];
