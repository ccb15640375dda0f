import { Entity, Index, ManyToOne, PrimaryKey, Property } from "@mikro-orm/decorators/legacy";
import { Field, ID, ObjectType } from "type-graphql";
import type { AuthorityKind, DataCategory, WarrantKind } from "../../../schema/law/vocabulary.js";
import { Key } from "../../kit/directives.js";
import { DataCategoryEnum, WarrantKindEnum } from "../../kit/enums.js";
import { Node } from "../../kit/node.js";
import { GraphQLDateTime } from "../../kit/scalars.js";
import type { DeadlineState, WarrantStatus } from "../words.js";
import { Authority } from "./authority.js";
import { Case } from "./case.js";

/**
 * An order of an authority to a platform. Its content is fixed from the draft on: there is no act that changes it, a change is another warrant.
 * `status` is what the last act left; read it through `statusAt`, which knows of expiry.
 */
@Key("id")
@ObjectType("Warrant", { implements: Node, description: "An order of an authority to a platform." })
@Entity({ tableName: "warrants" })
@Index({ name: "warrants_by_authority", properties: ["authorityId", "changedAt", "id"] })
@Index({ name: "warrants_by_platform", properties: ["platform", "changedAt", "id"] })
@Index({ name: "warrants_by_country", properties: ["country", "changedAt", "id"] })
@Index({ name: "warrants_by_validator", properties: ["validatingAuthorityId"] })
@Index({ name: "warrants_by_validation_due", properties: ["validationDueAt"] })
@Index({ name: "warrants_by_emergency", properties: ["authorityId", "emergency", "issuedAt"] })
@Index({ name: "warrants_by_end", properties: ["endsAt"] })
@Index({ name: "warrants_by_preserved", properties: ["preservesId"] })
@Index({ name: "warrants_by_deadline", properties: ["platform", "queueRank", "deadlineAt", "id"] })
@Index({ name: "warrants_by_case", properties: ["caseId", "changedAt", "id"] })
export class Warrant implements Node {
  @Field(() => ID)
  @PrimaryKey({ type: "text" })
  id!: string;

  @Field(() => WarrantKindEnum)
  @Property({ type: "text" })
  kind!: WarrantKind;

  @ManyToOne(() => Case, { fieldName: "case_id", mapToPk: true })
  caseId!: string;

  @ManyToOne(() => Authority, { fieldName: "authority_id", mapToPk: true })
  authorityId!: string;

  /** Of the issuing authority; here for the lists of those who see a country's warrants. */
  @Property({ type: "text" })
  country!: string;

  @Field(() => String)
  @Property({ type: "text" })
  platform!: string;

  @Field(() => [DataCategoryEnum])
  @Property({ type: "string[]", columnType: "text[]" })
  categories!: DataCategory[];

  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  periodFrom!: Date | null;

  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  periodTo!: Date | null;

  @Field(() => Boolean, { description: "Said of SUBSCRIBER and USER_IDENTIFICATION." })
  @Property({ type: "boolean" })
  solePurposeIdentification!: boolean;

  @Field(() => Boolean)
  @Property({ type: "boolean" })
  emergency!: boolean;

  @Field(() => String, { nullable: true })
  @Property({ type: "text", nullable: true })
  emergencyGround!: string | null;

  @Property({ type: "text", nullable: true })
  necessity!: string | null;

  /** Kinds of authority of which any one may validate it; empty: it needs no validation. */
  @Property({ type: "string[]", columnType: "text[]" })
  validators!: AuthorityKind[];

  @ManyToOne(() => Authority, {
    fieldName: "validating_authority_id",
    mapToPk: true,
    nullable: true,
    deleteRule: "no action",
  })
  validatingAuthorityId!: string | null;

  /** By when an order that was given first must be validated, or it is revoked by itself; null: it need not. */
  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  validationDueAt!: Date | null;

  /** The second person who approved an emergency (`sub`), when, and over which channel of the register. */
  @Property({ type: "text", nullable: true })
  approvedBy!: string | null;

  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  approvedAt!: Date | null;

  @Property({ type: "text", nullable: true })
  approvedChannel!: string | null;

  @ManyToOne(() => Warrant, { fieldName: "replaces_id", mapToPk: true, nullable: true, deleteRule: "no action" })
  replacesId!: string | null;

  /** The preservation that this production order follows. */
  @ManyToOne(() => Warrant, { fieldName: "preserves_id", mapToPk: true, nullable: true, deleteRule: "no action" })
  preservesId!: string | null;

  @Property({ type: "text" })
  status!: WarrantStatus;

  @Property({ type: "datetime", columnType: "timestamptz(3)" })
  draftedAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true })
  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  issuedAt!: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "From this moment on it discloses nothing." })
  @Property({ type: "datetime", columnType: "timestamptz(3)" })
  expiresAt!: Date;

  /** When the clock ends it: at the end that its content names; a preservation, once it is issued, when nothing holds its data any more. */
  @Property({ type: "datetime", columnType: "timestamptz(3)" })
  endsAt!: Date;

  /** How long a preservation holds by itself, whatever follows it; null before its issue, and for productions. */
  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  heldByItselfUntil!: Date | null;

  /** Days by which it may be extended, once; null: the rule gives none. */
  @Property({ type: "integer", nullable: true })
  extensionDays!: number | null;

  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  extendedAt!: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      "The shortest deadline among the items that are still open, among all once none is. Null before the issue, and where the law sets none.",
  })
  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  deadlineAt!: Date | null;

  /** What the last act left; read it through `deadlineStateAt`. */
  @Property({ type: "text", nullable: true })
  deadlineState!: DeadlineState | null;

  /** What the last act left: see `queueRankOf`. */
  @Property({ type: "integer" })
  queueRank!: number;
  /** The deadline of which it was written down that it was missed; null: none yet. */
  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  missedDeadlineAt!: Date | null;

  @Property({ type: "datetime", columnType: "timestamptz(3)" })
  changedAt!: Date;

  @Field(() => String, { description: "SHA-256 (hex) of canonicalContent; a changed warrant is another warrant." })
  @Property({ type: "text" })
  contentHash!: string;

  /** RFC 8785 text; clients read it in base64. */
  @Property({ type: "text" })
  content!: string;

  @Field(() => String, {
    nullable: true,
    description: "Detached JWS of the issuing authority over the bytes of canonicalContent.",
  })
  @Property({ type: "text", nullable: true })
  signature!: string | null;

  @Property({ type: "text", nullable: true })
  signingKeyId!: string | null;

  /** The same of the validating authority. */
  @Property({ type: "text", nullable: true })
  validationSignature!: string | null;

  @Property({ type: "text", nullable: true })
  validationKeyId!: string | null;

  /** Counts the acts. Whoever acts on an older one changes nothing. */
  @Property({ type: "integer" })
  version!: number;
}
