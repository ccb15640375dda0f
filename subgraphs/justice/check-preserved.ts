import type { DataCategory, WarrantKind } from "../../schema/law/vocabulary.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import type { Warrant } from "./entities/warrant.js";
import { inForce } from "./life.js";
import { findWarrant, targetsOf } from "./load.js";
import { statusAt } from "./status-at.js";
import { type UserError, userError } from "./types/user-error.js";

/** An order as far as it may follow a preservation. */
interface FollowUp {
  readonly kind: WarrantKind;
  readonly authorityId: string;
  readonly platform: string;
  readonly categories: readonly DataCategory[];
  /** Null: it follows none. */
  readonly preservesId: string | null;
}

/**
 * Whether a production order can follow the preservation that it names: one of the same authority and platform, in force, which keeps these accounts and
 * categories. Checked at draft and again at issue. An empty list: it can, or it follows none.
 */
export async function checkPreserved(
  context: SubgraphContext,
  { kind, authorityId, platform, categories, preservesId }: FollowUp,
  targets: readonly { readonly accountId: string | null }[],
): Promise<UserError[]> {
  if (preservesId === null || kind !== "PRODUCTION") return [];
  const say = (code: string, message: string): UserError => userError(code, message, ["preserves"]);
  const preserved = await findWarrant(context, preservesId);
  if (preserved?.kind !== "PRESERVATION" || preserved.authorityId !== authorityId)
    return [say("PRESERVED_UNKNOWN", "`preserves` names no preservation of your authority.")];
  if (!inForce.some((status) => status === statusAt(preserved, context.clock())))
    return [say("PRESERVATION_OVER", "This preservation is not in force: draft the order without it.")];
  if (preserved.platform !== platform)
    return [say("PRESERVED_ELSEWHERE", "This preservation is with another platform.")];
  return [...uncovered(preserved, categories), ...(await unkept(context, preserved, targets))].map((message) =>
    say("PRESERVED_OTHERWISE", message),
  );
}

function uncovered(preserved: Warrant, categories: readonly DataCategory[]): string[] {
  const missing = categories.filter((category) => !preserved.categories.includes(category));
  return missing.length === 0 ? [] : [`This preservation does not keep ${missing.join(", ")} data.`];
}

async function unkept(
  context: SubgraphContext,
  preserved: Warrant,
  targets: readonly { readonly accountId: string | null }[],
): Promise<string[]> {
  const kept = new Set((await targetsOf(context, preserved)).map(({ accountId }) => accountId));
  const missing = targets.flatMap(({ accountId }, index) =>
    accountId !== null && kept.has(accountId) ? [] : [index + 1],
  );
  return missing.length === 0 ? [] : [`This preservation keeps nothing of target ${missing.join(", ")}.`];
}
