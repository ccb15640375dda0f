import { Migration } from "@mikro-orm/migrations";

/** Who placed or lifted a hold stands in the log. */
export class HoldLeaves extends Migration {
  override up(): void {
    this.addSql("alter table audit.audit_system_entry add column hold jsonb");
  }
}
