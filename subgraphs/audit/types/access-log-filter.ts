import { Field, ID, InputType } from "type-graphql";
import type { DataCategory, DecisionCode, Effect } from "../../../schema/law/vocabulary.js";
import type { Outcome, Purpose } from "../../../schema/ledger/vocabulary.js";
import { DataCategoryEnum, DecisionCodeEnum, EffectEnum } from "../../kit/enums.js";
import { GraphQLCountryCode, GraphQLDateTime } from "../../kit/scalars.js";
import { OutcomeEnum, PurposeEnum } from "../words.js";

/** Which records, or which field decisions. All conditions hold together. */
@InputType("AccessLogFilter", {
  description:
    "All conditions hold together; those about a field (ruleId, effect, code, category, permitted) hold of one and the same field.",
})
export class AccessLogFilter {
  @Field(() => ID, { nullable: true })
  operationId?: string | null;

  @Field(() => ID, { nullable: true })
  subjectId?: string | null;

  @Field(() => ID, { nullable: true })
  warrantId?: string | null;

  @Field(() => ID, { nullable: true })
  caseId?: string | null;

  @Field(() => String, { nullable: true })
  actor?: string | null;

  @Field(() => GraphQLCountryCode, { nullable: true, description: "Of the principal who asked." })
  country?: string | null;

  @Field(() => ID, { nullable: true })
  authorityId?: string | null;

  @Field(() => String, { nullable: true })
  platform?: string | null;

  @Field(() => ID, { nullable: true })
  ruleId?: string | null;

  @Field(() => EffectEnum, { nullable: true })
  effect?: Effect | null;

  @Field(() => DecisionCodeEnum, { nullable: true })
  code?: DecisionCode | null;

  @Field(() => DataCategoryEnum, { nullable: true })
  category?: DataCategory | null;

  @Field(() => Boolean, { nullable: true })
  permitted?: boolean | null;

  @Field(() => Boolean, { nullable: true })
  emergency?: boolean | null;

  @Field(() => OutcomeEnum, { nullable: true })
  outcome?: Outcome | null;

  @Field(() => PurposeEnum, { nullable: true })
  purpose?: Purpose | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "Recorded at this moment or later." })
  from?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "Recorded before this moment." })
  to?: Date | null;
}
