import { Entity, Index, ManyToOne, PrimaryKey, Property } from "@mikro-orm/decorators/legacy";
import { Field, ID, ObjectType } from "type-graphql";
import { GraphQLDateTime } from "../../kit/scalars.js";
import { User } from "./user.js";

/** No entity of the graph: it is reached through `User.messages` alone. */
@ObjectType("Message", { simpleResolvers: true, description: "A private message, from the side of one account." })
@Entity({ tableName: "messages" })
@Index({ name: "messages_by_user", properties: ["userId", "sentAt", "id"] })
export class Message {
  @Field(() => ID)
  @PrimaryKey({ type: "text" })
  id!: string;

  @ManyToOne(() => User, { fieldName: "user_id", mapToPk: true })
  userId!: string;

  @ManyToOne(() => User, { fieldName: "counterpart_id", mapToPk: true })
  counterpartId!: string;

  @Field(() => GraphQLDateTime)
  @Property({ type: "datetime", columnType: "timestamptz(3)" })
  sentAt!: Date;

  @Field(() => String)
  @Property({ type: "text" })
  body!: string;
}
