import { BigIntType } from "@mikro-orm/core";
import { Entity, PrimaryKey, Property } from "@mikro-orm/decorators/legacy";
import { Field, Int, ObjectType } from "type-graphql";

/** One question to the log, of the record of somebody who read it. */
@ObjectType("LogRead", { description: "One question that somebody put to the log." })
@Entity({ tableName: "audit_entry_read" })
export class LogRead {
  @PrimaryKey({ type: new BigIntType("number"), columnType: "bigint", autoincrement: false })
  index!: number;

  @PrimaryKey({ type: "integer", autoincrement: false })
  position!: number;

  @Field(() => String, { description: "Schema coordinate, for example Query.accessLog; Command.export for an export." })
  @Property({ type: "text" })
  field!: string;

  @Field(() => Int, { description: "Entries or groups that the answer held." })
  @Property({ type: "integer" })
  rows!: number;

  @Field(() => String, {
    nullable: true,
    description:
      "What exactly was asked: the arguments as JSON (RFC 8785). Null after the person it asked after was erased.",
  })
  @Property({ type: "text", nullable: true })
  arguments!: string | null;
}
