import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { type Page, PageArgs } from "../../kit/connection.js";
import { listKey } from "../../kit/cursor.js";
import { pageOf } from "../../kit/page-of.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import type { AccessRecord } from "../entities/access-record.js";
import { WarrantRecord } from "../entities/warrant-record.js";
import { pageRecords } from "../query/page-records.js";
import { actsOf, scopeOf } from "../query/scope.js";
import { AccessRecordConnection, WarrantRecordConnection } from "../types/connection.js";
import { WarrantOfRecord } from "../types/stubs.js";

/** Audit's part of a warrant. */
@Resolver(() => WarrantOfRecord)
export class WarrantRecords {
  @FieldResolver(() => AccessRecordConnection, {
    nullable: true,
    description: "What was asked and disclosed under this warrant, oldest first; for auditors and the provider.",
  })
  accessRecords(
    @Root() { id }: WarrantOfRecord,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Ctx() { em, principal }: SubgraphContext,
  ): Promise<Page<AccessRecord>> {
    const paging = { first: first ?? 20, after: after ?? null };
    return pageRecords(em, {
      list: "Warrant.accessRecords",
      filter: { warrantId: id },
      scope: scopeOf(principal),
      paging,
    });
  }

  @FieldResolver(() => WarrantRecordConnection, {
    nullable: true,
    description: "What was done on this warrant, oldest first; for auditors and, from its issue on, the provider.",
  })
  warrantRecords(
    @Root() { id }: WarrantOfRecord,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { em, principal }: SubgraphContext,
  ): Promise<Page<WarrantRecord>> {
    const where = { warrantId: id, ...actsOf(scopeOf(principal)) };
    const key = listKey("Warrant.warrantRecords", { id });
    return pageOf(em, WarrantRecord, { key, where, order: [["index", "asc"]] }, page);
  }
}
