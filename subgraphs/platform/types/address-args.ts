import { ArgsType, Field } from "type-graphql";
import { PageArgs } from "../../kit/connection.js";
import { GraphQLDateTime, GraphQLIP, GraphQLPort } from "../../kit/scalars.js";

/** An address as investigators ask about it, and a page of who was behind it. */
@ArgsType()
export class AddressArgs extends PageArgs {
  @Field(() => GraphQLIP)
  address!: string;

  @Field(() => GraphQLPort, { nullable: true, description: "Source port; absent: whatever it was." })
  port?: number | null;

  @Field(() => GraphQLDateTime, { description: "From this moment on." })
  from!: Date;

  @Field(() => GraphQLDateTime, { description: "Before this moment." })
  to!: Date;
}
