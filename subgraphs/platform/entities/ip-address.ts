import { Entity, Index, ManyToOne, PrimaryKey, Property } from "@mikro-orm/decorators/legacy";
import { Field, ObjectType } from "type-graphql";
import { GraphQLDateTime, GraphQLIP, GraphQLPort } from "../../kit/scalars.js";
import { User } from "./user.js";

@ObjectType("IpAddress", { simpleResolvers: true, description: "An address from which an account was used." })
@Entity({ tableName: "ip_addresses" })
@Index({ name: "ip_addresses_by_user", properties: ["userId", "seenAt", "id"] })
@Index({ name: "ip_addresses_by_address", properties: ["address", "seenAt", "userId"] })
export class IpAddress {
  @PrimaryKey({ type: "text" })
  id!: string;

  @ManyToOne(() => User, { fieldName: "user_id", mapToPk: true })
  userId!: string;

  @Field(() => GraphQLIP)
  @Property({ type: "text", columnType: "inet" })
  address!: string;

  @Field(() => GraphQLPort, {
    nullable: true,
    description: "Source port: without it an address behind a shared one names nobody.",
  })
  @Property({ type: "integer", nullable: true })
  port!: number | null;

  @Field(() => GraphQLDateTime)
  @Property({ type: "datetime", columnType: "timestamptz(3)" })
  seenAt!: Date;
}
