import { refuse } from "../respond/refuse.js";
import { findDuplicateKey } from "./find-duplicate-key.js";
import { refuseNul } from "./refuse-nul.js";

/** Reads the bytes of a JSON request: UTF-8 (RFC 8259, 8.1), one value for each key. Throws BAD_USER_INPUT. */
export function readJsonBody(bytes: Buffer): unknown {
  const text = decode(bytes);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw refuse(
      "BAD_USER_INPUT",
      "The body is not JSON: expected an object with `query`, and `variables` and `operationName` where they are needed.",
    );
  }
  if (Array.isArray(body))
    throw refuse("BAD_USER_INPUT", "One request carries one operation: expected an object, not a list.");
  refuseNul(text);
  const twice = findDuplicateKey(text);
  if (twice !== null) throw refuse("BAD_USER_INPUT", "The body names a key twice in one object: expected each once.");
  return body;
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw refuse("BAD_USER_INPUT", "The body is not UTF-8: expected JSON in UTF-8.");
  }
}
