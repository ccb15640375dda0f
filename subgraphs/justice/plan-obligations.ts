import { randomUUID } from "node:crypto";
import type { ObligationKind } from "../../schema/law/vocabulary.js";
import type { Duty } from "./ask-decisions.js";
import { deadlineAfter } from "./deadline.js";
import type { Deed } from "./deed.js";
import type { Obligation } from "./entities/obligation.js";
import type { WarrantItem } from "./entities/warrant-item.js";

/** Duties of single items; of any other kind there is one for the whole warrant, however many items bring it. */
const byItem: readonly ObligationKind[] = ["HOLD", "CHECK_IMMUNITY"];

/**
 * The obligations that the order brings, counted from now. The copy for the enforcing authority is served by the order itself where that authority is
 * in the register (`served`, by country); elsewhere somebody must send it. Pure but for random ids.
 */
export function planObligations(deed: Deed, served: ReadonlySet<string>): Obligation[] {
  const { items, decisions, now } = deed;
  const planned = new Map<string, Obligation>();
  for (const item of items) {
    for (const duty of decisions?.get(item.id)?.duties ?? []) {
      const about = byItem.includes(duty.kind) ? item : null;
      const key = JSON.stringify([duty, about?.id]);
      if (planned.has(key)) continue;
      const obligation = obligationOf(duty, about, deed);
      const country = decisions?.get(item.id)?.providerCountry ?? null;
      const done = duty.kind === "NOTIFY_ENFORCING_AUTHORITY" && country !== null && served.has(country);
      planned.set(key, done ? { ...obligation, state: "DONE", doneAt: now } : obligation);
    }
  }
  return [...planned.values()];
}

/** One obligation, open. */
export function obligationOf(
  { kind, owner, dueHours, text }: Duty,
  about: Pick<WarrantItem, "id"> | null,
  { warrant, now }: Pick<Deed, "warrant" | "now">,
): Obligation {
  return {
    id: `obligation-${randomUUID()}`,
    warrantId: warrant.id,
    itemId: about?.id ?? null,
    country: warrant.country,
    platform: warrant.platform,
    ...{ kind, owner, text },
    dueAt: deadlineAfter(now, dueHours),
    state: "OPEN",
    doneAt: null,
    actor: null,
    note: null,
    deferredUntil: null,
  };
}
