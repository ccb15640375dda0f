/** A character that JSON does not write as it stands: a quote, a backslash, a control, half of a surrogate pair. */
const escaped = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

/** The JSON of a leaf's value; null where it has none. */
export function writeJson(value: unknown): string | null {
  if (typeof value === "string") return escaped.test(value) ? JSON.stringify(value) : `"${value}"`;
  if (typeof value === "number") return Number.isFinite(value) && value !== 0 ? `${value}` : JSON.stringify(value);
  if (typeof value === "boolean") return value ? "true" : "false";
  return JSON.stringify(value) ?? null;
}
