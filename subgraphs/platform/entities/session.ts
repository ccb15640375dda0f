import { Entity, Index, ManyToOne, PrimaryKey, Property } from "@mikro-orm/decorators/legacy";
import { Field, ObjectType } from "type-graphql";
import { GraphQLDateTime, GraphQLIP } from "../../kit/scalars.js";
import { User } from "./user.js";

@ObjectType("Session", { simpleResolvers: true, description: "A time during which an account was signed in." })
@Entity({ tableName: "sessions" })
@Index({ name: "sessions_by_user", properties: ["userId", "startedAt", "id"] })
export class Session {
  @PrimaryKey({ type: "text" })
  id!: string;

  @ManyToOne(() => User, { fieldName: "user_id", mapToPk: true })
  userId!: string;

  @Field(() => GraphQLDateTime)
  @Property({ type: "datetime", columnType: "timestamptz(3)" })
  startedAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true })
  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  endedAt!: Date | null;

  @Field(() => GraphQLIP)
  @Property({ type: "text", columnType: "inet" })
  address!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: "text", nullable: true })
  userAgent!: string | null;
}
