import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { Key } from "../../kit/directives.js";
import { GraphQLCountryCode } from "../../kit/scalars.js";
import { Instrument } from "./instrument.js";

export enum SignalState {
  MEETS_PROVIDER_POLICY = "MEETS_PROVIDER_POLICY",
  REVIEW_BY_PERSON = "REVIEW_BY_PERSON",
  NO_FIGURE = "NO_FIGURE",
}
registerEnumType(SignalState, {
  name: "SignalState",
  description: "What a provider's policy about voluntary requests says of a requesting state.",
});

@ObjectType("JudiciaryValue")
export class JudiciaryValue {
  @Field(() => String)
  indicator!: string;

  @Field(() => Float)
  value!: number;
}

@ObjectType("JudiciarySignal", {
  description: "A provider's policy about voluntary requests. It is no statement about any court.",
})
export class JudiciarySignal {
  @Field(() => SignalState)
  state!: SignalState;

  @Field(() => String, { description: "The platform whose policy it is." })
  policyOf!: string;

  @Field(() => String)
  source!: string;

  @Field(() => Int)
  year!: number;

  @Field(() => [JudiciaryValue])
  values!: readonly JudiciaryValue[];

  @Field(() => String)
  notice!: string;
}

@Key("code")
@ObjectType("Country", { description: "A state that the rule book knows." })
export class Country {
  @Field(() => GraphQLCountryCode)
  code!: string;

  @Field(() => String)
  name!: string;

  @Field(() => [Instrument], { description: "Those it is a party to today." })
  instruments!: readonly Instrument[];

  @Field(() => JudiciarySignal, { nullable: true, description: "Null where no provider has set such a policy." })
  judiciary!: JudiciarySignal | null;
}
