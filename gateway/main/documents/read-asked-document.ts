import { refuse } from "../../respond/refuse.js";
import type { AskedDocument } from "./documents.js";
import { hashDocument } from "./hash-document.js";

/**
 * Reads how a request names its document, by the protocol of automatic persisted queries: `extensions.persistedQuery` is `{ version: 1, sha256Hash }`, with or
 * without the text. Null where it names none, or where the parameters are of no known form: whoever reads them next says what was expected.
 * @throws GraphQLError BAD_USER_INPUT where the hash is none, or that of another text.
 */
export function readAskedDocument(query: unknown, extensions: unknown): AskedDocument | null {
  const hash = isObject(extensions) ? readHash(extensions.persistedQuery) : null;
  if (typeof query === "string") {
    if (hash !== null && hash !== hashDocument(query))
      throw refuse("BAD_USER_INPUT", "The persisted query's hash is not that of the query.");
    return { text: query, hash };
  }
  return hash === null || (query !== undefined && query !== null) ? null : { text: null, hash };
}

function readHash(persisted: unknown): string | null {
  if (persisted === undefined || persisted === null) return null;
  if (isObject(persisted) && persisted.version === 1) {
    const { sha256Hash } = persisted;
    if (typeof sha256Hash === "string" && /^[0-9a-f]{64}$/.test(sha256Hash)) return sha256Hash;
  }
  throw refuse(
    "BAD_USER_INPUT",
    "`persistedQuery` is not well formed: expected `version` 1 and `sha256Hash`, 64 hexadecimal digits in small letters.",
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
