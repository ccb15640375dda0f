import { Entity, Index, ManyToOne, PrimaryKey, Property } from "@mikro-orm/decorators/legacy";
import { Field, Int, ObjectType } from "type-graphql";
import type { DataCategory } from "../../../schema/law/vocabulary.js";
import { DataCategoryEnum } from "../../kit/enums.js";
import { GraphQLDateTime } from "../../kit/scalars.js";
import { User } from "./user.js";

/**
 * The mark against deletion that one item of a preservation order sets on the data of one account. What it keeps is what was there when it was set. INVARIANT: no row
 * that a mark keeps is deleted before the mark is lifted.
 */
@ObjectType("PreservedData", { description: "What was frozen for one item of a preservation, and what became of it." })
@Entity({ tableName: "preserved_data" })
@Index({ name: "preserved_data_by_user", properties: ["userId", "category"] })
@Index({ name: "preserved_data_by_warrant", properties: ["warrantId"] })
@Index({ name: "preserved_data_by_platform", properties: ["platform", "liftedAt"] })
export class PreservedData {
  /** Of the warrant's item. */
  @PrimaryKey({ type: "text" })
  itemId!: string;

  @Property({ type: "text" })
  warrantId!: string;

  @Property({ type: "text" })
  platform!: string;

  @ManyToOne(() => User, { fieldName: "user_id", mapToPk: true })
  userId!: string;

  @Field(() => DataCategoryEnum)
  @Property({ type: "text" })
  category!: DataCategory;

  /** Of the data that the order names, half-open; null: all. */
  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  periodFrom!: Date | null;

  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  periodTo!: Date | null;

  @Field(() => GraphQLDateTime, { description: "What was there at this moment is kept." })
  @Property({ type: "datetime", columnType: "timestamptz(3)" })
  frozenAt!: Date;

  @Field(() => GraphQLDateTime, { description: "Not longer, as things stood when the platform was last told." })
  @Property({ type: "datetime", columnType: "timestamptz(3)" })
  until!: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: "Null: it is kept." })
  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  liftedAt!: Date | null;

  @Field(() => Int, { nullable: true, description: "Rows deleted when it was lifted; null: it is kept." })
  @Property({ type: "integer", nullable: true })
  deleted!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Rows that the platform went on keeping under its own retention; null: it is kept.",
  })
  @Property({ type: "integer", nullable: true })
  kept!: number | null;

  /** When whoever ordered it was told what became of it. */
  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  reportedAt!: Date | null;
}
