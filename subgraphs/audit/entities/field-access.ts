import { BigIntType } from "@mikro-orm/core";
import { Entity, Index, PrimaryKey, Property } from "@mikro-orm/decorators/legacy";
import { Field, Int, ObjectType } from "type-graphql";
import type { DataCategory, DecisionCode, Effect } from "../../../schema/law/vocabulary.js";
import { DataCategoryEnum, DecisionCodeEnum, EffectEnum } from "../../kit/enums.js";

/** One field decision of an AccessRecord. */
@ObjectType("FieldAccess", { description: "What was decided about one field, and what happened." })
@Entity({ tableName: "audit_entry_field" })
@Index({ name: "audit_entry_field_by_rule", properties: ["ruleId", "index"] })
@Index({ name: "audit_entry_field_by_code", properties: ["code", "index"] })
@Index({ name: "audit_entry_field_by_effect", properties: ["effect", "index"] })
@Index({ name: "audit_entry_field_by_category", properties: ["category", "index"] })
export class FieldAccess {
  @PrimaryKey({ type: new BigIntType("number"), columnType: "bigint", autoincrement: false })
  index!: number;

  @PrimaryKey({ type: "integer", autoincrement: false })
  position!: number;

  @Field(() => String, { description: "Schema coordinate, for example User.email." })
  @Property({ type: "text" })
  field!: string;

  @Field(() => DataCategoryEnum)
  @Property({ type: "text" })
  category!: DataCategory;

  @Field(() => Boolean, { description: "What happened at the door, holds and dry runs included." })
  @Property({ type: "boolean" })
  permitted!: boolean;

  @Field(() => DecisionCodeEnum)
  @Property({ type: "text" })
  code!: DecisionCode;

  @Field(() => EffectEnum)
  @Property({ type: "text" })
  effect!: Effect;

  @Property({ type: "text", nullable: true })
  ruleId!: string | null;

  @Field(() => Int, { nullable: true, description: "Rows that were released; null where none were counted." })
  @Property({ type: "integer", nullable: true })
  rows!: number | null;
}
