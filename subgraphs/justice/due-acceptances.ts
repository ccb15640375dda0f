import type { EntityManager } from "../kit/subgraph.js";
import { AcceptancePolicy } from "./entities/acceptance-policy.js";
import { statusesBefore } from "./life.js";
import type { DueAcceptance } from "./types/acceptance.js";

/** Most items that one look finds. */
const most = 100;

/**
 * Items whose moment has come under the policy in force: ordered, covered, not yet looked at. The moment was drawn by lot with the draft and rests on no fact about
 * anybody, so that it says nothing.
 */
export async function dueAcceptances(em: EntityManager, now: Date): Promise<DueAcceptance[]> {
  const policies = await em.find(AcceptancePolicy, {}, { orderBy: { version: "desc" } });
  const inForce = [...Map.groupBy(policies, ({ platform }) => platform).values()].flatMap(([newest]) => newest ?? []);
  const due = (await Promise.all(inForce.map((policy) => dueUnder(em, policy, now)))).flat();
  const byWarrant = Map.groupBy(due.slice(0, most), ({ warrantId }) => warrantId);
  return [...byWarrant].map(([warrantId, items]) => ({ warrantId, itemIds: items.map(({ id }) => id) }));
}

interface DueItem {
  readonly id: string;
  readonly warrantId: string;
}

function dueUnder(em: EntityManager, policy: AcceptancePolicy, now: Date): Promise<DueItem[]> {
  const { platform, allows, earliestMinutes, latestMinutes } = policy;
  const statuses = statusesBefore("ACCEPT_BY_POLICY");
  return em.execute(
    `select i.id, i.warrant_id as "warrantId" from justice.warrant_items i join justice.warrants w on w.id = i.warrant_id
    where i.status = 'ORDERED' and i.for_person is null and w.kind = 'PRODUCTION' and w.platform = ?
      and w.status in (${statuses.map(() => "?").join(", ")}) and w.expires_at > ?
      and w.issued_at + (?::float8 + i.pace * ?::float8) * interval '1 minute' <= ?
      and exists (select 1 from jsonb_to_recordset(?::jsonb) as allowed(category text, countries jsonb)
        where allowed.category = i.category and allowed.countries @> to_jsonb(w.country))
    order by w.issued_at, i.warrant_id, i.position limit ${most}`,
    [platform, ...statuses, now, earliestMinutes, latestMinutes - earliestMinutes, now, JSON.stringify(allows)],
  );
}
