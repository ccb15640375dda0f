import type { Principal } from "../../schema/principal.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import type { ItemDecision, PreservationTime } from "./ask-decisions.js";
import type { Deed } from "./deed.js";
import { doAct, type PreparedAct, prepareAct } from "./prepare-act.js";
import { RuleBroken, refuseIfAny } from "./rule-broken.js";
import type { WarrantPayload } from "./types/payloads.js";
import { userError } from "./types/user-error.js";

/**
 * Preservation: data are kept, and nobody gets them, until a production order asks for them. For how long, and by how much that may be extended once, the rule
 * says that permits it: Regulation (EU) 2023/1543, Art 11, 60 days and 30 more.
 */

/** What an order to preserve writes down of itself when it is issued. Throws RuleBroken where no rule has some of its data preserved. */
export function asPreservation(
  { warrant, items, now }: PreparedAct,
  decisions: ReadonlyMap<string, ItemDecision>,
): Deed["sets"] {
  if (warrant.kind !== "PRESERVATION") return {};
  const times = items.map(({ id, category }, index): PreservationTime => {
    const { effect, preservation = null, ruleId = null } = decisions.get(id) ?? {};
    if (effect === "PERMIT_PRESERVATION" && preservation !== null) return preservation;
    const message = `No rule lets your authority have ${category} data preserved by this provider: see the item's decision.`;
    throw new RuleBroken([userError("PRESERVATION_NOT_OPEN", message, ["items", index], ruleId)]);
  });
  const days = Math.min(...times.map((time) => time.days));
  const extensions = times.map(({ extensionDays }) => extensionDays ?? 0);
  const until = earlier(later(now, days), warrant.expiresAt);
  return { endsAt: until, heldByItselfUntil: until, extensionDays: Math.min(...extensions) || null };
}

/** Extends a preservation, once, by the days of its rule: Regulation (EU) 2023/1543, Art 11(1) and Annex VI. Throws RuleBroken. */
export async function extendPreservation(
  context: SubgraphContext,
  judge: Principal,
  id: string,
): Promise<Omit<WarrantPayload, "userErrors">> {
  const prepared = await prepareAct(context, judge, { act: "EXTEND", id });
  const { extensionDays, heldByItselfUntil, endsAt, expiresAt } = prepared.warrant;
  if (extensionDays === null || heldByItselfUntil === null)
    throw new RuleBroken([
      userError("EXTENSION_NOT_OPEN", "The rule of this preservation gives no extension.", ["id"]),
    ]);
  const until = earlier(later(heldByItselfUntil, extensionDays), expiresAt);
  if (until <= heldByItselfUntil)
    refuseIfAny([userError("EXTENSION_NOT_OPEN", "Its content names an end that no extension can move.", ["id"])]);
  return doAct(context, prepared, {
    reason: `Extended by ${extensionDays} days, until ${until.toISOString()}.`,
    sets: { heldByItselfUntil: until, endsAt: until > endsAt ? until : endsAt, extendedAt: prepared.now },
  });
}

function later(moment: Date, days: number): Date {
  return new Date(moment.getTime() + days * 86_400_000);
}

function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}
