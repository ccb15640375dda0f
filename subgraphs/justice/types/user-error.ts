import { Field, ObjectType } from "type-graphql";
import { Shareable } from "../../kit/directives.js";
import { RuleStub } from "./stubs.js";

/** A rule of the domain that the input breaks (an error: nothing changed), or that she should know of (a warning). */
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
  field!: string[] | null;

  @Field(() => RuleStub, { nullable: true })
  rule!: RuleStub | null;
}

/** Makes one. `field` is the path as in the SDL, list indexes as text; `ruleId` the rule of the book that stands behind it. */
export function userError(
  code: string,
  message: string,
  field: readonly (string | number)[] | null = null,
  ruleId: string | null = null,
): UserError {
  return { code, message, field: field?.map(String) ?? null, rule: ruleId === null ? null : { id: ruleId } };
}
