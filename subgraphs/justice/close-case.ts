import type { Principal } from "../../schema/principal.js";
import { keepOutcome } from "../kit/act-once.js";
import { EntityReference } from "../kit/outcome-text.js";
import { Refusal } from "../kit/refusal.js";
import type { EntityManager, SubgraphContext } from "../kit/subgraph.js";
import { Case } from "./entities/case.js";
import { Warrant } from "./entities/warrant.js";
import { findCase, forgetCase } from "./load.js";
import { findOwnCase } from "./own-case.js";
import { RuleBroken } from "./rule-broken.js";
import { expiringStatuses } from "./status-at.js";
import type { CasePayload } from "./types/payloads.js";
import { userError } from "./types/user-error.js";

/** Closes a case. Its warrants live on until they expire or are revoked, and a warning says so. Throws RuleBroken. */
export async function closeCase(
  context: SubgraphContext,
  judge: Principal,
  id: string,
): Promise<Omit<CasePayload, "userErrors">> {
  const { em } = context;
  const now = context.clock();
  const found = await findOwnCase(context, judge, id, "id");
  if (found.closedAt !== null) throw new RuleBroken([userError("CASE_CLOSED", "The case is closed already.", ["id"])]);
  const warnings = await em.transactional(async (transaction) => {
    const closed = await transaction.nativeUpdate(Case, { id, closedAt: null }, { closedAt: now });
    if (closed !== 1) throw new Refusal("CHANGED_MEANWHILE");
    const alive = await transaction.count(Warrant, {
      caseId: id,
      status: { $in: [...expiringStatuses] },
      endsAt: { $gt: now },
    });
    const message = `${alive} of its warrants are not over yet: revoke those that are no longer needed.`;
    const remain = alive > 0 ? [userError("WARRANTS_REMAIN", message)] : [];
    const answered = { case: new EntityReference("Case", id), warnings: remain, userErrors: [] };
    await keepOutcome(context, transaction as EntityManager, answered);
    return remain;
  });
  forgetCase(context, id);
  return { case: await findCase(context, id), warnings };
}
