import { Entity, Index, PrimaryKey, Property } from "@mikro-orm/decorators/legacy";

/**
 * An act that the access log does not hold yet. The database itself puts every act here, in the act's own transaction, and whoever carried it to the log takes it
 * away: so an act is recorded or it is here, whatever stops in between.
 */
@Entity({ tableName: "unrecorded_acts" })
@Index({ name: "unrecorded_acts_by_time", properties: ["writtenAt"] })
export class UnrecordedAct {
  @PrimaryKey({ type: "text" })
  eventId!: string;

  @Property({ type: "datetime", columnType: "timestamptz", defaultRaw: "clock_timestamp()" })
  writtenAt!: Date;
}
