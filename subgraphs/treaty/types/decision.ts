import { Field, Int, ObjectType } from "type-graphql";
import type {
  DataCategory,
  DecisionCode,
  Effect,
  NextStepKind,
  ObligationKind,
  Party,
} from "../../../schema/law/vocabulary.js";
import {
  DataCategoryEnum,
  DecisionCodeEnum,
  EffectEnum,
  NextStepKindEnum,
  ObligationKindEnum,
  PartyEnum,
} from "../../kit/enums.js";
import { GraphQLCountryCode } from "../../kit/scalars.js";
import { RuleBook } from "../entities/rule-book.js";
import { Citation } from "./citation.js";
import { Rule } from "./rule.js";

@ObjectType("Condition", { description: "What is open in a rule that would permit." })
export class Condition {
  @Field(() => Rule)
  rule!: Rule;

  @Field(() => String)
  fact!: string;

  @Field(() => String)
  expected!: string;

  @Field(() => String, { nullable: true, description: "Null where it is a fact about a person." })
  actual!: string | null;
}

@ObjectType("NextStep")
export class NextStep {
  @Field(() => NextStepKindEnum)
  kind!: NextStepKind;

  @Field(() => Rule, { nullable: true })
  rule!: Rule | null;

  @Field(() => Int, { nullable: true })
  typicalDays!: number | null;

  @Field(() => String)
  text!: string;
}

@ObjectType("Duty", { description: "A duty that comes with a decision." })
export class Duty {
  @Field(() => ObligationKindEnum)
  kind!: ObligationKind;

  @Field(() => PartyEnum)
  owner!: Party;

  @Field(() => Int, { nullable: true, description: "Hours after issue." })
  dueHours!: number | null;

  @Field(() => String)
  text!: string;

  @Field(() => [Citation])
  citations!: readonly Citation[];
}

@ObjectType("Decision", { description: "The answer of the law to one question, with everything it rests on." })
export class Decision {
  @Field(() => DataCategoryEnum)
  category!: DataCategory;

  @Field(() => EffectEnum)
  effect!: Effect;

  @Field(() => DecisionCodeEnum, { description: "The nearest obstacle, not the last resort." })
  code!: DecisionCode;

  @Field(() => Boolean, {
    description: "Of the effect: the three disclosing permissions. A HOLD still shuts the door.",
  })
  permitted!: boolean;

  @Field(() => Rule, { nullable: true, description: "The rule that decided." })
  rule!: Rule | null;

  @Field(() => String, { description: "One or two sentences to act on, with the citation." })
  reason!: string;

  @Field(() => [Condition], { description: "For each rule that would permit: what is open, fewest first." })
  unmet!: readonly Condition[];

  @Field(() => [Rule], {
    description: "Ways to mutual legal assistance and preservation that match; empty where permitted.",
  })
  channels!: readonly Rule[];

  @Field(() => [NextStep])
  nextSteps!: readonly NextStep[];

  @Field(() => [Duty])
  obligations!: readonly Duty[];

  @Field(() => [Citation])
  citations!: readonly Citation[];

  @Field(() => GraphQLCountryCode, { nullable: true })
  providerCountry!: string | null;

  @Field(() => Int, { nullable: true })
  deadlineHours!: number | null;

  @Field(() => RuleBook)
  ruleBook!: Pick<RuleBook, "version" | "hash" | "asOf" | "knownGaps" | "disclaimer">;
}
