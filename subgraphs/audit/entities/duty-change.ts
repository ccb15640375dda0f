import { BigIntType } from "@mikro-orm/core";
import { Entity, Index, PrimaryKey, Property } from "@mikro-orm/decorators/legacy";
import { Field, ObjectType } from "type-graphql";
import type { ObligationKind, ObligationState, Party } from "../../../schema/law/vocabulary.js";
import { ObligationKindEnum, ObligationStateEnum, PartyEnum } from "../../kit/enums.js";
import { GraphQLDateTime } from "../../kit/scalars.js";

/** One obligation that an act brought or changed. */
@ObjectType("DutyChange", { description: "An obligation that an act brought (OPEN) or changed, as the act left it." })
@Entity({ tableName: "audit_warrant_duty" })
@Index({ name: "audit_warrant_duty_by_obligation", properties: ["obligationId"] })
@Index({ name: "audit_warrant_duty_by_state", properties: ["kind", "state", "index"] })
export class DutyChange {
  @PrimaryKey({ type: new BigIntType("number"), columnType: "bigint", autoincrement: false })
  index!: number;

  @PrimaryKey({ type: "integer", autoincrement: false })
  position!: number;

  @Property({ type: "text", nullable: true })
  obligationId!: string | null;

  @Field(() => ObligationKindEnum)
  @Property({ type: "text" })
  kind!: ObligationKind;

  @Field(() => PartyEnum)
  @Property({ type: "text" })
  owner!: Party;

  @Field(() => ObligationStateEnum)
  @Property({ type: "text" })
  state!: ObligationState;

  @Field(() => GraphQLDateTime, { nullable: true })
  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  dueAt!: Date | null;
}
