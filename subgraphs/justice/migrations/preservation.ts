import { Migration } from "@mikro-orm/migrations";

/** Preservations: when the clock ends an order, how long it holds by itself, its extension, and what follows it. */
export class Preservation extends Migration {
  override up(): void {
    this.addSql(
      `alter table justice.warrants add column ends_at timestamptz(3), add column held_by_itself_until timestamptz(3),
        add column extension_days int, add column extended_at timestamptz(3),
        add column preserves_id text constraint warrants_preserves_id_foreign references justice.warrants (id)`,
    );
    this.addSql("update justice.warrants set ends_at = expires_at");
    this.addSql("alter table justice.warrants alter column ends_at set not null");
    this.addSql("create index warrants_by_preserved on justice.warrants (preserves_id)");
  }
}
