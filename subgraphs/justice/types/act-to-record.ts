import { Field, ID, ObjectType } from "type-graphql";
import type {
  AuthorityKind,
  DataCategory,
  DeadlineState,
  ObligationKind,
  ObligationState,
  Party,
  WarrantKind,
  WarrantStatus,
} from "../../../schema/law/vocabulary.js";
import type { WarrantAct } from "../../../schema/ledger/vocabulary.js";
import { Inaccessible } from "../../kit/directives.js";
import {
  AuthorityKindEnum,
  DataCategoryEnum,
  DeadlineStateEnum,
  ObligationKindEnum,
  ObligationStateEnum,
  PartyEnum,
  WarrantKindEnum,
  WarrantStatusEnum,
} from "../../kit/enums.js";
import { GraphQLCountryCode, GraphQLDateTime } from "../../kit/scalars.js";

/** An act as the gateway carries it to the access log, and nobody else reads it: nothing of what anybody wrote is in it. */

@Inaccessible()
@ObjectType("DutyToRecord", { simpleResolvers: true })
export class DutyToRecord {
  @Field(() => ID)
  id!: string;

  @Field(() => ObligationKindEnum)
  kind!: ObligationKind;

  @Field(() => PartyEnum)
  owner!: Party;

  @Field(() => ObligationStateEnum)
  state!: ObligationState;

  @Field(() => String, { nullable: true })
  dueAt!: string | null;
}

@Inaccessible()
@ObjectType("ActToRecord", { simpleResolvers: true })
export class ActToRecord {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  what!: WarrantAct;

  @Field(() => GraphQLDateTime)
  doneAt!: Date;

  @Field(() => WarrantStatusEnum, { nullable: true })
  from!: WarrantStatus | null;

  @Field(() => WarrantStatusEnum)
  to!: WarrantStatus;

  @Field(() => PartyEnum)
  by!: Party;

  @Field(() => String)
  actor!: string;

  @Field(() => ID)
  warrantId!: string;

  @Field(() => String)
  contentHash!: string;

  @Field(() => ID)
  caseId!: string;

  @Field(() => ID)
  authorityId!: string;

  @Field(() => AuthorityKindEnum)
  authorityKind!: AuthorityKind;

  @Field(() => GraphQLCountryCode)
  country!: string;

  @Field(() => String)
  platform!: string;

  @Field(() => WarrantKindEnum)
  kind!: WarrantKind;

  @Field(() => [DataCategoryEnum])
  categories!: DataCategory[];

  @Field(() => Boolean)
  emergency!: boolean;

  @Field(() => Boolean)
  issued!: boolean;

  @Field(() => Boolean)
  validationOwed!: boolean;

  @Field(() => AuthorityKindEnum, { nullable: true })
  validatedBy!: AuthorityKind | null;

  @Field(() => String, { nullable: true })
  signingKey!: string | null;

  @Field(() => String, { nullable: true })
  deadlineAt!: string | null;

  @Field(() => DeadlineStateEnum, { nullable: true })
  deadlineState!: DeadlineState | null;

  @Field(() => [DutyToRecord])
  duties!: readonly DutyToRecord[];
}
