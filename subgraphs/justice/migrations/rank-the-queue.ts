import { Migration } from "@mikro-orm/migrations";

/** Orders that are answered in time stand behind those that are not. */
export class RankTheQueue extends Migration {
  override up(): void {
    this.addSql("alter table justice.warrants add column queue_rank int not null default 1");
    this.addSql("update justice.warrants set queue_rank = 0 where deadline_state <> 'MET'");
    this.addSql("alter table justice.warrants alter column queue_rank drop default");
    this.addSql("drop index justice.warrants_by_deadline");
    this.addSql("create index warrants_by_deadline on justice.warrants (platform, queue_rank, deadline_at, id)");
  }
}
