import {
  erasureGrounds,
  holdActs,
  holdGrounds,
  type LeafType,
  leafTypes,
  logLevels,
  outcomes,
  purposes,
  warrantActs,
} from "../../schema/ledger/vocabulary.js";
import { enumOf } from "../kit/enums.js";
import { type AuditCheck, auditChecks } from "./query/audit-checks.js";

export const LogLevelEnum = enumOf(
  "LogLevel",
  logLevels,
  "How far a record's proof has come. RECORDED: durable, in its writer's signed chain. INTEGRATED: in a signed checkpoint. WITNESSED: in one that enough witnesses signed. EXPORTED: in tiles on other storage.",
);

export const PurposeEnum = enumOf(
  "Purpose",
  purposes,
  "What was done with the data: Directive (EU) 2016/680, Art 25. CONSULTATION also for previews on a warrant, and for reading the log.",
);

export const OutcomeEnum = enumOf(
  "Outcome",
  outcomes,
  "UNKNOWN: authorised, and it was never said, or cannot be known, whether the values reached the client.",
);

export const ErasureGroundEnum = enumOf(
  "ErasureGround",
  erasureGrounds,
  "Why somebody was erased: ordered by a court or the supervisory authority, refused by the enforcing authority after data had been sent (Regulation (EU) 2023/1543, Art 12), or the controller's own period was over.",
);

export const HoldActEnum = enumOf("HoldAct", holdActs, "What was done with a legal hold on the log.");

export const HoldGroundEnum = enumOf(
  "HoldGround",
  holdGrounds,
  "Why a legal hold was placed or lifted: ordered by a court or the supervisory authority, for proceedings in which the records are evidence, or because what it stood for is over.",
);

export const accessLogDimensions = [
  "COUNTRY",
  "AUTHORITY",
  "ACTOR",
  "PLATFORM",
  "CATEGORY",
  "EFFECT",
  "CODE",
  "RULE",
  "HOUR",
  "DAY",
  "MONTH",
] as const;
export type AccessLogDimension = (typeof accessLogDimensions)[number];
export const AccessLogDimensionEnum = enumOf(
  "AccessLogDimension",
  accessLogDimensions,
  "What decisions are counted by; times in UTC.",
);

/** Leaves that are neither an access, nor a read of the log, nor an act on a warrant. */
export type SystemEvent = Exclude<LeafType, "ACCESS" | "CONSULTATION" | "WARRANT">;
export const LogEventEnum = enumOf(
  "LogEvent",
  leafTypes.filter((type): type is SystemEvent => type !== "ACCESS" && type !== "CONSULTATION" && type !== "WARRANT"),
  "What a leaf about the log itself says. GAP: a time in which nothing could be recorded, and nothing was disclosed.",
);

export const WarrantActEnum = enumOf(
  "WarrantAct",
  warrantActs,
  "What was done on a warrant. FOLLOW, RELEASE: a production order follows a preservation, or lets go what it had kept. COMPLETE, DEFER, MISS: one of its obligations; MISS_DEADLINE: the provider's deadline was over and something waited. LAPSE: its validation was not given in time.",
);

export const AuditCheckEnum = enumOf(
  "AuditCheck",
  Object.keys(auditChecks) as AuditCheck[],
  "What the log can be checked for. An empty answer over `treeSize` leaves is the evidence that there was none.",
);
