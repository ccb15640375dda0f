import { Field, ID, ObjectType } from "type-graphql";
import { Key } from "../../kit/directives.js";
import { Node } from "../../kit/node.js";

/** Entities of other subgraphs, by their key alone: `node` names them, their own subgraph answers for them. What is kept for a warrant is ours to say. */

@Key("id", { resolvable: false })
@ObjectType("Case", { implements: Node })
export class CaseStub implements Node {
  @Field(() => ID)
  id!: string;
}

@Key("id")
@ObjectType("Warrant", { implements: Node })
export class WarrantStub implements Node {
  @Field(() => ID)
  id!: string;
}

@Key("id", { resolvable: false })
@ObjectType("WarrantItem", { implements: Node })
export class WarrantItemStub implements Node {
  @Field(() => ID)
  id!: string;
}

@Key("id", { resolvable: false })
@ObjectType("Authority", { implements: Node })
export class AuthorityStub implements Node {
  @Field(() => ID)
  id!: string;
}

@Key("id", { resolvable: false })
@ObjectType("Obligation", { implements: Node })
export class ObligationStub implements Node {
  @Field(() => ID)
  id!: string;
}
