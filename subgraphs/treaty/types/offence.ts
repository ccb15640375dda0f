import { Field, Float, ObjectType } from "type-graphql";
import { Key } from "../../kit/directives.js";

@Key("code")
@ObjectType("Offence", {
  description: "An offence of one state, or of * for demos and tests: the only source of a maximum sentence.",
})
export class Offence {
  @Field(() => String)
  code!: string;

  @Field(() => String)
  label!: string;

  @Field(() => String, { description: "ISO 3166-1 alpha-2, or * for all." })
  country!: string;

  @Field(() => String)
  category!: string;

  @Field(() => Float)
  maxCustodialYears!: number;

  @Field(() => Boolean)
  confirmed!: boolean;
}
