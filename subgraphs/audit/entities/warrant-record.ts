import { BigIntType } from "@mikro-orm/core";
import { Entity, Index, PrimaryKey, Property } from "@mikro-orm/decorators/legacy";
import { Field, ObjectType } from "type-graphql";
import type {
  AuthorityKind,
  DataCategory,
  DeadlineState,
  Party,
  WarrantKind,
  WarrantStatus,
} from "../../../schema/law/vocabulary.js";
import type { LogLevel, WarrantAct } from "../../../schema/ledger/vocabulary.js";
import {
  AuthorityKindEnum,
  DataCategoryEnum,
  DeadlineStateEnum,
  PartyEnum,
  WarrantKindEnum,
  WarrantStatusEnum,
} from "../../kit/enums.js";
import { GraphQLCountryCode, GraphQLDateTime, GraphQLSafeInt } from "../../kit/scalars.js";
import { LogLevelEnum, WarrantActEnum } from "../words.js";
import { LogEntry } from "./log-entry.js";

/** A WARRANT leaf as it can be searched, its commitments opened; a projection as AccessRecord is. What was erased is null, and "erased" for the actor. */
@ObjectType("WarrantRecord", {
  implements: LogEntry,
  description:
    "One act on a warrant: a change of its status, or an obligation done, deferred or missed. Recorded within seconds of the act.",
})
@Entity({ tableName: "audit_warrant_entry" })
@Index({ name: "audit_warrant_entry_by_warrant", properties: ["warrantId", "index"] })
@Index({ name: "audit_warrant_entry_by_case", properties: ["caseId", "index"] })
@Index({ name: "audit_warrant_entry_by_authority", properties: ["authorityId", "index"] })
@Index({ name: "audit_warrant_entry_by_country", properties: ["country", "index"] })
@Index({ name: "audit_warrant_entry_by_platform", properties: ["platform", "index"] })
@Index({ name: "audit_warrant_entry_by_act", properties: ["act", "index"] })
export class WarrantRecord implements LogEntry {
  @Field(() => GraphQLSafeInt, { description: "Place in the log, from 0." })
  @PrimaryKey({ type: new BigIntType("number"), columnType: "bigint", autoincrement: false })
  index!: number;

  @Field(() => LogLevelEnum)
  readonly level!: LogLevel;

  @Field(() => GraphQLDateTime, { description: "When it reached the log." })
  @Property({ type: "datetime", columnType: "timestamptz(3)" })
  recordedAt!: Date;

  @Field(() => String, { description: "The canonical bytes (RFC 8785) that were hashed; base64." })
  @Property({ type: "text" })
  leaf!: string;

  @Field(() => String, { description: "SHA-256(0x00 ‖ leaf), RFC 6962; hex." })
  @Property({ type: "text" })
  leafHash!: string;

  @Field(() => WarrantActEnum)
  @Property({ type: "text" })
  act!: WarrantAct;

  @Field(() => GraphQLDateTime, { description: "When it was done." })
  @Property({ type: "datetime", columnType: "timestamptz(3)" })
  doneAt!: Date;

  @Field(() => WarrantStatusEnum, { nullable: true })
  @Property({ type: "text", fieldName: "from_status", nullable: true })
  from!: WarrantStatus | null;

  @Field(() => WarrantStatusEnum)
  @Property({ type: "text", fieldName: "to_status" })
  to!: WarrantStatus;

  @Field(() => PartyEnum)
  @Property({ type: "text", fieldName: "by_party" })
  by!: Party;

  @Field(() => String, { description: "clock: nobody, a time was over." })
  @Property({ type: "text" })
  actor!: string;

  @Field(() => GraphQLCountryCode, { description: "Of the issuing authority." })
  @Property({ type: "text" })
  country!: string;

  @Property({ type: "text" })
  authorityId!: string;

  @Field(() => AuthorityKindEnum)
  @Property({ type: "text" })
  authorityKind!: AuthorityKind;

  @Field(() => String)
  @Property({ type: "text" })
  platform!: string;

  @Property({ type: "text", nullable: true })
  warrantId!: string | null;

  @Field(() => String, { nullable: true })
  @Property({ type: "text", nullable: true })
  warrantContentHash!: string | null;

  @Property({ type: "text", nullable: true })
  caseId!: string | null;

  @Field(() => WarrantKindEnum)
  @Property({ type: "text" })
  kind!: WarrantKind;

  @Field(() => [DataCategoryEnum])
  @Property({ type: "string[]", columnType: "text[]" })
  categories!: DataCategory[];

  @Field(() => Boolean)
  @Property({ type: "boolean" })
  emergency!: boolean;

  /** From then on the provider may know of it. */
  @Property({ type: "boolean" })
  issued!: boolean;

  @Field(() => Boolean, { description: "Before the act: it was given first, and its validation was still owed." })
  @Property({ type: "boolean" })
  validationOwed!: boolean;

  @Field(() => AuthorityKindEnum, { nullable: true, description: "Of VALIDATE: what the authority is that gave it." })
  @Property({ type: "text", nullable: true })
  validatedBy!: AuthorityKind | null;

  @Field(() => String, { nullable: true, description: "Id of the registered key that signed this act." })
  @Property({ type: "text", nullable: true })
  signingKey!: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "The provider's deadline after the act." })
  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  deadlineAt!: Date | null;

  @Field(() => DeadlineStateEnum, { nullable: true })
  @Property({ type: "text", nullable: true })
  deadlineState!: DeadlineState | null;
}
