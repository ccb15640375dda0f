import { Entity, PrimaryKey, Property } from "@mikro-orm/decorators/legacy";
import { Field, ID, ObjectType } from "type-graphql";
import type { AuthorityKind } from "../../../schema/law/vocabulary.js";
import { Key } from "../../kit/directives.js";
import { AuthorityKindEnum } from "../../kit/enums.js";
import { Node } from "../../kit/node.js";
import { GraphQLCountryCode } from "../../kit/scalars.js";

/** An entry of the register of authorities. A token's authority and country must agree with it. */
@Key("id")
@ObjectType("Authority", { implements: Node, description: "An entry of the register of authorities." })
@Entity({ tableName: "authorities" })
export class Authority implements Node {
  @Field(() => ID)
  @PrimaryKey({ type: "text" })
  id!: string;

  @Field(() => String)
  @Property({ type: "text" })
  name!: string;

  @Field(() => GraphQLCountryCode)
  @Property({ type: "text" })
  country!: string;

  @Field(() => AuthorityKindEnum)
  @Property({ type: "text" })
  kind!: AuthorityKind;

  /** How it is called back: addresses of the register, never of a request. */
  @Property({ type: "string[]", columnType: "text[]" })
  channels!: string[];
}
