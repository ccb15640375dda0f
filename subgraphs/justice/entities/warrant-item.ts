import { Entity, Index, ManyToOne, PrimaryKey, Property } from "@mikro-orm/decorators/legacy";
import { Field, ID, ObjectType } from "type-graphql";
import type { DataCategory, Party } from "../../../schema/law/vocabulary.js";
import { Key } from "../../kit/directives.js";
import { DataCategoryEnum } from "../../kit/enums.js";
import { Node } from "../../kit/node.js";
import { GraphQLDateTime } from "../../kit/scalars.js";
import type { RefusalGround } from "../refusal-grounds.js";
import type { ItemStatus, ReasonForPerson } from "../words.js";
import { Warrant } from "./warrant.js";
import { WarrantTarget } from "./warrant-target.js";

/** Target × category: the unit that is decided, accepted, held, refused and disclosed. Its `decision` is answered by the treaty subgraph. */
@Key("id")
@ObjectType("WarrantItem", {
  implements: Node,
  description: "Target × category: the unit that is decided, accepted and refused.",
})
@Entity({ tableName: "warrant_items" })
@Index({ name: "warrant_items_by_warrant", properties: ["warrantId", "position"] })
@Index({ name: "warrant_items_by_notified", properties: ["notifiedCountry", "warrantId"] })
@Index({ name: "warrant_items_by_target", properties: ["targetId"] })
@Index({ name: "warrant_items_by_status", properties: ["status", "forPerson"] })
export class WarrantItem implements Node {
  @Field(() => ID)
  @PrimaryKey({ type: "text" })
  id!: string;

  @ManyToOne(() => Warrant, { fieldName: "warrant_id", mapToPk: true })
  warrantId!: string;

  @ManyToOne(() => WarrantTarget, { fieldName: "target_id", mapToPk: true })
  targetId!: string;

  @Property({ type: "integer" })
  position!: number;

  @Field(() => DataCategoryEnum)
  @Property({ type: "text" })
  category!: DataCategory;

  /** What the last act left; read it through `itemStatusAt`. */
  @Property({ type: "text" })
  status!: ItemStatus;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      "By when the provider must answer: the issue plus the hours of the rule that decided then. Null before the issue, and where the law sets none.",
  })
  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  deadlineAt!: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      "Until then the door stays shut, on the declared facts. Null before the issue, and where the law sets no hold.",
  })
  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  heldUntil!: Date | null;

  /** The state whose enforcing authority was notified and may clear it or object to it; null: none. */
  @Property({ type: "text", nullable: true })
  notifiedCountry!: string | null;

  /** When the enforcing authority cleared it; the hold ended then. */
  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  clearedAt!: Date | null;

  /** When it stopped waiting for the provider; null also where it lapsed in time and nothing is owed. */
  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  settledAt!: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When the provider said that the data were handed over.",
  })
  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  disclosedAt!: Date | null;

  /** Drawn with the draft, from 0 to 1: when within the time that the provider's policy sets it is looked at. Nobody is told. */
  @Property({ type: "double" })
  pace!: number;

  /** The version of the provider's policy that accepted it; null: a person did, or nobody yet. */
  @Property({ type: "integer", nullable: true })
  policyVersion!: number | null;

  /** Why it was left to a person at the provider; null: it was not looked at yet, or accepted. Told to the provider alone. */
  @Property({ type: "text", nullable: true })
  forPerson!: ReasonForPerson | null;

  /** Why it is contested, or was refused or not held; these four stand or fall together. */
  @Property({ type: "text", nullable: true })
  refusalGround!: RefusalGround | null;

  @Property({ type: "text", nullable: true })
  refusalBy!: Party | null;

  @Property({ type: "text", nullable: true })
  refusalReason!: string | null;

  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  refusalAt!: Date | null;
}
