import { Entity, Index, ManyToOne, PrimaryKey, Property } from "@mikro-orm/decorators/legacy";
import { Field, ID, ObjectType } from "type-graphql";
import type { ProtectedRole } from "../../../schema/law/vocabulary.js";
import { Inaccessible, Key } from "../../kit/directives.js";
import { GraphQLDateTime } from "../../kit/scalars.js";
import { type TargetKind, TargetKindEnum, type TargetResolution, TargetResolutionEnum } from "../words.js";
import { Warrant } from "./warrant.js";

/** A person as the warrant names her, and the account that this was when it was drafted. `account` and `resolution` are answered by the platform. */
@Key("id platform kind value")
@ObjectType("WarrantTarget", { description: "A person as the warrant names her." })
@Entity({ tableName: "warrant_targets" })
@Index({ name: "warrant_targets_by_warrant", properties: ["warrantId", "position"] })
export class WarrantTarget {
  @Field(() => ID)
  @PrimaryKey({ type: "text" })
  id!: string;

  @ManyToOne(() => Warrant, { fieldName: "warrant_id", mapToPk: true })
  warrantId!: string;

  @Property({ type: "integer" })
  position!: number;

  @Field(() => String)
  @Property({ type: "text" })
  platform!: string;

  @Field(() => TargetKindEnum)
  @Property({ type: "text" })
  kind!: TargetKind;

  @Field(() => String)
  @Property({ type: "text" })
  value!: string;

  @Field(() => GraphQLDateTime, { nullable: true })
  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  at!: Date | null;

  @Property({ type: "text", nullable: true })
  nationality!: string | null;

  @Property({ type: "text", nullable: true })
  residence!: string | null;

  @Property({ type: "text", nullable: true })
  locatedIn!: string | null;

  @Property({ type: "text", nullable: true })
  protectedRole!: ProtectedRole | null;

  @Property({ type: "text", nullable: true })
  grounds!: string | null;

  /** The account that the target was resolved to at the draft; the door opens for nobody else, whoever has the handle since. Null: none, and nothing discloses. */
  @Inaccessible()
  @Field(() => ID, { nullable: true })
  @Property({ type: "text", nullable: true })
  accountId!: string | null;

  /** What the platform said of the target at the draft. */
  @Inaccessible()
  @Field(() => TargetResolutionEnum, { nullable: true })
  @Property({ type: "text", fieldName: "resolution" })
  pinned!: TargetResolution;
}
