import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { DataCategory } from "../../../schema/law/vocabulary.js";
import type { Page } from "../../kit/connection.js";
import { listKey } from "../../kit/cursor.js";
import { DataCategoryEnum } from "../../kit/enums.js";
import { loadEntity } from "../../kit/load-entity.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { readCaller } from "../caller.js";
import { deadlineStateAt } from "../deadline.js";
import { Authority } from "../entities/authority.js";
import { Case } from "../entities/case.js";
import { Obligation } from "../entities/obligation.js";
import { Warrant } from "../entities/warrant.js";
import { WarrantEvent } from "../entities/warrant-event.js";
import type { WarrantItem } from "../entities/warrant-item.js";
import { WarrantTarget } from "../entities/warrant-target.js";
import { history } from "../history.js";
import { eventsOf, findCase, findWarrant, itemsOf, obligationsOf, targetsOf } from "../load.js";
import { pageOfRows } from "../page-of-rows.js";
import { seesFromIssue, seesHowAccepted, seesNecessity } from "../sight.js";
import { itemStatusAt, statusAt } from "../status-at.js";
import { WarrantItemConnection } from "../types/connections.js";
import { Period } from "../types/period.js";
import {
  type DeadlineState,
  DeadlineStateEnum,
  type ItemStatus,
  ItemStatusEnum,
  type WarrantStatus,
  WarrantStatusEnum,
} from "../words.js";

@ArgsType()
class ItemPageArgs {
  @Field(() => Int, { nullable: true, defaultValue: 100, description: "How many, from 1 to 100." })
  first?: number | null;

  @Field(() => String, { nullable: true, description: "The `endCursor` of the page before." })
  after?: string | null;
}

@Resolver(() => Warrant)
export class WarrantFields {
  @FieldResolver(() => Case, { nullable: true, description: "Null to those who may see the warrant but not the case." })
  case(@Root() { caseId }: Warrant, @Ctx() context: SubgraphContext): Promise<Case | null> {
    return findCase(context, caseId);
  }

  @FieldResolver(() => Authority)
  issuingAuthority(@Root() { authorityId }: Warrant, @Ctx() context: SubgraphContext): Promise<Authority | null> {
    return loadEntity(context, Authority, authorityId);
  }

  @FieldResolver(() => Authority, { nullable: true, description: "Who validated it, or declined to." })
  validatingAuthority(
    @Root() { validatingAuthorityId }: Warrant,
    @Ctx() context: SubgraphContext,
  ): Promise<Authority | null> | null {
    return validatingAuthorityId === null ? null : loadEntity(context, Authority, validatingAuthorityId);
  }

  @FieldResolver(() => [WarrantTarget])
  targets(@Root() warrant: Warrant, @Ctx() context: SubgraphContext): Promise<WarrantTarget[]> {
    return targetsOf(context, warrant);
  }

  @FieldResolver(() => WarrantItemConnection, { description: "Target by target." })
  async items(
    @Root() warrant: Warrant,
    @Ctx() context: SubgraphContext,
    @Arg("status", () => [ItemStatusEnum], { nullable: true }) status: ItemStatus[] | null,
    @Arg("category", () => DataCategoryEnum, { nullable: true }) category: DataCategory | null,
    @Args(() => ItemPageArgs) page: ItemPageArgs,
  ): Promise<Page<WarrantItem>> {
    const now = context.clock();
    const asked = (await itemsOf(context, warrant)).filter(
      (item) =>
        (!category || item.category === category) && (!status || status.includes(itemStatusAt(item, warrant, now))),
    );
    return pageOfRows(asked, listKey(`items of ${warrant.id}`, { status, category }), page);
  }

  @FieldResolver(() => Period, {
    nullable: true,
    description: "Of the data asked for; may be absent for SUBSCRIBER alone.",
  })
  period(@Root() { periodFrom: from, periodTo: to }: Warrant): Period | null {
    return from && to && { from, to };
  }

  @FieldResolver(() => String, { nullable: true, description: "Why the data are needed; never shown to the provider." })
  async necessity(@Root() { necessity }: Warrant, @Ctx() context: SubgraphContext): Promise<string | null> {
    return seesNecessity(await readCaller(context)) ? necessity : null;
  }

  @FieldResolver(() => WarrantStatusEnum)
  status(@Root() warrant: Warrant, @Ctx() { clock }: SubgraphContext): WarrantStatus {
    return statusAt(warrant, clock());
  }

  @FieldResolver(() => DeadlineStateEnum, {
    nullable: true,
    description: "Where the provider stands with its deadline; null where nothing is, or was, to be answered.",
  })
  deadlineState(@Root() warrant: Warrant, @Ctx() { clock }: SubgraphContext): DeadlineState | null {
    return deadlineStateAt(warrant, clock());
  }

  @FieldResolver(() => String, { description: "base64 of the RFC 8785 bytes that contentHash covers." })
  canonicalContent(@Root() { content }: Warrant): string {
    return Buffer.from(content, "utf8").toString("base64");
  }

  @FieldResolver(() => Warrant, { nullable: true, description: "The earlier warrant that this one replaces." })
  replaces(@Root() { replacesId }: Warrant, @Ctx() context: SubgraphContext): Promise<Warrant | null> | null {
    return replacesId === null ? null : findWarrant(context, replacesId);
  }

  @FieldResolver(() => [WarrantEvent], {
    description: "Complete, oldest first; for provider and enforcing authority from the issue on.",
  })
  async history(@Root() warrant: Warrant, @Ctx() context: SubgraphContext): Promise<WarrantEvent[]> {
    const caller = await readCaller(context);
    const reading = { now: context.clock(), fromIssue: seesFromIssue(caller), asProvider: seesHowAccepted(caller) };
    return history(warrant, await eventsOf(context, warrant), reading);
  }

  @FieldResolver(() => [Obligation], {
    nullable: "itemsAndList",
    description: "The duties that came with it, in the order in which they fall due.",
  })
  obligations(@Root() warrant: Warrant, @Ctx() context: SubgraphContext): Promise<Obligation[]> {
    return obligationsOf(context, warrant);
  }
}
