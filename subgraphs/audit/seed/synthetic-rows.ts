/**
 * The rows of a made-up log, in SQL: every value is made from the leaf's index, so that the same number of leaves is the same log. Of twelve leaves one is an act on a
 * warrant; some are about the log itself or say who read it; all others are accesses.
 */

/** A number in [0, 1) made of a number and a salt. */
const share = (of: string, salt: number): string =>
  `((hashint8extended((${of})::bigint, ${salt}) & 2147483647) / 2147483648.0)::float8`;
const pick = (list: readonly string[], of: string, salt: number): string =>
  `(array[${list.map((one) => `'${one}'`).join(", ")}])[1 + floor(${share(of, salt)} * ${list.length})::int]`;
const often = (list: Readonly<Record<string, number>>): string[] =>
  Object.entries(list).flatMap(([one, times]) => Array<string>(times).fill(one));

const countries = often({ FR: 25, DE: 20, ES: 12, IT: 12, PL: 8, NL: 7, BE: 5, IE: 4, SE: 3, AT: 2, PT: 1, MT: 1 });
const platforms = often({ FACEBOOK: 5, YOUTUBE: 3, FJORDNET: 2 });
const categories = often({ SUBSCRIBER: 6, USER_IDENTIFICATION: 2, TRAFFIC: 1, CONTENT: 1 });
const denials = ["NO_ROUTE", "HELD", "PERSON_CONDITION", "NATIONAL_PRECONDITION", "OFFENCE_BELOW_THRESHOLD"];
const fields = ["User.legalName", "User.email", "User.phoneNumber", "User.sessions", "User.messages"];

/** Leaves between the acts that begin two warrants. */
const perWarrant = 36;

/** Of a log, by its length. */
interface Shape {
  /** Warrants under which is asked at a time. */
  readonly open: number;
  /** The first warrants: they share a twentieth of all accesses, and end late. */
  readonly large: number;
}

/** When a leaf was recorded: in the order of the log, give or take the writers' clocks. */
const recordedAt = `start + make_interval(secs => step * index + 2 * ${share("index", 1)})`;
const current = `(index / ${perWarrant})`;
const isAct = "index % 12 = 0";
const isSystem = "index % 997 = 1";
const isRead = "index % 193 = 5";
const kindOf = `case when ${isAct} then 'act' when ${isSystem} then 'system' when ${isRead} then 'read' else 'access' end`;

/** One of the large ones, one that ended some time ago, or one that is under way: of those the newest most. */
const warrantOfAccess = ({
  open,
  large,
}: Shape): string => `case when ${share("index", 2)} < 0.05 then floor(${share("index", 3)} * ${large})::bigint
  when ${share("index", 2)} < 0.0501 then greatest(0, ${current} - ${open} - floor(${share("index", 3)} * 100)::bigint)
  else greatest(0, ${current} - floor(${open} * ${share("index", 3)} ^ 3)::bigint) end`;
/** Of three acts the first issues a warrant, the second accepts it, and the third ends one that is old enough. */
const warrantOfAct = ({ open, large }: Shape): string =>
  `case when index % ${perWarrant} = 24 and ${current} >= ${open} + ${large} then ${current} - ${open} else ${current} end`;

/** The numbered leaves of a chunk with what all their rows share. `step`: seconds from one to the next. `offset 0` keeps PostgreSQL from working a value out wherever it is named. */
const numberedLeaves = (shape: Shape): string => `with leaf as (
  select *, ${pick(countries, "warrant", 4)} as country, ${pick(platforms, "warrant", 5)} as platform,
    floor(${share("warrant", 6)} * 20)::int as court, floor(${share("index", 7)} * 4)::int as judge
  from (select index, ${kindOf} as kind, ${recordedAt} as at, case when ${isAct} then ${warrantOfAct(shape)} else ${warrantOfAccess(shape)} end as warrant,
      ${share("index", 8)} < 0.15 as denied
    from generate_series(?::bigint, ?::bigint - 1) as leaf (index) cross join (values (?::timestamptz, ?::float8)) as time (start, step) offset 0) as placed offset 0)`;

const authority = "lower(country) || '-court-' || court";
/** Every so often somebody asks without a pause. */
const actor = `case when (index / 600) % 5000 = 17 then 'fr-court-1-judge-1' else ${authority} || '-judge-' || judge end`;
const commitment = (name: string): string => `'","${name}":"' || digest`;
const leaf = `'{"at":"' || to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || ${["actor", "case", "operationHash", "question", "subject", "warrant"].map(commitment).join(" || ")} || '","synthetic":true,"type":"' || kind || '","v":1}'`;
const leafAndHash = `made.leaf, encode(sha256('\\x00'::bytea || convert_to(made.leaf, 'UTF8')), 'hex')`;
const withLeaf = `from leaf cross join lateral (select encode(sha256(int8send(index)), 'hex') as digest offset 0) as hashed cross join lateral (select ${leaf} as leaf offset 0) as made`;

/**
 * One statement for each table of the projection, of the leaves from one index on up to another in a log of so many; each takes both, and the time of the first leaf and
 * seconds between two.
 */
export function syntheticRows(entries: number): string[] {
  const open = Math.min(3000, Math.ceil(entries / 300));
  const large = Math.min(50, Math.ceil(entries / 2000));
  const numbered = numberedLeaves({ open, large });
  return [
    `${numbered} insert into audit.audit_entry (index, recorded_at, leaf, leaf_hash, operation_id, operation_name, operation_hash, actor, role, country, authority_id,
     platform, warrant_id, case_id, warrant_status, warrant_content_hash, emergency, held, purpose, recipient, subject_id, outcome, rule_book_version, rule_book_hash, of_log)
   select index, at, ${leafAndHash}, 'op-' || index / 2, 'Suspect', encode(sha256(int8send(index % 40)), 'hex'), ${actor},
     case when kind = 'read' then 'AUDITOR' else 'JUDICIAL' end, country, ${authority}, platform, 'warrant-' || warrant, 'case-' || warrant / 3,
     case when kind = 'read' then null when ${share("index", 9)} < 0.000001 then 'REVOKED' else 'ACCEPTED' end,
     encode(sha256(int8send(warrant)), 'hex'), ${share("warrant", 10)} < 0.01, false, case when kind = 'read' then 'CONSULTATION' else 'DISCLOSURE' end, null,
     'u' || warrant * 4 + floor(${share("index", 11)} * case when warrant < ${large} then 4000 else 4 end)::int,
     case when kind = 'read' then 'UNKNOWN' when denied then 'WITHHELD' when ${share("index", 12)} < 0.002 then 'UNKNOWN' else 'RELEASED' end,
     '0.1.0', repeat('cd', 32), kind = 'read'
   ${withLeaf} where kind in ('access', 'read')`,
    `${numbered} insert into audit.audit_entry_read (index, position, field, rows, arguments)
   select index, 0, 'Query.accessLog', 20, '{"first":20}' from leaf where kind = 'read'`,
    `${numbered} insert into audit.audit_entry_field (index, position, field, category, permitted, code, effect, rule_id, rows)
   select index, position, ${pick(fields, "place", 13)}, category, permitted,
     case when not permitted then ${pick(denials, "place", 14)} when ${share("place", 15)} < 0.000002 then 'HELD' else 'PERMITTED' end,
     case when permitted then 'PERMIT_COMPULSORY' else ${pick(["DENY", "MLA_ONLY"], "place", 16)} end,
     case when permitted then 'R-EE-' || category else ${pick(["R-DEFAULT", "R-FR-60-1-2", "R-GB-US-DAA"], "place", 17)} end, case when permitted then 1 end
   from leaf cross join lateral generate_series(0, 1 + (${share("index", 18)} < 0.3)::int) as decided (position)
     cross join lateral (select index * 8 + position as place) as placed
     cross join lateral (select ${pick(categories, "place", 19)} as category, not denied and (position = 0 or ${share("place", 20)} < 0.8) as permitted) as decision
   where kind = 'access'`,
    `${numbered} insert into audit.audit_warrant_entry (index, recorded_at, leaf, leaf_hash, act, done_at, from_status, to_status, by_party, actor, country, authority_id,
     authority_kind, platform, warrant_id, warrant_content_hash, case_id, kind, categories, emergency, issued, validation_owed, validated_by, signing_key, deadline_at, deadline_state)
   select index, at, ${leafAndHash}, act, at - interval '1 second', case act when 'ISSUE' then 'DRAFT' when 'ACCEPT' then 'ISSUED' else 'ACCEPTED' end,
     (case act when 'ISSUE' then 'ISSUED' when 'FULFIL' then 'FULFILLED' when 'REVOKE' then 'REVOKED' when 'EXPIRE' then 'EXPIRED' else 'ACCEPTED' end),
     case when act = 'REVOKE' and court = 0 then 'CENTRAL_AUTHORITY' when act in ('ACCEPT', 'FULFIL') then 'PROVIDER' else 'ISSUING_AUTHORITY' end,
     ${authority} || '-judge-' || judge, country, ${authority}, 'JUDGE', platform, 'warrant-' || warrant, encode(sha256(int8send(warrant)), 'hex'),
     'case-' || warrant / 3, case when ${share("warrant", 21)} < 0.05 then 'PRESERVATION' else 'PRODUCTION' end,
     array['SUBSCRIBER', 'USER_IDENTIFICATION', 'TRAFFIC', 'CONTENT'], ${share("warrant", 10)} < 0.01, true, false, null, 'key-' || ${authority} || '-' || judge,
     at + interval '10 days', case when act = 'ISSUE' then 'RUNNING' when ${share("index", 22)} < 0.001 then 'OVERDUE' else 'MET' end
   ${withLeaf} cross join lateral (select case when index % ${perWarrant} = 0 then 'ISSUE' when index % ${perWarrant} = 12 then 'ACCEPT'
       when ${current} < ${open} + ${large} then 'EXTEND' when ${share("index", 23)} < 0.03 then 'REVOKE' when ${share("index", 23)} < 0.05 then 'EXPIRE' else 'FULFIL' end as act) as done
   where kind = 'act'`,
    `${numbered} insert into audit.audit_warrant_duty (index, position, obligation_id, kind, owner, state, due_at)
   select index, 0, 'obligation-' || warrant, 'INFORM_USER', 'ISSUING_AUTHORITY', case when index % ${perWarrant} = 0 then 'OPEN' else 'DONE' end, null
   from leaf where kind = 'act' and (index % ${perWarrant} = 0 or index % ${perWarrant} = 24 and ${share("index", 24)} < 0.999)`,
    `${numbered} insert into audit.audit_system_entry (index, event, recorded_at, leaf, leaf_hash)
   select index, case when index % 97 = 3 then 'GAP' when index % 89 = 3 then 'ALARM' else 'HEARTBEAT' end, at, ${leafAndHash} ${withLeaf} where kind = 'system'`,
  ];
}
