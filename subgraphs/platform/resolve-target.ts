import type { Identifier } from "../../schema/identity/identifier.js";
import { readIdentifier } from "../../schema/identity/identifier.js";
import { readIpEndpoint } from "../../schema/ip-address.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import { accountsNamed } from "./find-accounts.js";
import type { TargetResolution } from "./types/target-kind.js";
import type { WarrantTarget } from "./types/warrant-target.js";

/**
 * What a target comes to. An account, a handle, a post: as it was pinned at the draft. Who stands behind an e-mail address, a number or an Internet address is
 * identity data: nobody is told, and the provider, whose data it is, reads whether one account is meant, none or several. It is never guessed which.
 */
export async function resolveTarget(
  { em, principal }: SubgraphContext,
  target: WarrantTarget,
): Promise<TargetResolution | null> {
  const { kind, platform, pinned = null } = target;
  if (kind === "ACCOUNT_ID" || kind === "HANDLE" || kind === "POST_URL") return pinned;
  if (principal.role !== "PROVIDER" || principal.platform !== platform) return "NOT_YET";
  const identifier = identifierOf(target);
  if (identifier === null) return "UNKNOWN";
  const { length } = await accountsNamed(em, identifier, { platform, after: null, limit: 2 });
  return length === 0 ? "UNKNOWN" : length === 1 ? "RESOLVED" : "AMBIGUOUS";
}

const halfADay = 12 * 3_600_000;

function identifierOf({ kind, value, at }: WarrantTarget): Identifier | null {
  if (kind === "EMAIL" || kind === "PHONE") return readIdentifier(kind, { email: value, phone: value });
  const endpoint = readIpEndpoint(value);
  const moment = Date.parse(at ?? "");
  if (endpoint === null || Number.isNaN(moment)) return null;
  return readIdentifier("IP_ADDRESS", { ...endpoint, from: moment - halfADay, to: moment + halfADay });
}
