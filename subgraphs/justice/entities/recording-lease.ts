import { Entity, PrimaryKey, Property } from "@mikro-orm/decorators/legacy";

/** Which gateway carries acts to the log, and until when nobody else does: one row. It is for order and thrift; that an act is recorded once is the log's own rule. */
@Entity({ tableName: "recording_lease" })
export class RecordingLease {
  @PrimaryKey({ type: "integer", autoincrement: false })
  id!: number;

  @Property({ type: "text" })
  carrier!: string;

  @Property({ type: "datetime", columnType: "timestamptz" })
  until!: Date;
}
