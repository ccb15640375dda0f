import { identifierPrefix } from "../../../schema/identity/identifier.js";
import { Refusal } from "../../kit/refusal.js";
import type { EntityManager } from "../../kit/subgraph.js";
import type { AccessCount } from "../types/access-count.js";
import type { AccessLogFilter } from "../types/access-log-filter.js";
import type { AccessLogDimension } from "../words.js";
import { readConditions } from "./conditions.js";
import type { Scope } from "./scope.js";

const utc = (form: string): string => `to_char(entry.recorded_at at time zone 'UTC', '${form}')`;

const keys: Readonly<Record<AccessLogDimension, string>> = {
  COUNTRY: "entry.country",
  AUTHORITY: "entry.authority_id",
  ACTOR: "entry.actor",
  PLATFORM: "entry.platform",
  CATEGORY: "decided.category",
  EFFECT: "decided.effect",
  CODE: "decided.code",
  RULE: "decided.rule_id",
  HOUR: utc('YYYY-MM-DD"T"HH24'),
  DAY: utc("YYYY-MM-DD"),
  MONTH: utc("YYYY-MM"),
};

/**
 * Field decisions in groups, ordered by their keys: how many permitted and denied, in how many operations, about how many persons. Conditions about a field
 * choose which decisions are counted. Throws Refusal STATISTICS unless `by` names one to four different dimensions.
 */
export async function countAccesses(
  em: EntityManager,
  by: readonly AccessLogDimension[],
  filter: AccessLogFilter | null,
  scope: Scope,
): Promise<AccessCount[]> {
  if (by.length < 1 || by.length > 4 || new Set(by).size !== by.length) throw new Refusal("STATISTICS");
  const { entry, decided } = readConditions(filter, scope);
  const columns = by.map((dimension, place) => `coalesce(${keys[dimension]}, 'NONE') collate "C" as key${place}`);
  const groups = by.map((_, place) => place + 1).join(", ");
  const rows = await em.execute<Record<string, string | number>[]>(
    `select ${columns.join(", ")}, count(*) filter (where decided.permitted) as permitted,
       count(*) filter (where not decided.permitted) as denied,
       count(distinct entry.operation_id) as operations, count(distinct entry.subject_id) filter (where not starts_with(entry.subject_id, '${identifierPrefix}')) as subjects
     from audit.audit_entry as entry join audit.audit_entry_field as decided on decided.index = entry.index
     where ${["true", ...entry.sql, ...decided.sql].join(" and ")} group by ${groups} order by ${groups}`,
    [...entry.values, ...decided.values],
  );
  return rows.map((row) => ({
    keys: by.map((_, place) => String(row[`key${place}`])),
    permitted: Number(row.permitted),
    denied: Number(row.denied),
    operations: Number(row.operations),
    subjects: Number(row.subjects),
  }));
}
