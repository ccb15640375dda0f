import { Migration } from "@mikro-orm/migrations";

/** Who may validate a warrant and who did; what was handed over; cases that several authorities read. */
export class ValidateAndShare extends Migration {
  override up(): void {
    this.addSql(
      `alter table justice.warrants add column validators text[] not null default '{}',
        add column validating_authority_id text
          constraint warrants_validating_authority_id_foreign references justice.authorities (id)`,
    );
    this.addSql("alter table justice.warrants alter column validators drop default");
    this.addSql("create index warrants_by_validator on justice.warrants (validating_authority_id)");
    this.addSql("alter table justice.warrant_items add column disclosed_at timestamptz(3)");
    this.addSql(
      `create table justice.case_shares (
        id text primary key,
        case_id text not null constraint case_shares_case_id_foreign references justice.cases (id),
        authority_id text not null constraint case_shares_authority_id_foreign references justice.authorities (id),
        shared_at timestamptz(3) not null,
        shared_by text not null,
        constraint case_shares_once unique (case_id, authority_id)
      )`,
    );
    this.addSql("create index case_shares_by_authority on justice.case_shares (authority_id, case_id)");
  }
}
