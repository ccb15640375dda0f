import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { GraphQLDateTime } from "../../kit/scalars.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { Obligation } from "../entities/obligation.js";
import { Warrant } from "../entities/warrant.js";
import { WarrantItem } from "../entities/warrant-item.js";
import { findItem, findWarrant } from "../load.js";
import { obligationDoneAt, obligationStateAt } from "../obligation-state.js";
import { type ObligationState, ObligationStateEnum } from "../words.js";

@Resolver(() => Obligation)
export class ObligationFields {
  @FieldResolver(() => ObligationStateEnum)
  state(@Root() obligation: Obligation, @Ctx() { clock }: SubgraphContext): ObligationState {
    return obligationStateAt(obligation, clock());
  }

  @FieldResolver(() => GraphQLDateTime, { nullable: true })
  doneAt(@Root() obligation: Obligation, @Ctx() { clock }: SubgraphContext): Date | null {
    return obligationDoneAt(obligation, clock());
  }

  @FieldResolver(() => WarrantItem, { nullable: true, description: "Null: it is about the whole warrant." })
  item(@Root() { itemId }: Obligation, @Ctx() context: SubgraphContext): Promise<WarrantItem | null> | null {
    return itemId === null ? null : findItem(context, itemId);
  }

  @FieldResolver(() => Warrant, { nullable: true })
  warrant(@Root() { warrantId }: Obligation, @Ctx() context: SubgraphContext): Promise<Warrant | null> {
    return findWarrant(context, warrantId);
  }
}
