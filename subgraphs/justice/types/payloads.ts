import { Field, ObjectType } from "type-graphql";
import { Case } from "../entities/case.js";
import { Warrant } from "../entities/warrant.js";
import { UserError } from "./user-error.js";

@ObjectType("CasePayload")
export class CasePayload {
  @Field(() => Case, { nullable: true })
  case!: Case | null;

  @Field(() => [UserError])
  warnings!: UserError[];

  @Field(() => [UserError], { description: "Not empty: nothing changed." })
  userErrors!: UserError[];
}

@ObjectType("WarrantPayload")
export class WarrantPayload {
  @Field(() => Warrant, { nullable: true })
  warrant!: Warrant | null;

  @Field(() => [UserError])
  warnings!: UserError[];

  @Field(() => [UserError], { description: "Not empty: nothing changed." })
  userErrors!: UserError[];
}
