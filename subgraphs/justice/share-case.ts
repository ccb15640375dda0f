import { randomUUID } from "node:crypto";
import type { Principal } from "../../schema/principal.js";
import { keepOutcome } from "../kit/act-once.js";
import { loadEntity } from "../kit/load-entity.js";
import { EntityReference } from "../kit/outcome-text.js";
import type { EntityManager, SubgraphContext } from "../kit/subgraph.js";
import { isStorable } from "./check-text.js";
import { Authority } from "./entities/authority.js";
import { CaseShare } from "./entities/case-share.js";
import { findCase, forgetCase } from "./load.js";
import { findOwnCase } from "./own-case.js";
import { RuleBroken } from "./rule-broken.js";
import type { CasePayload } from "./types/payloads.js";
import { userError } from "./types/user-error.js";

/**
 * Lets another authority of the same country read a case and its warrants; to act on them stays with the authority whose case it is. To share again
 * changes nothing. Throws RuleBroken.
 */
export async function shareCase(
  context: SubgraphContext,
  judge: Principal,
  id: string,
  authorityId: string,
): Promise<Omit<CasePayload, "userErrors">> {
  const found = await findOwnCase(context, judge, id, "id");
  const other = isStorable(authorityId) ? await loadEntity(context, Authority, authorityId) : null;
  const refuse = (code: string, message: string): never => {
    throw new RuleBroken([userError(code, message, ["authorityId"])]);
  };
  if (other === null) refuse("AUTHORITY_UNKNOWN", "The register has no such authority.");
  else if (other.id === found.authorityId) refuse("AUTHORITY_OWN", "The case is of this authority already.");
  else if (other.country !== found.country) {
    refuse(
      "AUTHORITY_ABROAD",
      "A case is shared with authorities of its own country; abroad there is mutual assistance.",
    );
  }
  await context.em.transactional(async (transaction) => {
    await transaction.upsert(
      CaseShare,
      { id: `share-${randomUUID()}`, caseId: id, authorityId, sharedAt: context.clock(), sharedBy: judge.sub },
      { onConflictFields: ["caseId", "authorityId"], onConflictAction: "ignore" },
    );
    const answered = { case: new EntityReference("Case", id), warnings: [], userErrors: [] };
    await keepOutcome(context, transaction as EntityManager, answered);
  });
  forgetCase(context, id);
  return { case: await findCase(context, id), warnings: [] };
}
