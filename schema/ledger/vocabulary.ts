/** The words of the access log, each list closed. */

export const leafTypes = [
  "ACCESS",
  "OUTCOME",
  "CONSULTATION",
  "ERASURE",
  "RETENTION",
  "HOLD",
  "WARRANT",
  "ORIGIN",
  "WRITER_OPEN",
  "WRITER_CLOSE",
  "HEARTBEAT",
  "GAP",
  "ALARM",
] as const;
export type LeafType = (typeof leafTypes)[number];

export const purposes = [
  "COLLECTION",
  "ALTERATION",
  "CONSULTATION",
  "DISCLOSURE",
  "TRANSFER",
  "COMBINATION",
  "ERASURE",
] as const;
/** What was done with the data; Directive (EU) 2016/680, Art 25. CONSULTATION also for previews on a warrant and for reading the log. */
export type Purpose = (typeof purposes)[number];

export const outcomes = ["RELEASED", "WITHHELD", "UNKNOWN"] as const;
/** UNKNOWN: authorised, and it was never said, or cannot be known, whether the values reached the client. */
export type Outcome = (typeof outcomes)[number];

export const statedOutcomes = ["RELEASED", "WITHHELD", "ABORTED"] as const;
/** What an OUTCOME leaf says. ABORTED: the connection broke while the answer was being sent, so nobody knows what arrived. */
export type StatedOutcome = (typeof statedOutcomes)[number];

export const logLevels = ["RECORDED", "INTEGRATED", "WITNESSED", "EXPORTED"] as const;
export type LogLevel = (typeof logLevels)[number];

export const references = [
  "actor",
  "subject",
  "warrant",
  "warrantContent",
  "case",
  "question",
  "operationName",
  "requestedBy",
  "confirmedBy",
  "act",
  "obligations",
] as const;
/** What a leaf never says in clear, only as a keyed commitment: whatever leads to a person or a proceeding, and whatever a client wrote. */
export type Reference = (typeof references)[number];

export const erasureGrounds = [
  "COURT_ORDER",
  "SUPERVISORY_ORDER",
  "REFUSED_BY_ENFORCING_AUTHORITY",
  "RETENTION_ENDED",
] as const;
/**
 * Why a person is erased from the log. COURT_ORDER and SUPERVISORY_ORDER: a court, or the supervisory authority, ordered it. REFUSED_BY_ENFORCING_AUTHORITY: data
 * had been sent already, Regulation (EU) 2023/1543, Art 12. RETENTION_ENDED: the controller's own period is over.
 */
export type ErasureGround = (typeof erasureGrounds)[number];

export const holdActs = ["PLACE", "LIFT"] as const;
/** What was done with a legal hold on the log. */
export type HoldAct = (typeof holdActs)[number];

export const holdGrounds = ["COURT_ORDER", "SUPERVISORY_ORDER", "PROCEEDINGS", "ENDED"] as const;
/**
 * Why a legal hold is placed or lifted. COURT_ORDER, SUPERVISORY_ORDER: a court, or the supervisory authority, ordered it. PROCEEDINGS, of PLACE alone: the records are
 * evidence in proceedings. ENDED, of LIFT alone: what it stood for is over.
 */
export type HoldGround = (typeof holdGrounds)[number];

export const warrantActs = [
  "DRAFT",
  "ISSUE",
  "VALIDATE",
  "DECLINE",
  "ACCEPT",
  "CONTEST",
  "ANSWER",
  "REPORT_NOT_HELD",
  "REFUSE",
  "FULFIL",
  "CLEAR",
  "OBJECT",
  "APPROVE",
  "EXTEND",
  "FOLLOW",
  "RELEASE",
  "REVOKE",
  "LAPSE",
  "EXPIRE",
  "COMPLETE",
  "DEFER",
  "MISS",
  "MISS_DEADLINE",
] as const;
/**
 * What can be done on a warrant. FOLLOW, RELEASE: a production order follows a preservation, or lets go what it had kept. COMPLETE, DEFER and MISS are about one obligation, of which nothing else changes; MISS_DEADLINE: the provider's deadline is over
 * and something still waits for it.
 */
export type WarrantAct = (typeof warrantActs)[number];

export const gapReasons = ["STORE_REFUSED", "COMMIT_UNKNOWN", "QUEUE_FULL", "NOT_INTEGRATED"] as const;
/** Why decisions went unrecorded, and their data undisclosed. */
export type GapReason = (typeof gapReasons)[number];

export const alarms = [
  "FACTS_DISAGREE",
  "FACTS_PLANTED",
  "FIELDS_NOT_ASKED",
  "ENTITIES_DIFFER",
  "ROWS_OUTSIDE_PERIOD",
  "ROWS_BEYOND_PAGE",
] as const;
/**
 * In which way a subgraph's answer was not the answer to what it was asked. FACTS_DISAGREE: one person with two sets of facts in one operation. FACTS_PLANTED:
 * facts about a person, or whom data is about, where nobody asked for them. FIELDS_NOT_ASKED: other fields of that kind. ENTITIES_DIFFER: another number of
 * entities, another type or another key. ROWS_OUTSIDE_PERIOD: outside [from, to) of the warrant. ROWS_BEYOND_PAGE: more rows than `first` allows.
 */
export type Alarm = (typeof alarms)[number];
