import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import { Refusal } from "../../kit/refusal.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { findNamed } from "../query/find-named.js";
import { scopeOf } from "../query/scope.js";
import { NamedInLog } from "../types/named-in-log.js";

/** Most ids in one question. */
const most = 1_000;

/** What justice asks before it shows an auditor a warrant or a case: she sees those that the records of her scope name. */
@Resolver()
export class NamedInLogQuery {
  @Query(() => NamedInLog, {
    nullable: true,
    description: "Which of these warrants and cases some record in your scope names; for auditors.",
  })
  async namedInLog(
    @Arg("warrantIds", () => [ID]) warrantIds: string[],
    @Arg("caseIds", () => [ID]) caseIds: string[],
    @Ctx() { em, principal }: SubgraphContext,
  ): Promise<NamedInLog> {
    const reader = principal.role === "SERVICE" ? (principal.onBehalfOf ?? principal) : principal;
    if (reader.role !== "AUDITOR") throw new Refusal("ROLE");
    if (warrantIds.length + caseIds.length > most) throw new Refusal("INPUT");
    const scope = scopeOf(reader);
    return {
      warrants: await findNamed(em, "warrant", warrantIds, scope),
      cases: await findNamed(em, "case", caseIds, scope),
    };
  }
}
