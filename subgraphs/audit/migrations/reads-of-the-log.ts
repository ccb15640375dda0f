import { Migration } from "@mikro-orm/migrations";

/** Who read the log stands beside the accesses, and is listed where it is asked for. */
export class ReadsOfTheLog extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  "alter table audit.audit_entry add column of_log boolean not null default false",
  "create index audit_entry_accesses on audit.audit_entry (index) where not of_log",
  "create index audit_entry_by_purpose on audit.audit_entry (purpose, index)",
  `create table audit.audit_entry_read (
    index bigint not null,
    position int not null,
    field text not null,
    rows int not null,
    arguments text,
    primary key (index, position)
  )`,
  `do $$
begin
  grant select, insert, delete on audit.audit_entry_read to rogatory_log_integrator;
  grant select on audit.audit_entry_read to rogatory_log_auditor;
exception when undefined_object then
  raise warning 'the roles of the access log are not there: rights are not divided';
end $$;`,
];
