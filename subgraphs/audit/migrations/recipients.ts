import { Migration } from "@mikro-orm/migrations";

/** A transfer names the subgraph that received the values. */
export class Recipients extends Migration {
  override up(): void {
    this.addSql("alter table audit.audit_entry add column recipient text");
  }
}
