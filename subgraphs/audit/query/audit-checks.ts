/** What an auditor's check looks for, in SQL over the projection. */
export interface CheckDefinition {
  /** What a finding means, in one sentence. */
  readonly text: string;
  /**
   * `entry` is an access record; `act` an act on a warrant; `system` a leaf about the log itself, which is in everybody's scope; `volume` the operations of an actor
   * in an hour, shown by the first access of them.
   */
  readonly source: "entry" | "act" | "system" | "volume";
  /** Constants of this file alone; never anything from outside. */
  readonly where: string;
  /** The id of the obligation that it is about, likewise. */
  readonly obligation?: string;
  /** Later leaves under the same warrant can change what was decided; of an access, only acts can. Without it nothing later does but the outcome. */
  readonly byWarrant?: true;
}

const permitted = (condition: string): string =>
  `exists (select from audit.audit_entry_field as decided where decided.index = entry.index and decided.permitted and ${condition})`;

/** Conditions about other acts on the warrant of `act`, and about what they made of its obligations. */
const otherAct = (condition: string): string =>
  `exists (select from audit.audit_warrant_entry as other where other.warrant_id = act.warrant_id and ${condition})`;
const dutyOfWarrant = (condition: string): string =>
  otherAct(
    `exists (select from audit.audit_warrant_duty as duty where duty.index = other.index and duty.kind = 'INFORM_USER' and ${condition})`,
  );
const missed = (kind: string): string =>
  `act.act = 'MISS' and exists (select from audit.audit_warrant_duty as duty where duty.index = act.index and duty.state = 'MISSED' and duty.kind ${kind})`;
const doneLater = `exists (select from audit.audit_warrant_duty as duty join audit.audit_warrant_duty as later using (obligation_id)
  where duty.index = act.index and later.state = 'DONE')`;
const missedObligation =
  "(select obligation_id from audit.audit_warrant_duty as duty where duty.index = act.index limit 1)";
const somethingDisclosed = `(${otherAct("other.act = 'FULFIL'")} or exists (
  select from audit.audit_entry as entry join audit.audit_entry_field as decided on decided.index = entry.index
  where entry.warrant_id = act.warrant_id and decided.permitted and entry.outcome <> 'WITHHELD'))`;

/** Operations in an hour from which on volume is looked at (the index of high volumes begins there), and how many times the median of all of them is unusual. */
const leastVolume = 50;
const timesMedian = 10;

/** `percentile_cont(0.5)` over all actors and hours, from how many of them have how many operations: the middle one, or the mean of the two in the middle. */
const medianVolume = `(select avg(middle.operations) from (select sum(hours) as all_hours from audit.audit_volume_spread) as counted
  cross join lateral (values (floor((all_hours - 1) / 2)), (ceil((all_hours - 1) / 2))) as place (before)
  cross join lateral (
    select operations from (select operations, sum(hours) over (order by operations) as upto from audit.audit_volume_spread where hours > 0) as ranked
    where upto > before order by operations limit 1) as middle)`;

/**
 * The checks, all answered by the log alone. For each an empty answer over a tree of N leaves is the evidence that there was none in them. Of a warrant whose opening
 * was erased, what needs two leaves of it is found no more.
 */
export const auditChecks = {
  DISCLOSED_WITHOUT_USABLE_WARRANT: {
    text: "A field was permitted without an accepted warrant, after the end of its warrant, or of a category that the warrant does not order.",
    source: "entry",
    // What the door wrote down, and what those wrote down who acted on the warrant: neither alone is believed.
    byWarrant: true,
    where: `${permitted("true")} and (entry.warrant_status is distinct from 'ACCEPTED' or (entry.outcome <> 'WITHHELD' and exists (
        select from audit.audit_warrant_entry as act where act.warrant_id = entry.warrant_id
          and act.to_status in ('REVOKED', 'EXPIRED', 'REFUSED') and act.done_at <= entry.recorded_at))
      or ${permitted("exists (select from audit.audit_warrant_entry as act where act.warrant_id = entry.warrant_id and decided.category <> all (act.categories))")})`,
  },
  DISCLOSED_DURING_HOLD: {
    text: "A field was permitted while its hold was running.",
    source: "entry",
    where: permitted("decided.code = 'HELD'"),
  },
  PERSON_EXCLUDED_BY_AGREEMENT: {
    text: "A field was permitted although a condition about the person was not met.",
    source: "entry",
    where: permitted("decided.code = 'PERSON_CONDITION'"),
  },
  OFFENCE_BELOW_THRESHOLD: {
    text: "A field was permitted although the offence does not reach the threshold of its category.",
    source: "entry",
    where: permitted("decided.code = 'OFFENCE_BELOW_THRESHOLD'"),
  },
  PROSECUTOR_ALONE: {
    text: "TRAFFIC or CONTENT was permitted on the order of a public prosecutor that no judge, court or investigating judge had validated (Regulation (EU) 2023/1543, Art 4(2)).",
    source: "entry",
    byWarrant: true,
    where: `${permitted("decided.category in ('TRAFFIC', 'CONTENT')")} and exists (
      select from audit.audit_warrant_entry as act where act.warrant_id = entry.warrant_id and act.authority_kind = 'PUBLIC_PROSECUTOR'
    ) and not exists (
      select from audit.audit_warrant_entry as act where act.warrant_id = entry.warrant_id and act.act = 'VALIDATE'
        and act.validated_by in ('JUDGE', 'COURT', 'INVESTIGATING_JUDGE') and act.done_at <= entry.recorded_at)`,
  },
  EMERGENCY_NOT_VALIDATED: {
    text: "An order that was given first ended without the validation that was owed (Regulation (EU) 2023/1543, Art 4(5)).",
    source: "act",
    where: "act.validation_owed and act.act in ('LAPSE', 'DECLINE', 'REVOKE', 'EXPIRE')",
  },
  DEADLINE_MISSED: {
    text: "The provider's deadline, or the time for an obligation, was over and it was not done.",
    source: "act",
    where: `(act.deadline_state = 'OVERDUE' and not ${otherAct("other.index < act.index and other.deadline_state = 'OVERDUE' and other.deadline_at = act.deadline_at")})
      or (${missed("<> 'INFORM_USER'")})`,
    obligation: `case when act.act = 'MISS' then ${missedObligation} end`,
  },
  USER_NOT_INFORMED: {
    text: "Data were disclosed, and the log has no word that the person was informed: the time for which that was put off is over, or the order is, and it was not put off (Regulation (EU) 2023/1543, Art 13).",
    source: "act",
    byWarrant: true,
    where: `(${missed("= 'INFORM_USER'")} and not ${doneLater}) or (
      act.to_status in ('FULFILLED', 'REVOKED', 'EXPIRED') and act.from_status <> act.to_status and ${somethingDisclosed}
      and ${dutyOfWarrant("duty.state = 'OPEN'")} and not ${dutyOfWarrant("duty.state in ('DONE', 'DEFERRED')")})`,
    obligation: `(select duty.obligation_id from audit.audit_warrant_duty as duty join audit.audit_warrant_entry as other on other.index = duty.index
      where other.warrant_id = act.warrant_id and duty.kind = 'INFORM_USER' order by duty.index limit 1)`,
  },
  PRESERVATION_LAPSED: {
    text: "A preservation reached its end, and no production order had followed it: what was frozen is let go.",
    source: "act",
    byWarrant: true,
    where: `act.kind = 'PRESERVATION' and act.act = 'EXPIRE' and act.issued and not ${otherAct("other.act = 'FOLLOW'")}`,
  },
  OVERRIDE_USED: {
    text: "A central authority revoked an order that another authority had given.",
    source: "act",
    where: "act.act = 'REVOKE' and act.by_party = 'CENTRAL_AUTHORITY'",
  },
  KEY_FROM_NEW_PLACE: {
    text: "An order was signed with a key, or with it by a person, that no earlier order of this authority was signed with.",
    source: "act",
    where: `act.act = 'ISSUE' and act.signing_key is not null and exists (
      select from audit.audit_warrant_entry as earlier where earlier.authority_id = act.authority_id and earlier.act = 'ISSUE' and earlier.index < act.index
    ) and not exists (
      select from audit.audit_warrant_entry as earlier where earlier.authority_id = act.authority_id and earlier.act = 'ISSUE' and earlier.index < act.index
        and earlier.signing_key = act.signing_key and earlier.actor = act.actor)`,
  },
  OVER_DISCLOSED: {
    text: "A subgraph answered beyond what it was asked; the gateway let nothing of that leave.",
    source: "system",
    where: `system.event = 'ALARM' and system.leaf not like '%"alarm":"FACTS_DISAGREE"%'`,
  },
  UNUSUAL_VOLUME: {
    text: `An actor's operations in this hour were at least ${leastVolume}, and more than ${timesMedian} times the median of all actors and hours.`,
    source: "volume",
    where: `volume.operations >= ${leastVolume} and volume.operations > ${timesMedian} * ${medianVolume}`,
  },
  RECORDED_NOT_DELIVERED: {
    text: "Values were permitted, and did not reach the client, or nobody can say whether they did.",
    source: "entry",
    where: `${permitted("true")} and entry.outcome <> 'RELEASED'`,
  },
  LOG_GAP: {
    text: "For a time nothing could be recorded, and nothing was disclosed.",
    source: "system",
    where: "system.event = 'GAP'",
  },
} as const satisfies Record<string, CheckDefinition>;

export type AuditCheck = keyof typeof auditChecks;
