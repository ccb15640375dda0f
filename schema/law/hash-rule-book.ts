import { createHash } from "node:crypto";
import { canonicalJson } from "../canonical-json.js";

/** The name of a rule book: SHA-256 (hex) of its canonical JSON (RFC 8785), so that spacing and the order of members do not count. */
export function hashRuleBook(json: unknown): string {
  return createHash("sha256").update(canonicalJson(json)).digest("hex");
}
