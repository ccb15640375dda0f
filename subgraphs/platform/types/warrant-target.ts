import { Field, ID, ObjectType } from "type-graphql";
import { Key } from "../../kit/directives.js";
import { type TargetKind, TargetKindEnum } from "./target-kind.js";

/** A person as a warrant of the justice subgraph names her; the key carries what is needed to find the account. */
@Key("id platform kind value")
@ObjectType("WarrantTarget", { simpleResolvers: true })
export class WarrantTarget {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  platform!: string;

  @Field(() => TargetKindEnum)
  kind!: TargetKind;

  @Field(() => String)
  value!: string;
}
