import { Migration } from "@mikro-orm/migrations";

/** Accounts are found by the address that they were used from. */
export class FindByAddress extends Migration {
  override up(): void {
    this.addSql("create index ip_addresses_by_address on platform.ip_addresses (address, seen_at, user_id)");
  }
}
