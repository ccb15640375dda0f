import { Migration } from "@mikro-orm/migrations";

/** Accounts are found by their e-mail address and their number. */
export class FindByReach extends Migration {
  override up(): void {
    this.addSql("create index users_by_email on platform.users (platform, (lower(email)))");
    this.addSql("create index users_by_phone on platform.users (platform, phone)");
  }
}
