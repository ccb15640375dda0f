import { Field, ID, ObjectType } from "type-graphql";
import { Key } from "../../kit/directives.js";

/** Entities of other subgraphs, by their key alone. */

@Key("id", { resolvable: false })
@ObjectType("User")
export class UserOfRecord {
  @Field(() => ID)
  id!: string;
}

@Key("id", { resolvable: false })
@ObjectType("Case")
export class CaseOfRecord {
  @Field(() => ID)
  id!: string;
}

@Key("id", { resolvable: false })
@ObjectType("Authority")
export class AuthorityOfRecord {
  @Field(() => ID)
  id!: string;
}

@Key("id", { resolvable: false })
@ObjectType("Rule")
export class RuleOfRecord {
  @Field(() => ID)
  id!: string;
}

@Key("hash", { resolvable: false })
@ObjectType("RuleBook")
export class RuleBookOfRecord {
  @Field(() => String)
  hash!: string;
}

/** Audit's part of a warrant: the records of what was asked and disclosed under it. */
@Key("id")
@ObjectType("Warrant")
export class WarrantOfRecord {
  @Field(() => ID)
  id!: string;
}

@Key("id", { resolvable: false })
@ObjectType("Obligation")
export class ObligationOfRecord {
  @Field(() => ID)
  id!: string;
}
