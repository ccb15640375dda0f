import type { Principal } from "../../schema/principal.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import { writeChange } from "./act-on-obligation.js";
import { inForce } from "./life.js";
import { findWarrant, obligationsOf } from "./load.js";
import { RuleBroken, refuseIfAny } from "./rule-broken.js";
import { statusAt } from "./status-at.js";
import type { DeletedInput } from "./types/data-to-keep.js";
import type { WarrantPayload } from "./types/payloads.js";
import { userError } from "./types/user-error.js";

/**
 * The platform says what became of the data of a preservation that is over: the obligation to delete is done, and its words stand in the history. Said again it
 * changes nothing. Throws RuleBroken while the preservation is in force.
 */
export async function reportDeletion(
  context: SubgraphContext,
  provider: Principal,
  id: string,
  said: readonly DeletedInput[],
): Promise<Omit<WarrantPayload, "userErrors">> {
  const warrant = await findWarrant(context, id);
  if (warrant?.kind !== "PRESERVATION")
    throw new RuleBroken([userError("WARRANT_UNKNOWN", "There is no such preservation.", ["warrantId"])]);
  if (inForce.some((status) => status === statusAt(warrant, context.clock())))
    refuseIfAny([
      userError("PRESERVATION_IN_FORCE", "This preservation is in force: its data are kept.", ["warrantId"]),
    ]);
  const deletion = (await obligationsOf(context, warrant)).find(
    ({ kind, owner, state }) => kind === "DELETE" && owner === "PROVIDER" && state !== "DONE",
  );
  if (deletion === undefined) return { warrant, warnings: [] };
  const change = { state: "DONE", doneAt: context.clock() } as const;
  return writeChange(context, provider, { warrant, obligation: deletion, note: said.map(inWords).join(" "), change });
}

function inWords({ category, deleted, kept }: DeletedInput): string {
  return `${category}: ${deleted} rows deleted, ${kept} kept under the platform's own retention.`;
}
