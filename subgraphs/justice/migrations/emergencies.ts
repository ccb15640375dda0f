import { Migration } from "@mikro-orm/migrations";

/** How an authority is called back; when a validation afterwards is due; who approved an emergency. */
export class Emergencies extends Migration {
  override up(): void {
    this.addSql("alter table justice.authorities add column channels text[] not null default '{}'");
    this.addSql("alter table justice.authorities alter column channels drop default");
    this.addSql(
      `alter table justice.warrants add column validation_due_at timestamptz(3), add column approved_at timestamptz(3),
        add column approved_by text, add column approved_channel text`,
    );
    this.addSql("create index warrants_by_validation_due on justice.warrants (validation_due_at)");
    this.addSql("create index warrants_by_emergency on justice.warrants (authority_id, emergency, issued_at)");
    this.addSql("create index obligations_by_state on justice.obligations (state, due_at)");
  }
}
