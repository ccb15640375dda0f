import { Field, ObjectType } from "type-graphql";
import type { ProtectedRole } from "../../../schema/law/vocabulary.js";
import { ProtectedRoleEnum } from "../../kit/enums.js";
import { GraphQLCountryCode } from "../../kit/scalars.js";

/** What the issuing authority believes about a person, and why. */
@ObjectType("DeclaredFacts", { description: "What the issuing authority believes about a person, and why." })
export class DeclaredFacts {
  @Field(() => GraphQLCountryCode, { nullable: true })
  nationality!: string | null;

  @Field(() => GraphQLCountryCode, { nullable: true })
  residence!: string | null;

  @Field(() => GraphQLCountryCode, { nullable: true })
  locatedIn!: string | null;

  @Field(() => ProtectedRoleEnum, { nullable: true })
  protectedRole!: ProtectedRole | null;

  @Field(() => String, { nullable: true })
  grounds!: string | null;
}
