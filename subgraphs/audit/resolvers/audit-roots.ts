import { Arg, Args, Ctx, Query, Resolver } from "type-graphql";
import { type Page, PageArgs, PageArgsBothWays } from "../../kit/connection.js";
import { Refusal } from "../../kit/refusal.js";
import { GraphQLDateTime, GraphQLSafeInt } from "../../kit/scalars.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { AccessRecord } from "../entities/access-record.js";
import type { AuditCheck } from "../query/audit-checks.js";
import { countAccesses } from "../query/count-accesses.js";
import { findRecord } from "../query/find-record.js";
import { type FindingPage, pageFindings } from "../query/page-findings.js";
import { pageRecords } from "../query/page-records.js";
import { scopeOf } from "../query/scope.js";
import { AccessCount } from "../types/access-count.js";
import { AccessLogFilter } from "../types/access-log-filter.js";
import { AuditFindingConnection } from "../types/audit-finding.js";
import { AccessRecordConnection } from "../types/connection.js";
import { type AccessLogDimension, AccessLogDimensionEnum, AuditCheckEnum } from "../words.js";

/** What auditors and providers ask the log. */
@Resolver()
export class AuditRoots {
  @Query(() => AccessRecordConnection, {
    nullable: true,
    description:
      "The records of your scope, oldest first as in the log; `last` and `before` read from its end. Who read the log is listed to auditors under the purpose CONSULTATION.",
  })
  accessLog(
    @Arg("filter", () => AccessLogFilter, { nullable: true }) filter: AccessLogFilter | null,
    @Args(() => PageArgsBothWays) paging: PageArgsBothWays,
    @Ctx() { em, principal }: SubgraphContext,
  ): Promise<Page<AccessRecord>> {
    return pageRecords(em, { list: "accessLog", filter: filter ?? null, scope: scopeOf(principal), paging });
  }

  @Query(() => AccessRecord, {
    nullable: true,
    description: "Null where the leaf is no access record, or not one of your scope.",
  })
  async accessRecord(
    @Arg("index", () => GraphQLSafeInt) index: number,
    @Ctx() { em, principal }: SubgraphContext,
  ): Promise<AccessRecord | null> {
    const scope = scopeOf(principal);
    if (index < 0) throw new Refusal("LOG_RANGE");
    return findRecord(em, index, scope);
  }

  @Query(() => [AccessCount], { nullable: true, description: "Field decisions of your scope, counted in groups." })
  accessStatistics(
    @Arg("filter", () => AccessLogFilter, { nullable: true }) filter: AccessLogFilter | null,
    @Arg("by", () => [AccessLogDimensionEnum]) by: AccessLogDimension[],
    @Ctx() { em, principal }: SubgraphContext,
  ): Promise<AccessCount[]> {
    return countAccesses(em, by, filter ?? null, scopeOf(principal));
  }

  @Query(() => AuditFindingConnection, {
    nullable: true,
    description: "What a check finds in the log, oldest first; none over `treeSize` leaves is the evidence of none.",
  })
  auditCheck(
    @Arg("check", () => AuditCheckEnum) check: AuditCheck,
    @Arg("from", () => GraphQLDateTime, { nullable: true }) from: Date | null,
    @Arg("to", () => GraphQLDateTime, { nullable: true }) to: Date | null,
    @Args(() => PageArgs) paging: PageArgs,
    @Ctx() { em, principal }: SubgraphContext,
  ): Promise<FindingPage> {
    return pageFindings(em, { check, from: from ?? null, to: to ?? null, scope: scopeOf(principal), paging });
  }
}
