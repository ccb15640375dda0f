import { FieldResolver, Resolver, Root } from "type-graphql";
import { GraphQLSafeInt } from "../../kit/scalars.js";
import type { FindingPage } from "../query/page-findings.js";
import { AuditFinding, AuditFindingConnection } from "../types/audit-finding.js";
import { ObligationOfRecord, WarrantOfRecord } from "../types/stubs.js";

/** What a check says of itself: without it, an empty list would be the evidence of nothing. */
@Resolver(() => AuditFindingConnection)
export class FindingListFields {
  @FieldResolver(() => GraphQLSafeInt, { description: "How many leaves, from the first on, the check looked at." })
  treeSize(@Root() { treeSize }: FindingPage): number {
    return treeSize;
  }
}

@Resolver(() => AuditFinding)
export class FindingFields {
  @FieldResolver(() => WarrantOfRecord, { nullable: true })
  warrant(@Root() { record, warrantRecord }: AuditFinding): WarrantOfRecord | null {
    const id = record?.warrantId ?? warrantRecord?.warrantId ?? null;
    return id === null ? null : { id };
  }

  @FieldResolver(() => ObligationOfRecord, { nullable: true, description: "The duty that was not done." })
  obligation(@Root() { obligationId }: AuditFinding): ObligationOfRecord | null {
    return obligationId === null ? null : { id: obligationId };
  }
}
