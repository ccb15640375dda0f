import type { EntityManager } from "../../kit/subgraph.js";
import { countHours, countVolumes } from "./count-volumes.js";
import { actChecks, among, decide, decideAgain, entryChecks, ofWarrant, systemChecks } from "./decide-findings.js";

/** What one step of the projection brought. */
export interface ProjectedStep {
  /** The first leaf, and the one after the last. */
  readonly from: number;
  readonly end: number;
  /** Earlier or new access records whose outcome was stated. */
  readonly restated: readonly number[];
  readonly hasActs: boolean;
}

/**
 * Decides what the checks find in the leaves of a step, and anew in earlier ones that they bear on: those whose outcome they state, and those under the warrants of
 * their acts. Whichever comes later in the log decides. In the projection's transaction, after its rows are in, so that findings and what can be searched are of one moment.
 */
export async function checkStep(transaction: EntityManager, step: ProjectedStep): Promise<void> {
  const { from, end, restated, hasActs } = step;
  const earlier = restated.filter((index) => index < from);
  await decide(transaction, entryChecks, ["entry.index >= ? and entry.index < ?", [from, end]]);
  await decide(transaction, systemChecks, ["system.index >= ? and system.index < ?", [from, end]]);
  if (earlier.length > 0) await decideAgain(transaction, entryChecks, among("entry", earlier));
  if (hasActs) {
    const settled = actChecks.filter((check) => !ofWarrant(actChecks).includes(check));
    await decide(transaction, settled, ["act.index >= ? and act.index < ?", [from, end]]);
    await decideAgain(transaction, ofWarrant(entryChecks), [accessesOfActs, [from, end, from, end, from]]);
  }
  await decideAgain(transaction, ofWarrant(actChecks), [
    actsOfStep,
    [from, end, from, end, from, end, JSON.stringify(earlier), from, end],
  ]);
  await countVolumes(transaction, from, end);
  await countHours(transaction, from, end);
}

/** Decides everything in a log of so many leaves of which nothing is decided. */
export async function checkAll(transaction: EntityManager, size: number): Promise<void> {
  const [bulky, others] = [
    ["DISCLOSED_WITHOUT_USABLE_WARRANT"],
    entryChecks.filter((check) => check !== "DISCLOSED_WITHOUT_USABLE_WARRANT"),
  ] as const;
  for (const checks of [others, actChecks, systemChecks]) await decide(transaction, checks, ["true", []]);
  await decide(transaction, bulky, [mayLackWarrant, []]);
  await countVolumes(transaction, 0, size);
  await countHours(transaction, 0, size);
}

/** What every access fulfils that is without a usable warrant: most do not, and are passed over at once. */
const mayLackWarrant = `(entry.warrant_status is distinct from 'ACCEPTED'
  or entry.warrant_id in (select warrant_id from audit.audit_warrant_entry where to_status in ('REVOKED', 'EXPIRED', 'REFUSED'))
  or entry.warrant_id in (select warrant_id from audit.audit_warrant_entry
    where not categories @> array(select distinct category from audit.audit_entry_field where permitted)))`;

/**
 * Accesses before the step that its acts can decide otherwise. One that ends the warrant or validates it bears on those recorded from then on; categories and authority
 * of a warrant bear on all, once they are first seen.
 */
const accessesOfActs = `entry.index in (
  select under.index from audit.audit_warrant_entry as act
    cross join lateral (select hour.first from audit.audit_hour as hour where hour.hour >= date_trunc('hour', act.done_at, 'UTC') order by hour.hour limit 1) as since
    join audit.audit_entry as under on under.warrant_id = act.warrant_id and under.index >= since.first and under.recorded_at >= act.done_at
  where act.index >= ? and act.index < ? and (act.to_status in ('REVOKED', 'EXPIRED', 'REFUSED') or act.act = 'VALIDATE')
  union
  select under.index from audit.audit_warrant_entry as act join audit.audit_entry as under on under.warrant_id = act.warrant_id
  where act.index >= ? and act.index < ? and not exists (
    select from audit.audit_warrant_entry as other where other.warrant_id = act.warrant_id and other.index < act.index
      and other.categories = act.categories and other.authority_kind = act.authority_kind)
) and entry.index < ?`;

/** Acts that the step can decide otherwise: its own, those on the warrants of its acts and accesses, and those about an obligation that it changed. */
const actsOfStep = `act.index in (
  select own.index from audit.audit_warrant_entry as own where own.index >= ? and own.index < ?
  union
  select under.index from audit.audit_warrant_entry as under where under.warrant_id in (
    select warrant_id from audit.audit_warrant_entry where index >= ? and index < ?
    union select warrant_id from audit.audit_entry where index >= ? and index < ? and outcome <> 'WITHHELD'
    union select warrant_id from audit.audit_entry where index in (select value::bigint from jsonb_array_elements_text(?::jsonb)))
  union
  select before.index from audit.audit_warrant_duty as fresh join audit.audit_warrant_duty as before using (obligation_id)
  where fresh.index >= ? and fresh.index < ?)`;
