import { Entity, Index, ManyToOne, PrimaryKey, Property } from "@mikro-orm/decorators/legacy";
import { Field, ID, ObjectType } from "type-graphql";
import type { ObligationKind, Party } from "../../../schema/law/vocabulary.js";
import { Key } from "../../kit/directives.js";
import { ObligationKindEnum, PartyEnum } from "../../kit/enums.js";
import { Node } from "../../kit/node.js";
import { GraphQLDateTime } from "../../kit/scalars.js";
import type { ObligationState } from "../words.js";
import { Warrant } from "./warrant.js";
import { WarrantItem } from "./warrant-item.js";

/** A duty that came with an order, as a task: who owes what until when. Made when the order is issued; what became of it stands in the warrant's history too. */
@Key("id")
@ObjectType("Obligation", {
  implements: Node,
  description: "A duty that came with an order: who owes what until when.",
})
@Entity({ tableName: "obligations" })
@Index({ name: "obligations_by_warrant", properties: ["warrantId"] })
@Index({ name: "obligations_by_state", properties: ["state", "dueAt"] })
@Index({ name: "obligations_by_due", properties: ["platform", "dueAt", "id"] })
@Index({ name: "obligations_by_country", properties: ["country", "dueAt", "id"] })
export class Obligation implements Node {
  @Field(() => ID)
  @PrimaryKey({ type: "text" })
  id!: string;

  @ManyToOne(() => Warrant, { fieldName: "warrant_id", mapToPk: true })
  warrantId!: string;

  /** Null: it is about the whole warrant. */
  @ManyToOne(() => WarrantItem, { fieldName: "item_id", mapToPk: true, nullable: true, deleteRule: "no action" })
  itemId!: string | null;

  /** Of the warrant; here for the lists of those who look after a country or a platform. */
  @Property({ type: "text" })
  country!: string;

  @Property({ type: "text" })
  platform!: string;

  @Field(() => ObligationKindEnum)
  @Property({ type: "text" })
  kind!: ObligationKind;

  @Field(() => PartyEnum)
  @Property({ type: "text" })
  owner!: Party;

  @Field(() => String)
  @Property({ type: "text" })
  text!: string;

  @Field(() => GraphQLDateTime, { nullable: true })
  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  dueAt!: Date | null;

  /** What the last act left; read it through `obligationStateAt`. */
  @Property({ type: "text" })
  state!: ObligationState;

  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  doneAt!: Date | null;

  /** `sub` of who did it, or deferred it. */
  @Property({ type: "text", nullable: true })
  actor!: string | null;

  /** What she noted, or why it is deferred. */
  @Property({ type: "text", nullable: true })
  note!: string | null;

  @Field(() => GraphQLDateTime, { nullable: true })
  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  deferredUntil!: Date | null;
}
