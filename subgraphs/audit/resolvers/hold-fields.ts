import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { findNamed } from "../query/find-named.js";
import { scopeOf } from "../query/scope.js";
import { Hold } from "../types/hold.js";
import { CaseOfRecord, WarrantOfRecord } from "../types/stubs.js";

/** What a hold is on, to those of whose scope some record names it: that a hold was placed is told to all who may read the log. */
@Resolver(() => Hold)
export class HoldFields {
  @FieldResolver(() => WarrantOfRecord, { nullable: true, description: "Null where no record of your scope names it." })
  async warrant(@Root() { warrantId }: Hold, @Ctx() context: SubgraphContext): Promise<WarrantOfRecord | null> {
    return (await isNamed(context, "warrant", warrantId)) ? { id: warrantId as string } : null;
  }

  @FieldResolver(() => CaseOfRecord, { nullable: true, description: "Likewise; null to a provider." })
  async case(@Root() { caseId }: Hold, @Ctx() context: SubgraphContext): Promise<CaseOfRecord | null> {
    if (!scopeOf(context.principal).cases) return null;
    return (await isNamed(context, "case", caseId)) ? { id: caseId as string } : null;
  }
}

async function isNamed(
  { em, principal }: SubgraphContext,
  reference: "warrant" | "case",
  id: string | null,
): Promise<boolean> {
  const scope = scopeOf(principal);
  if (id === null) return false;
  if (scope.country === null && scope.platform === null) return true;
  return (await findNamed(em, reference, [id], scope)).length > 0;
}
