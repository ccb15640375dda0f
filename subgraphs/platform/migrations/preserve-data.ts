import { Migration } from "@mikro-orm/migrations";

/** Marks against deletion. */
export class PreserveData extends Migration {
  override up(): void {
    this.addSql(`create table platform.preserved_data (
      item_id text primary key,
      warrant_id text not null,
      platform text not null,
      user_id text not null constraint preserved_data_user_id_foreign references platform.users (id),
      category text not null,
      period_from timestamptz(3),
      period_to timestamptz(3),
      frozen_at timestamptz(3) not null,
      until timestamptz(3) not null,
      lifted_at timestamptz(3),
      deleted int,
      kept int,
      reported_at timestamptz(3)
    )`);
    this.addSql("create index preserved_data_by_user on platform.preserved_data (user_id, category)");
    this.addSql("create index preserved_data_by_warrant on platform.preserved_data (warrant_id)");
    this.addSql("create index preserved_data_by_platform on platform.preserved_data (platform, lifted_at)");
  }
}
