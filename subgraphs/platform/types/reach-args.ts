import { ArgsType, Field } from "type-graphql";
import { PageArgs } from "../../kit/connection.js";
import { GraphQLEmailAddress, GraphQLPhoneNumber } from "../../kit/scalars.js";

/** An e-mail address, and a page of whose it is. */
@ArgsType()
export class EmailArgs extends PageArgs {
  @Field(() => GraphQLEmailAddress)
  email!: string;
}

/** A telephone number, and a page of whose it is. */
@ArgsType()
export class PhoneArgs extends PageArgs {
  @Field(() => GraphQLPhoneNumber, { description: "With its country, in international form (E.164)." })
  phone!: string;
}
