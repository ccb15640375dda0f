import { Migration } from "@mikro-orm/migrations";

/** The transaction that wrote an act, so that what happened since a snapshot is found whole: identifiers and clocks are not in the order of commits. */
export class FollowWarrants extends Migration {
  override up(): void {
    this.addSql("alter table justice.warrant_events add column txid xid8 not null default pg_current_xact_id()");
    this.addSql("create index warrant_events_by_transaction on justice.warrant_events (txid)");
  }
}
