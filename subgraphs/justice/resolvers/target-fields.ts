import { FieldResolver, Resolver, Root } from "type-graphql";
import { beliefOf } from "../canonical-content.js";
import { WarrantTarget } from "../entities/warrant-target.js";
import { DeclaredFacts } from "../types/declared-facts.js";

@Resolver(() => WarrantTarget)
export class TargetFields {
  @FieldResolver(() => DeclaredFacts, {
    nullable: true,
    description: "What the issuing authority believes; previews and issue rest on it.",
  })
  believed(@Root() target: WarrantTarget): DeclaredFacts | null {
    return beliefOf(target);
  }
}
