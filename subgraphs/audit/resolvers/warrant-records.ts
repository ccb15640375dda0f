import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { type Page, PageArgs } from "../../kit/connection.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import type { AccessRecord } from "../entities/access-record.js";
import { pageRecords } from "../query/page-records.js";
import { scopeOf } from "../query/scope.js";
import { AccessRecordConnection } from "../types/connection.js";
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
}
