import { BigIntType } from "@mikro-orm/core";
import { Entity, Index, PrimaryKey, Property } from "@mikro-orm/decorators/legacy";
import { Field, ObjectType } from "type-graphql";
import type { LogLevel } from "../../../schema/ledger/vocabulary.js";
import { GraphQLDateTime, GraphQLSafeInt } from "../../kit/scalars.js";
import { Erasure } from "../types/erasure.js";
import { Hold } from "../types/hold.js";
import { Retention } from "../types/retention.js";
import { LogEventEnum, LogLevelEnum, type SystemEvent } from "../words.js";
import { LogEntry } from "./log-entry.js";

/** A leaf that is about the log itself: what a writer did, what it could not record, what became of what it recorded. */
@ObjectType("SystemRecord", {
  implements: LogEntry,
  description:
    "A leaf about the log itself: a writer opened or closed, a gap, an alarm, an outcome, an erasure, a hold.",
})
@Entity({ tableName: "audit_system_entry" })
@Index({ name: "audit_system_entry_by_event", properties: ["event", "index"] })
export class SystemRecord implements LogEntry {
  @Field(() => GraphQLSafeInt, { description: "Place in the log, from 0." })
  @PrimaryKey({ type: new BigIntType("number"), columnType: "bigint", autoincrement: false })
  index!: number;

  @Field(() => LogLevelEnum)
  readonly level!: LogLevel;

  @Field(() => LogEventEnum)
  @Property({ type: "text" })
  event!: SystemEvent;

  @Field(() => GraphQLDateTime)
  @Property({ type: "datetime", columnType: "timestamptz(3)" })
  recordedAt!: Date;

  @Field(() => String, { description: "The canonical bytes (RFC 8785) that were hashed; base64." })
  @Property({ type: "text" })
  leaf!: string;

  @Field(() => String, { description: "SHA-256(0x00 ‖ leaf), RFC 6962; hex." })
  @Property({ type: "text" })
  leafHash!: string;

  @Field(() => Erasure, { nullable: true, description: "Of an ERASURE." })
  @Property({ type: "json", nullable: true })
  erasure!: Erasure | null;

  @Field(() => Retention, { nullable: true, description: "Of a RETENTION." })
  @Property({ type: "json", nullable: true })
  retention!: Retention | null;

  @Field(() => Hold, { nullable: true, description: "Of a HOLD." })
  @Property({ type: "json", nullable: true })
  hold!: Hold | null;
}
