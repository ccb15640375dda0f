import { Field, ID, InputType } from "type-graphql";
import { Inaccessible, Public } from "../../kit/directives.js";
import { type TargetKind, TargetKindEnum } from "./target-kind.js";

@Inaccessible()
@InputType("NamedTargetInput", { description: "A target of a warrant, with the account that was pinned at the draft." })
export class NamedTargetInput {
  @Field(() => String)
  platform!: string;

  @Public(
    "The kind of an identifier; what stands behind an e-mail address, a number or an IP address is not looked up by it.",
  )
  @Field(() => TargetKindEnum)
  kind!: TargetKind;

  @Field(() => String)
  value!: string;

  @Field(() => ID)
  accountId!: string;
}
