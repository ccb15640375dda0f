import { Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from "@mikro-orm/decorators/legacy";
import { Field, ObjectType } from "type-graphql";
import { Identity, Key } from "../../kit/directives.js";
import { Node } from "../../kit/node.js";
import { GraphQLDateTime, GraphQLURL } from "../../kit/scalars.js";
import { IpAddress } from "./ip-address.js";
import { User } from "./user.js";

@Key("id")
@ObjectType("Post", { implements: Node, simpleResolvers: true, description: "Something said in public." })
@Entity({ tableName: "posts" })
@Index({ name: "posts_by_author", properties: ["authorId", "publishedAt", "id"] })
@Index({ name: "posts_by_time", properties: ["publishedAt", "id"] })
export class Post implements Node {
  @PrimaryKey({ type: "text" })
  id!: string;

  @Field(() => GraphQLURL)
  @Property({ type: "text" })
  @Unique({ name: "posts_by_url" })
  url!: string;

  @ManyToOne(() => User, { fieldName: "author_id", mapToPk: true })
  authorId!: string;

  @Property({ type: "text" })
  text!: string;

  @Field(() => String, { nullable: true, description: "Null once it was removed." })
  get body(): string | null {
    return this.removedAt === null ? this.text : null;
  }

  @Identity({ category: "CONTENT", subject: "author" })
  @Field(() => String, { nullable: true, description: "What it said before it was removed." })
  get removedBody(): string | null {
    return this.removedAt === null ? null : this.text;
  }

  @Field(() => String, { nullable: true })
  @Property({ type: "text", nullable: true })
  language!: string | null;

  @Field(() => GraphQLDateTime)
  @Property({ type: "datetime", columnType: "timestamptz(3)" })
  publishedAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true })
  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  removedAt!: Date | null;

  /** The row of `ip_addresses` from which it was published. */
  @ManyToOne(() => IpAddress, { fieldName: "author_ip_id", mapToPk: true, nullable: true })
  authorIpId!: string | null;
}
