import { Entity, Index, ManyToOne, PrimaryKey, Property } from "@mikro-orm/decorators/legacy";
import { Field, ID, ObjectType } from "type-graphql";
import { Key } from "../../kit/directives.js";
import { Node } from "../../kit/node.js";
import { GraphQLCountryCode, GraphQLDateTime } from "../../kit/scalars.js";
import { Authority } from "./authority.js";

/** A case of an authority: what is investigated, under which offences. Warrants are drafted in it. */
@Key("id")
@ObjectType("Case", { implements: Node, description: "What an authority investigates. Warrants are drafted in it." })
@Entity({ tableName: "cases" })
@Index({ name: "cases_by_authority", properties: ["authorityId", "openedAt", "id"] })
@Index({ name: "cases_by_country", properties: ["country", "openedAt", "id"] })
export class Case implements Node {
  @Field(() => ID)
  @PrimaryKey({ type: "text" })
  id!: string;

  @Field(() => String, { description: "The authority's own file number." })
  @Property({ type: "text" })
  reference!: string;

  @Field(() => GraphQLCountryCode)
  @Property({ type: "text" })
  country!: string;

  @ManyToOne(() => Authority, { fieldName: "authority_id", mapToPk: true })
  authorityId!: string;

  /** Keys of the treaty subgraph's table, in the order in which the authority named them: it breaks ties between offences. */
  @Property({ type: "string[]", columnType: "text[]" })
  offenceCodes!: string[];

  @Field(() => Boolean)
  @Property({ type: "boolean" })
  committedOnline!: boolean;

  @Field(() => GraphQLCountryCode, { nullable: true, description: "Where the offence was committed." })
  @Property({ type: "text", nullable: true })
  offenceCountry!: string | null;

  @Property({ type: "string[]", columnType: "text[]" })
  postIds!: string[];

  @Field(() => GraphQLDateTime)
  @Property({ type: "datetime", columnType: "timestamptz(3)" })
  openedAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true })
  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  closedAt!: Date | null;
}
