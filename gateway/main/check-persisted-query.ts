import { createHash } from "node:crypto";
import { refuse } from "../respond/refuse.js";

/**
 * Checks `extensions.persistedQuery`, by which a client sends a query's hash instead of its text (automatic persisted queries, version 1): its form, and that a
 * text sent along has that hash. Throws BAD_USER_INPUT. Extensions that are no object are left to the server, which refuses them.
 */
export function checkPersistedQuery(extensions: unknown, query: unknown): void {
  if (typeof extensions !== "object" || extensions === null || !("persistedQuery" in extensions)) return;
  const persisted = extensions.persistedQuery as { version?: unknown; sha256Hash?: unknown } | null;
  if (persisted === null) return;
  const { version, sha256Hash } = persisted;
  if (version !== 1 || typeof sha256Hash !== "string" || !/^[0-9a-f]{64}$/.test(sha256Hash))
    throw refuse(
      "BAD_USER_INPUT",
      "`persistedQuery` is not well formed: expected `version` 1 and `sha256Hash`, 64 hexadecimal digits in small letters.",
    );
  if (typeof query === "string" && createHash("sha256").update(query).digest("hex") !== sha256Hash)
    throw refuse("BAD_USER_INPUT", "The persisted query's hash is not that of the query.");
}
