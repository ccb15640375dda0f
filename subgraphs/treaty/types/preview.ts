import { Field, ObjectType } from "type-graphql";
import type { AuthorityKind, DataCategory, Effect } from "../../../schema/law/vocabulary.js";
import { Shareable } from "../../kit/directives.js";
import { AuthorityKindEnum, DataCategoryEnum, EffectEnum } from "../../kit/enums.js";
import { GraphQLCountryCode } from "../../kit/scalars.js";
import { RuleBook } from "../entities/rule-book.js";
import { Decision } from "./decision.js";
import { Rule } from "./rule.js";
import { EstablishmentStub } from "./stubs.js";

@Shareable()
@ObjectType("UserError", {
  description: "A rule of the domain that the input breaks, or that the caller should know of.",
})
export class UserError {
  @Field(() => String, { description: "For programs." })
  code!: string;

  @Field(() => String, { description: "For people: what was wrong, and what was expected." })
  message!: string;

  @Field(() => [String], {
    nullable: true,
    description: "Path into the arguments, from inside `input` where there is one.",
  })
  field!: readonly string[] | null;

  @Field(() => Rule, { nullable: true })
  rule!: Rule | null;
}

@ObjectType("MissingValidation", { description: "With a validation by one of these the category may be ordered." })
export class MissingValidation {
  @Field(() => DataCategoryEnum)
  category!: DataCategory;

  @Field(() => [AuthorityKindEnum])
  by!: readonly AuthorityKind[];
}

@ObjectType("Preview", { description: "What an order would come to, on the facts that the authority believes." })
export class Preview {
  @Field(() => [Decision], { description: "One for each category asked for, in that order." })
  decisions!: readonly Decision[];

  @Field(() => [UserError], {
    description: "Categories for which the kind of the authority is the obstacle, and who could act.",
  })
  competence!: readonly UserError[];

  @Field(() => [MissingValidation], { description: "Whose validation the order needs, category by category." })
  validations!: readonly MissingValidation[];

  @Field(() => [UserError], { description: "What the input leaves open and the answer hangs on." })
  missing!: readonly UserError[];

  @Field(() => EstablishmentStub, { nullable: true, description: "Whom to address." })
  addressee!: EstablishmentStub | null;

  @Field(() => RuleBook)
  ruleBook!: Decision["ruleBook"];
}

@ObjectType("MatrixCell")
export class MatrixCell {
  @Field(() => GraphQLCountryCode)
  requesting!: string;

  @Field(() => DataCategoryEnum)
  category!: DataCategory;

  @Field(() => EffectEnum)
  effect!: Effect;

  @Field(() => Rule)
  rule!: Rule;
}
