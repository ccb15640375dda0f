import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { type Page, PageArgs } from "../../kit/connection.js";
import { listKey } from "../../kit/cursor.js";
import { loadEntity } from "../../kit/load-entity.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { Authority } from "../entities/authority.js";
import { Case } from "../entities/case.js";
import { Warrant } from "../entities/warrant.js";
import { pageOfSeen } from "../page-of-seen.js";
import { warrantsSeenBy } from "../sight.js";
import { WarrantConnection } from "../types/connections.js";
import { OffenceStub, PostStub } from "../types/stubs.js";
import { warrantOrders } from "../warrant-orders.js";

@Resolver(() => Case)
export class CaseFields {
  @FieldResolver(() => Authority)
  authority(@Root() { authorityId }: Case, @Ctx() context: SubgraphContext): Promise<Authority | null> {
    return loadEntity(context, Authority, authorityId);
  }

  @FieldResolver(() => [OffenceStub], { nullable: "itemsAndList" })
  offences(@Root() { offenceCodes }: Case): OffenceStub[] {
    return offenceCodes.map((code) => ({ code }));
  }

  @FieldResolver(() => [PostStub], { nullable: "itemsAndList", description: "The evidence that opened the case." })
  posts(@Root() { postIds }: Case): PostStub[] {
    return postIds.map((id) => ({ id }));
  }

  @FieldResolver(() => WarrantConnection, { description: "What changed last comes first." })
  async warrants(
    @Root() { id }: Case,
    @Ctx() context: SubgraphContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<Warrant>> {
    const sight = (await warrantsSeenBy(context)) ?? { where: { id: { $in: [] } }, choose: null };
    const list = { key: listKey("Case.warrants", id), sight, where: { caseId: id }, order: warrantOrders.CHANGED };
    return pageOfSeen(context.em, Warrant, list, page);
  }
}
