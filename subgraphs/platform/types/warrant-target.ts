import { Field, ID, ObjectType } from "type-graphql";
import { External, Key } from "../../kit/directives.js";
import { GraphQLDateTime } from "../../kit/scalars.js";
import { type TargetKind, TargetKindEnum, type TargetResolution, TargetResolutionEnum } from "./target-kind.js";

/** A person as a warrant of the justice subgraph names her, and what was said of her when it was drafted. */
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

  @External()
  @Field(() => GraphQLDateTime, { nullable: true })
  at?: string | null;

  @External()
  @Field(() => ID, { nullable: true })
  accountId?: string | null;

  @External()
  @Field(() => TargetResolutionEnum, { nullable: true })
  pinned?: TargetResolution | null;
}
