import { Entity, ManyToOne, PrimaryKey, Property, Unique } from "@mikro-orm/decorators/legacy";
import { Field, ID, ObjectType } from "type-graphql";
import { GraphQLDateTime } from "../../kit/scalars.js";
import { Authority } from "./authority.js";

/** A public key of an authority. Once it has one, its warrants carry signatures. A key is revoked and never deleted: what it signed before stays signed. */
@ObjectType("AuthorityKey", { description: "A public key with which an authority signs its warrants." })
@Entity({ tableName: "authority_keys" })
@Unique({ name: "authority_keys_once", properties: ["authorityId", "keyId"] })
export class AuthorityKey {
  @PrimaryKey({ type: "text" })
  id!: string;

  @ManyToOne(() => Authority, { fieldName: "authority_id", mapToPk: true })
  authorityId!: string;

  @Field(() => ID, { description: "The `kid` of its signatures: that of the JWK, or its thumbprint (RFC 7638)." })
  @Property({ type: "text" })
  keyId!: string;

  /** RFC 7517, JSON text. */
  @Property({ type: "text" })
  jwk!: string;

  @Field(() => GraphQLDateTime)
  @Property({ type: "datetime", columnType: "timestamptz(3)" })
  registeredAt!: Date;

  /** `sub` of who registered it. */
  @Property({ type: "text" })
  registeredBy!: string;

  @Field(() => GraphQLDateTime, { nullable: true, description: "What is issued from then on under this key is void." })
  @Property({ type: "datetime", columnType: "timestamptz(3)", nullable: true })
  revokedAt!: Date | null;

  @Field(() => String, { nullable: true })
  @Property({ type: "text", nullable: true })
  revokedReason!: string | null;
}
