import type { Told } from "./installation.js";
import type { KeptLeaf } from "./kept-leaves.js";

export function operationOf({ body }: Told): string {
  const id: unknown = body.extensions?.disclosure?.operationId;
  if (typeof id !== "string") throw new Error(`no disclosure in ${JSON.stringify(body)}`);
  return id;
}

/** "user.email UNAUTHORIZED_FIELD_OR_TYPE WARRANT_NOT_USABLE", one for each error. */
export function errorsOf({ body }: Told): string[] {
  return (body.errors ?? []).map(({ path = [], extensions: { code, decision } }) =>
    [path.join("."), code, decision?.code].filter((part) => part !== undefined && part !== "").join(" "),
  );
}

/** "FIELDS_NOT_ASKED platform_identity". */
export function alarmsOf(leaves: readonly KeptLeaf[]): string[] {
  return leaves.flatMap(({ leaf }) => (leaf.type === "ALARM" ? [`${leaf.alarm} ${leaf.service}`] : [])).sort();
}

/** "u01 User.email PERMITTED", one for each decision of the leaves. */
export function decisionsOf(leaves: readonly KeptLeaf[]): string[] {
  return leaves.flatMap(({ leaf, opened }) =>
    leaf.type === "ACCESS"
      ? leaf.fields.map(({ field, code }) => `${opened.subject ?? "nobody"} ${field} ${code}`)
      : [],
  );
}

/** "RELEASED User.email 1", one for each outcome. */
export function outcomesOf(leaves: readonly KeptLeaf[]): string[] {
  return leaves.flatMap(({ leaf }) =>
    leaf.type === "OUTCOME"
      ? leaf.of.map(({ outcome, rows }) =>
          [outcome, ...rows.map(({ field, rows: count }) => `${field} ${count}`)].join(" "),
        )
      : [],
  );
}
