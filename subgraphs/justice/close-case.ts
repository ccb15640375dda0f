import type { Principal } from "../../schema/principal.js";
import { Refusal } from "../kit/refusal.js";
import type { SubgraphContext } from "../kit/subgraph.js";
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
  const closed = await em.nativeUpdate(Case, { id, closedAt: null }, { closedAt: now });
  if (closed !== 1) throw new Refusal("CHANGED_MEANWHILE");
  forgetCase(context, id);
  const alive = await em.count(Warrant, {
    caseId: id,
    status: { $in: [...expiringStatuses] },
    endsAt: { $gt: now },
  });
  const warning = userError(
    "WARRANTS_REMAIN",
    `${alive} of its warrants are not over yet: revoke those that are no longer needed.`,
  );
  return { case: await findCase(context, id), warnings: alive > 0 ? [warning] : [] };
}
