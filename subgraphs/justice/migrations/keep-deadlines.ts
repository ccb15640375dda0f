import { Migration } from "@mikro-orm/migrations";

/** An order keeps the deadlines and holds under which it was given, and the clock that runs for it. */
export class KeepDeadlines extends Migration {
  override up(): void {
    this.addSql("alter table justice.warrants add column deadline_at timestamptz(3), add column deadline_state text");
    this.addSql("create index warrants_by_deadline on justice.warrants (platform, deadline_at, id)");
    this.addSql(
      `alter table justice.warrant_items add column deadline_at timestamptz(3), add column held_until timestamptz(3),
        add column settled_at timestamptz(3)`,
    );
  }
}
