import { Entity, PrimaryKey, Property, Unique } from "@mikro-orm/decorators/legacy";
import { Field, Int, ObjectType } from "type-graphql";
import type { DataCategory } from "../../../schema/law/vocabulary.js";
import { DataCategoryEnum } from "../../kit/enums.js";
import { GraphQLCountryCode, GraphQLDateTime } from "../../kit/scalars.js";

@ObjectType("AcceptedCategory", { description: "A category that a provider accepts by itself from these states." })
export class AcceptedCategory {
  @Field(() => DataCategoryEnum)
  category!: DataCategory;

  @Field(() => [GraphQLCountryCode])
  countries!: string[];
}

/** Which orders a provider accepts by itself. Nothing updates or deletes one: a change is the next version, and the newest of a platform is in force. */
@ObjectType("AcceptancePolicy", {
  description:
    "Which orders the provider accepts by itself: item by item, where nothing asks for a person. The newest version is in force.",
})
@Entity({ tableName: "acceptance_policies" })
@Unique({ name: "acceptance_policies_once", properties: ["platform", "version"] })
export class AcceptancePolicy {
  @PrimaryKey({ type: "text" })
  id!: string;

  @Property({ type: "text" })
  platform!: string;

  @Field(() => Int, { description: "Counts from 1." })
  @Property({ type: "integer" })
  version!: number;

  @Field(() => [AcceptedCategory], { description: "Empty: nothing is accepted without a person." })
  @Property({ type: "json", columnType: "jsonb" })
  allows!: AcceptedCategory[];

  @Field(() => Int, { description: "Minutes after the issue before which nothing is accepted by itself." })
  @Property({ type: "integer" })
  earliestMinutes!: number;

  @Field(() => Int, {
    description:
      "Minutes after the issue until which each item is looked at, at a moment that is drawn for it beforehand.",
  })
  @Property({ type: "integer" })
  latestMinutes!: number;

  @Field(() => GraphQLDateTime)
  @Property({ type: "datetime", columnType: "timestamptz(3)" })
  setAt!: Date;

  @Field(() => String)
  @Property({ type: "text" })
  setBy!: string;
}
