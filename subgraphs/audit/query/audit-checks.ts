/** What an auditor's check looks for, in SQL over the projection. */
export interface CheckDefinition {
  /** What a finding means, in one sentence. */
  readonly text: string;
  /** `entry` is an access record; `system` a leaf about the log itself, which is in everybody's scope. */
  readonly source: "entry" | "system";
  /** Constants of this file alone; never anything from outside. */
  readonly where: string;
}

const permitted = (condition: string): string =>
  `exists (select from audit.audit_entry_field as decided where decided.index = entry.index and decided.permitted and ${condition})`;

/** Actor-hours from which on volume is looked at, and how many times the median of all of them is unusual. */
const leastVolume = 50;
const timesMedian = 10;

const volumes = `select actor, date_trunc('hour', recorded_at) as hour, min(index) as first, count(distinct operation_id) as operations
  from audit.audit_entry group by 1, 2`;

/**
 * The checks that the log alone answers. For each an empty answer over a tree of N leaves is the evidence that there was none in them. Those about duties after the
 * disclosure need what justice knows.
 */
export const auditChecks = {
  DISCLOSED_WITHOUT_USABLE_WARRANT: {
    text: "A field was permitted without an accepted warrant.",
    source: "entry",
    where: `${permitted("true")} and entry.warrant_status is distinct from 'ACCEPTED'`,
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
  OVER_DISCLOSED: {
    text: "A subgraph answered beyond what it was asked; the gateway let nothing of that leave.",
    source: "system",
    where: `system.event = 'ALARM' and system.leaf not like '%"alarm":"FACTS_DISAGREE"%'`,
  },
  UNUSUAL_VOLUME: {
    text: `An actor's operations in this hour were at least ${leastVolume}, and more than ${timesMedian} times the median of all actors and hours.`,
    source: "entry",
    where: `entry.index in (select first from (${volumes}) as volume where operations >= ${leastVolume} and operations > ${timesMedian} * (
      select percentile_cont(0.5) within group (order by operations) from (${volumes}) as volumes))`,
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
