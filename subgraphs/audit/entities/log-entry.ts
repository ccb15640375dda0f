import { Field, InterfaceType } from "type-graphql";
import type { LogLevel } from "../../../schema/ledger/vocabulary.js";
import { GraphQLDateTime, GraphQLSafeInt } from "../../kit/scalars.js";
import { LogLevelEnum } from "../words.js";

/** A leaf of the log, readable. */
@InterfaceType("LogEntry", { autoRegisterImplementations: false, description: "A leaf of the access log." })
export abstract class LogEntry {
  @Field(() => GraphQLSafeInt, { description: "Place in the log, from 0." })
  index!: number;

  @Field(() => LogLevelEnum)
  level!: LogLevel;

  @Field(() => GraphQLDateTime)
  recordedAt!: Date;

  @Field(() => String, { description: "The canonical bytes (RFC 8785) that were hashed; base64." })
  leaf!: string;

  @Field(() => String, { description: "SHA-256(0x00 ‖ leaf), RFC 6962; hex." })
  leafHash!: string;
}
