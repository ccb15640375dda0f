import { BigIntType } from "@mikro-orm/core";
import { Entity, Index, PrimaryKey, Property, Unique } from "@mikro-orm/decorators/legacy";
import { Field, ID, ObjectType } from "type-graphql";
import type { LogLevel, Outcome, Purpose } from "../../../schema/ledger/vocabulary.js";
import { Key } from "../../kit/directives.js";
import { WarrantStatusEnum } from "../../kit/enums.js";
import { GraphQLCountryCode, GraphQLDateTime, GraphQLSafeInt } from "../../kit/scalars.js";
import { LogLevelEnum, OutcomeEnum, PurposeEnum } from "../words.js";
import { LogEntry } from "./log-entry.js";

/**
 * An ACCESS leaf as it can be searched, its commitments opened. A projection: it can be thrown away and built again from the batches and the openings
 * that are left. What was erased is null here, and "erased" for the actor.
 */
@Key("index")
@ObjectType("AccessRecord", {
  implements: LogEntry,
  description: "One person and one passage through the door: every field, permitted or denied.",
})
@Entity({ tableName: "audit_entry" })
@Unique({ name: "audit_entry_by_leaf", properties: ["leafHash"] })
@Index({ name: "audit_entry_by_operation", properties: ["operationId", "index"] })
@Index({ name: "audit_entry_by_subject", properties: ["subjectId", "index"] })
@Index({ name: "audit_entry_by_warrant", properties: ["warrantId", "index"] })
@Index({ name: "audit_entry_by_case", properties: ["caseId", "index"] })
@Index({ name: "audit_entry_by_actor", properties: ["actor", "index"] })
@Index({ name: "audit_entry_by_country", properties: ["country", "index"] })
@Index({ name: "audit_entry_by_authority", properties: ["authorityId", "index"] })
@Index({ name: "audit_entry_by_platform", properties: ["platform", "index"] })
@Index({ name: "audit_entry_by_outcome", properties: ["outcome", "index"] })
@Index({ name: "audit_entry_by_purpose", properties: ["purpose", "index"] })
@Index({ name: "audit_entry_by_time", properties: ["recordedAt", "index"] })
export class AccessRecord implements LogEntry {
  @Field(() => GraphQLSafeInt, { description: "Place in the log, from 0. Listed within a second." })
  @PrimaryKey({ type: new BigIntType("number"), columnType: "bigint", autoincrement: false })
  index!: number;

  @Field(() => LogLevelEnum, {
    description: "How far the proof of it has come.",
  })
  readonly level!: LogLevel;

  @Field(() => GraphQLDateTime, {
    description: "When the decision was recorded, by the gateway's clock; part of the leaf.",
  })
  @Property({ type: "datetime", columnType: "timestamptz(3)" })
  recordedAt!: Date;

  @Field(() => String, { description: "The canonical bytes (RFC 8785) that were hashed; base64." })
  @Property({ type: "text" })
  leaf!: string;

  @Field(() => String, { description: "SHA-256(0x00 ‖ leaf), RFC 6962; hex." })
  @Property({ type: "text" })
  leafHash!: string;

  @Field(() => ID, { description: "The records of one operation share it." })
  @Property({ type: "text" })
  operationId!: string;

  @Field(() => String, { nullable: true, description: "For orientation; only operationHash is proven." })
  @Property({ type: "text", nullable: true })
  operationName!: string | null;

  @Field(() => String)
  @Property({ type: "text" })
  operationHash!: string;

  @Field(() => String)
  @Property({ type: "text" })
  actor!: string;

  @Field(() => String)
  @Property({ type: "text" })
  role!: string;

  @Field(() => GraphQLCountryCode, { nullable: true, description: "Of the principal who asked." })
  @Property({ type: "text", nullable: true })
  country!: string | null;

  @Property({ type: "text", nullable: true })
  authorityId!: string | null;

  @Field(() => String, { nullable: true, description: "Whose data were asked for." })
  @Property({ type: "text", nullable: true })
  platform!: string | null;

  @Property({ type: "text", nullable: true })
  warrantId!: string | null;

  @Property({ type: "text", nullable: true })
  caseId!: string | null;

  @Field(() => WarrantStatusEnum, { nullable: true, description: "As it was at that moment." })
  @Property({ type: "text", nullable: true })
  warrantStatus!: string | null;

  @Field(() => String, { nullable: true })
  @Property({ type: "text", nullable: true })
  warrantContentHash!: string | null;

  @Field(() => Boolean)
  @Property({ type: "boolean" })
  emergency!: boolean;

  @Field(() => Boolean, { description: "Whether a hold was running." })
  @Property({ type: "boolean" })
  held!: boolean;

  @Field(() => PurposeEnum)
  @Property({ type: "text" })
  purpose!: Purpose;

  @Field(() => String, {
    nullable: true,
    description: "Of a TRANSFER: the subgraph that received the values, to answer a field of its own.",
  })
  @Property({ type: "text", nullable: true })
  recipient!: string | null;

  @Property({ type: "text", nullable: true })
  subjectId!: string | null;

  @Field(() => OutcomeEnum)
  @Property({ type: "text" })
  outcome!: Outcome;

  @Property({ type: "text", nullable: true })
  ruleBookVersion!: string | null;

  @Property({ type: "text", nullable: true })
  ruleBookHash!: string | null;

  /** Somebody read the log itself. */
  @Property({ type: "boolean" })
  ofLog!: boolean;
}
