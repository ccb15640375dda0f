import { Migration } from "@mikro-orm/migrations";

/** Obligations as tasks, and whom an item is notified to. */
export class KeepObligations extends Migration {
  override up(): void {
    this.addSql(
      `create table justice.obligations (
        id text primary key,
        warrant_id text not null constraint obligations_warrant_id_foreign references justice.warrants (id),
        item_id text constraint obligations_item_id_foreign references justice.warrant_items (id),
        country text not null,
        platform text not null,
        kind text not null,
        owner text not null,
        text text not null,
        due_at timestamptz(3),
        state text not null,
        done_at timestamptz(3),
        actor text,
        note text,
        deferred_until timestamptz(3)
      )`,
    );
    this.addSql("create index obligations_by_warrant on justice.obligations (warrant_id)");
    this.addSql("create index obligations_by_due on justice.obligations (platform, due_at, id)");
    this.addSql("create index obligations_by_country on justice.obligations (country, due_at, id)");
    this.addSql(
      `alter table justice.warrant_items add column notified_country text, add column cleared_at timestamptz(3)`,
    );
    this.addSql("create index warrant_items_by_notified on justice.warrant_items (notified_country, warrant_id)");
  }
}
