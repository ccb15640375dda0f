import { Refusal } from "../../kit/refusal.js";
import type { AccessLogFilter } from "../types/access-log-filter.js";
import type { Scope } from "./scope.js";

/** A conjunction of SQL conditions with `?` for values. */
export interface Conditions {
  readonly sql: readonly string[];
  readonly values: readonly unknown[];
}

const recordColumns = {
  operationId: "operation_id",
  subjectId: "subject_id",
  warrantId: "warrant_id",
  caseId: "case_id",
  actor: "actor",
  country: "country",
  authorityId: "authority_id",
  platform: "platform",
  emergency: "emergency",
  outcome: "outcome",
  purpose: "purpose",
} as const satisfies Partial<Record<keyof AccessLogFilter, string>>;

const fieldColumns = {
  ruleId: "rule_id",
  effect: "effect",
  code: "code",
  category: "category",
  permitted: "permitted",
} as const satisfies Partial<Record<keyof AccessLogFilter, string>>;

/** Between which leaves the accesses of a period stand: in the order of the log they are found there, and the rest of it is not read. */
export const firstOf =
  "(select first from audit.audit_hour where hour >= date_trunc('hour', ?::timestamptz, 'UTC') order by hour limit 1)";
export const lastOf = "(select last from audit.audit_hour where hour < ?::timestamptz order by hour desc limit 1)";

/**
 * Filter and scope as conditions on `entry` and on `decided`, the field decision. Who read the log is listed where the filter names CONSULTATION, and to auditors: a
 * list that grew with every page of it would have no end. Throws Refusal PERIOD for an empty period, ROLE where a provider asks by
 * case, INPUT for text that no record can hold.
 */
export function readConditions(
  filter: AccessLogFilter | null,
  scope: Scope,
): { entry: Conditions; decided: Conditions } {
  const { from, to } = filter ?? {};
  if (from && to && from >= to) throw new Refusal("PERIOD");
  if (filter?.caseId != null && !scope.cases) throw new Refusal("ROLE");
  const entry = equal("entry", recordColumns, filter);
  if (!(scope.cases && filter?.purpose === "CONSULTATION")) entry.sql.push("not entry.of_log");
  for (const column of ["country", "platform"] as const)
    if (scope[column] !== null) entry.add(`entry.${column} = ?`, scope[column]);
  if (from) entry.add("entry.recorded_at >= ?::timestamptz", from.toISOString());
  if (to) entry.add("entry.recorded_at < ?::timestamptz", to.toISOString());
  if (from) entry.add(`entry.index >= ${firstOf}`, from.toISOString());
  if (to) entry.add(`entry.index <= ${lastOf}`, to.toISOString());
  return { entry, decided: equal("decided", fieldColumns, filter) };
}

function equal(table: string, columns: Readonly<Record<string, string>>, filter: AccessLogFilter | null) {
  const sql: string[] = [];
  const values: unknown[] = [];
  const add = (condition: string, value: unknown): void => {
    if (typeof value === "string" && value.includes("\0")) throw new Refusal("INPUT");
    sql.push(condition);
    values.push(value);
  };
  for (const [name, column] of Object.entries(columns)) {
    const value = filter?.[name as keyof AccessLogFilter];
    if (value !== null && value !== undefined) add(`${table}.${column} = ?`, value);
  }
  return { sql, values, add };
}
