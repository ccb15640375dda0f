import { Field, ID, ObjectType } from "type-graphql";
import type { CompiledRule } from "../../../schema/law/compile-rule-book.js";
import { describeRule, type RuleInWords } from "../../../schema/law/describe-rule.js";
import type { Rule as LawRule } from "../../../schema/law/rule.js";
import type { RuleBook as LawBook } from "../../../schema/law/rule-book.js";
import type { DataCategory } from "../../../schema/law/vocabulary.js";
import { Key } from "../../kit/directives.js";
import { DataCategoryEnum } from "../../kit/enums.js";
import { GraphQLDate } from "../../kit/scalars.js";
import { Citation } from "./citation.js";
import { PreservationTime } from "./preservation-time.js";

@Key("id")
@ObjectType("Rule", {
  description: "One rule of a rule book. Asked for by id alone it comes from the newest book that has it.",
})
export class Rule {
  private words: RuleInWords | undefined;

  constructor(
    readonly compiled: CompiledRule,
    readonly book: LawBook,
  ) {}

  private get rule(): LawRule {
    return this.compiled.rule;
  }

  private get inWords(): RuleInWords {
    this.words ??= describeRule(this.rule, this.compiled.instrument);
    return this.words;
  }

  @Field(() => ID)
  get id(): string {
    return this.rule.id;
  }

  @Field(() => String, {
    description:
      "Also effects that never permit: FORMALITY, PROVIDER_MUST_REPORT, NATIONAL_PRECONDITION, PERMIT_COMPULSORY_NATIONAL.",
  })
  get effect(): string {
    return this.rule.effect;
  }

  @Field(() => GraphQLDate, { nullable: true, description: "Null: since ever, unless pending." })
  get validFrom(): string | null {
    return this.rule.validFrom;
  }

  @Field(() => GraphQLDate, { nullable: true, description: "The first day on which it is no longer valid." })
  get validTo(): string | null {
    return this.rule.validTo;
  }

  @Field(() => Boolean, { description: "Not in force yet." })
  get pending(): boolean {
    return this.rule.pending === true;
  }

  @Field(() => [String], { description: "Countries, group:NAME, * for all, *-XX for all but one." })
  get requesting(): readonly string[] {
    return this.rule.requesting;
  }

  @Field(() => [String])
  get providerCountries(): readonly string[] {
    return this.rule.provider.countries;
  }

  @Field(() => [String])
  get platforms(): readonly string[] {
    return this.rule.provider.platforms;
  }

  @Field(() => [DataCategoryEnum])
  get categories(): readonly DataCategory[] {
    return this.rule.dataCategories;
  }

  @Field(() => String, { description: "The offences it is for, in words." })
  get offence(): string {
    return this.inWords.offence;
  }

  @Field(() => String, { description: "Who may ask under it, in words." })
  get authorities(): string {
    return this.inWords.authorities;
  }

  @Field(() => String, { description: "Everything else it asks for or forbids, in words." })
  get restrictions(): string {
    return this.inWords.restrictions;
  }

  @Field(() => PreservationTime, { nullable: true, description: "Null where it is not about preserving data." })
  get preservation(): PreservationTime | null {
    return this.rule.preservation;
  }

  @Field(() => String)
  get summary(): string {
    return this.inWords.summary;
  }

  @Field(() => [Citation])
  get citations(): readonly Citation[] {
    return this.compiled.citations;
  }

  @Field(() => Boolean)
  get confirmed(): boolean {
    return this.rule.confirmed;
  }
}
