import { Migration } from "@mikro-orm/migrations";

/** What a provider accepts by itself, when each item is looked at, what came of it, and by which version of the policy it was done. */
export class AcceptByPolicy extends Migration {
  override up(): void {
    this.addSql(
      `create table justice.acceptance_policies (
        id text primary key,
        platform text not null,
        version int not null,
        allows jsonb not null,
        earliest_minutes int not null,
        latest_minutes int not null,
        set_at timestamptz(3) not null,
        set_by text not null,
        constraint acceptance_policies_once unique (platform, version)
      )`,
    );
    this.addSql(
      `alter table justice.warrant_items add column pace double precision not null default random(),
        add column policy_version int, add column for_person text`,
    );
    this.addSql("alter table justice.warrant_items alter column pace drop default");
    this.addSql("create index warrant_items_by_status on justice.warrant_items (status, for_person)");
    this.addSql("alter table justice.warrant_events add column policy_version int");
  }
}
