import { Migration } from "@mikro-orm/migrations";

/** What erasing takes: requests that wait for a second operator, legal holds, and how often was erased, so that a projection under way notices. */
export class Erasures extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  "alter table audit.audit_head add column erasures bigint not null default 0",
  `create table audit.audit_erasure (
    id text primary key,
    subject text not null,
    ground text not null,
    requested_by text not null,
    requested_at timestamptz not null
  )`,
  `create table audit.audit_hold (
    id text primary key,
    warrant_id text,
    case_id text,
    from_time timestamptz,
    to_time timestamptz,
    placed_by text not null,
    placed_at timestamptz not null,
    check (num_nonnulls(warrant_id, case_id, from_time) = 1 and (from_time is null) = (to_time is null) and (from_time < to_time or from_time is null))
  )`,
  "alter table audit.audit_system_entry add column erasure jsonb",
];
