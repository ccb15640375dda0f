import { Entity, Index, PrimaryKey, Property, Unique } from "@mikro-orm/decorators/legacy";
import { Field, ObjectType } from "type-graphql";
import { Identity, Inaccessible, Key } from "../../kit/directives.js";
import { Node } from "../../kit/node.js";
import {
  GraphQLDate,
  GraphQLDateTime,
  GraphQLEmailAddress,
  GraphQLPhoneNumber,
  GraphQLURL,
} from "../../kit/scalars.js";
import { Jurisdiction } from "../types/jurisdiction.js";

@Key("id")
@ObjectType("User", {
  implements: Node,
  simpleResolvers: true,
  description: "An account, and the person whose account it is.",
})
@Entity({ tableName: "users" })
@Unique({ name: "users_by_handle", properties: ["platform", "handle"] })
@Index({
  name: "users_by_email",
  expression: "create index users_by_email on platform.users (platform, (lower(email)))",
})
@Index({ name: "users_by_phone", properties: ["platform", "phone"] })
export class User implements Node {
  @PrimaryKey({ type: "text" })
  id!: string;

  @Field(() => String, { description: "Code of the platform, for example FACEBOOK." })
  @Property({ type: "text" })
  platform!: string;

  @Field(() => String)
  @Property({ type: "text" })
  handle!: string;

  @Field(() => String)
  @Property({ type: "text" })
  displayName!: string;

  @Field(() => GraphQLURL)
  @Property({ type: "text" })
  profileUrl!: string;

  @Field(() => GraphQLDateTime)
  @Property({ type: "datetime", columnType: "timestamptz(3)" })
  createdAt!: Date;

  @Property({ type: "text" })
  providerCountry!: string;

  @Property({ type: "text", nullable: true })
  residence!: string | null;

  @Property({ type: "text", nullable: true })
  nationality!: string | null;

  @Property({ type: "text", nullable: true })
  locatedIn!: string | null;

  @Property({ type: "text", nullable: true })
  protectedRole!: string | null;

  @Identity({ category: "SUBSCRIBER" })
  @Field(() => String, { nullable: true, description: "As given at registration." })
  @Property({ type: "text", nullable: true })
  legalName!: string | null;

  @Identity({ category: "SUBSCRIBER" })
  @Field(() => GraphQLEmailAddress, { nullable: true })
  @Property({ type: "text", nullable: true })
  email!: string | null;

  @Identity({ category: "SUBSCRIBER" })
  @Field(() => GraphQLPhoneNumber, { nullable: true })
  @Property({ type: "text", nullable: true })
  phone!: string | null;

  @Identity({ category: "SUBSCRIBER" })
  @Field(() => GraphQLDate, { nullable: true })
  @Property({ type: "date", nullable: true })
  dateOfBirth!: string | null;

  @Identity({ category: "SUBSCRIBER" })
  @Field(() => String, { nullable: true })
  @Property({ type: "text", nullable: true })
  postalAddress!: string | null;

  @Inaccessible()
  @Field(() => Jurisdiction, { description: "What the platform knows of the person's ties to states." })
  get jurisdiction(): Jurisdiction {
    const { providerCountry, residence, nationality, locatedIn, protectedRole } = this;
    return { providerCountry, residence, nationality, locatedIn, protectedRole };
  }
}
