import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import { type Page, PageArgs } from "../../kit/connection.js";
import { listKey } from "../../kit/cursor.js";
import { loadEntity } from "../../kit/load-entity.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { readCaller } from "../caller.js";
import { isStorable } from "../check-text.js";
import { Authority } from "../entities/authority.js";
import { Case } from "../entities/case.js";
import { Warrant } from "../entities/warrant.js";
import { WarrantItem } from "../entities/warrant-item.js";
import { findCase, findItem, findWarrant } from "../load.js";
import { pageOfSeen } from "../page-of-seen.js";
import { casesSeenBy, seesAuthorities, warrantsSeenBy } from "../sight.js";
import { CaseConnection, WarrantConnection } from "../types/connections.js";
import { WarrantFilter } from "../types/inputs.js";
import { warrantsLike } from "../warrant-filter.js";
import { warrantOrders } from "../warrant-orders.js";
import { type WarrantOrder, WarrantOrderEnum } from "../words.js";

@Resolver()
export class Queries {
  @Query(() => Case, { nullable: true })
  async case(@Ctx() context: SubgraphContext, @Arg("id", () => ID) id: string): Promise<Case | null> {
    await readCaller(context);
    return findCase(context, id);
  }

  @Query(() => CaseConnection, { nullable: true, description: "Opened last comes first." })
  async cases(@Ctx() context: SubgraphContext, @Args(() => PageArgs) page: PageArgs): Promise<Page<Case> | null> {
    const sight = await casesSeenBy(context);
    if (sight === null) return null;
    const order = { property: "openedAt", direction: "desc" } as const;
    return pageOfSeen(context.em, Case, { key: listKey("cases"), sight, where: {}, order }, page);
  }

  @Query(() => Warrant, { nullable: true })
  async warrant(@Ctx() context: SubgraphContext, @Arg("id", () => ID) id: string): Promise<Warrant | null> {
    await readCaller(context);
    return findWarrant(context, id);
  }

  @Query(() => WarrantConnection, { nullable: true })
  async warrants(
    @Ctx() context: SubgraphContext,
    @Arg("filter", () => WarrantFilter, { nullable: true }) filter: WarrantFilter | null,
    @Arg("orderBy", () => WarrantOrderEnum, { nullable: true, defaultValue: "DEADLINE" })
    orderBy: WarrantOrder | null,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<Warrant> | null> {
    const sight = await warrantsSeenBy(context);
    if (sight === null) return null;
    const order = orderBy ?? "DEADLINE";
    const where = warrantsLike(context.em, filter ?? {}, context.clock());
    const key = listKey(`warrants by ${order}`, filter ?? {});
    return pageOfSeen(context.em, Warrant, { key, sight, where, order: warrantOrders[order] }, page);
  }

  @Query(() => WarrantItem, { nullable: true, description: "Seen by whoever sees its warrant." })
  async warrantItem(@Ctx() context: SubgraphContext, @Arg("id", () => ID) id: string): Promise<WarrantItem | null> {
    await readCaller(context);
    return findItem(context, id);
  }

  @Query(() => Authority, { nullable: true })
  async authority(@Ctx() context: SubgraphContext, @Arg("id", () => ID) id: string): Promise<Authority | null> {
    const seen = seesAuthorities(await readCaller(context)) && isStorable(id);
    return seen ? loadEntity(context, Authority, id) : null;
  }
}
