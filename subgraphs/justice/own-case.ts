import type { Principal } from "../../schema/principal.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import type { Case } from "./entities/case.js";
import { findCase } from "./load.js";
import { RuleBroken } from "./rule-broken.js";
import { userError } from "./types/user-error.js";

/** A case of the judge's own authority: one that is shared with her she reads. Throws RuleBroken. */
export async function findOwnCase(
  context: SubgraphContext,
  { authority }: Principal,
  id: string,
  field: string,
): Promise<Case> {
  const found = await findCase(context, id);
  if (found !== null && found.authorityId === authority) return found;
  const message =
    found === null ? "There is no such case." : "This case is of another authority, which shared it with yours.";
  throw new RuleBroken([userError(found === null ? "CASE_UNKNOWN" : "CASE_NOT_YOURS", message, [field])]);
}
