import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Inaccessible } from "../../kit/directives.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { WarrantItem } from "../entities/warrant-item.js";
import { WarrantTarget } from "../entities/warrant-target.js";
import { legalQuestion } from "../legal-question.js";
import { askingOf, targetOf, warrantOf } from "../load.js";
import { itemStatusAt } from "../status-at.js";
import { ItemRefusal } from "../types/item-refusal.js";
import { LegalQuestion } from "../types/legal-question.js";
import { type ItemStatus, ItemStatusEnum } from "../words.js";

@Resolver(() => WarrantItem)
export class ItemFields {
  @FieldResolver(() => WarrantTarget)
  target(@Root() item: WarrantItem, @Ctx() context: SubgraphContext): Promise<WarrantTarget> {
    return targetOf(context, item);
  }

  @FieldResolver(() => ItemStatusEnum)
  async status(@Root() item: WarrantItem, @Ctx() context: SubgraphContext): Promise<ItemStatus> {
    return itemStatusAt(item, await warrantOf(context, item), context.clock());
  }

  @FieldResolver(() => ItemRefusal, { nullable: true })
  refusal(
    @Root() { refusalGround: ground, refusalBy: by, refusalReason: reason, refusalAt: at }: WarrantItem,
  ): ItemRefusal | null {
    return ground !== null && by !== null && reason !== null && at !== null ? { ground, by, reason, at } : null;
  }

  @Inaccessible()
  @FieldResolver(() => LegalQuestion, { description: "As the door will put it now, but on the declared facts." })
  async question(@Root() item: WarrantItem, @Ctx() context: SubgraphContext): Promise<LegalQuestion> {
    const asking = await askingOf(context, await warrantOf(context, item), context.clock());
    return legalQuestion(asking, await targetOf(context, item), item.category);
  }
}
