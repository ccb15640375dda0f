import { Field, ObjectType } from "type-graphql";
import type { KnownFacts } from "../../../schema/calls.js";
import { Inaccessible, Shareable } from "../../kit/directives.js";
import { GraphQLCountryCode } from "../../kit/scalars.js";

@Inaccessible()
@Shareable()
@ObjectType("Jurisdiction", {
  simpleResolvers: true,
  description: "Facts about a person that the law may test. Null: not known.",
})
export class Jurisdiction implements KnownFacts {
  @Field(() => GraphQLCountryCode, { description: "Where the establishment is that answers for this person." })
  providerCountry!: string;

  @Field(() => GraphQLCountryCode, { nullable: true })
  residence!: string | null;

  @Field(() => GraphQLCountryCode, { nullable: true })
  nationality!: string | null;

  @Field(() => GraphQLCountryCode, { nullable: true })
  locatedIn!: string | null;

  @Field(() => String, { nullable: true })
  protectedRole!: string | null;
}
