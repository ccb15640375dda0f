import { hash } from "node:crypto";

/**
 * SD-JWT (RFC 9901) as far as it is used here: one flat disclosure of an object property, no key binding. Pure but for the hash; signatures are checked by whoever
 * has the keys.
 */

/** What one disclosure says. */
export interface Disclosed {
  readonly salt: string;
  readonly name: string;
  readonly value: unknown;
}

/** An SD-JWT in its two parts, as they came. */
export interface SdJwtParts {
  readonly jws: string;
  readonly disclosure: string;
}

/** At least 128 bits in base64url (RFC 9901, 9.3 and 9.4). */
const saltForm = /^[\w-]{22,}$/;
const form = /^([\w-]+\.[\w-]+\.[\w-]*)~([\w-]+)~$/;

/** RFC 9901, 4.2.1: base64url of the JSON array of salt, claim name and claim value. */
export function encodeDisclosure({ salt, name, value }: Disclosed): string {
  return Buffer.from(JSON.stringify([salt, name, value])).toString("base64url");
}

/** RFC 9901, 4.2.3: base64url of the SHA-256 of the disclosure's characters as they stand. */
export function digestOf(disclosure: string): string {
  return hash("sha256", disclosure, "base64url");
}

/** `<JWS>~<disclosure>~`; null for anything else: no disclosure, several, or a key binding. */
export function splitSdJwt(token: string): SdJwtParts | null {
  const [, jws, disclosure] = form.exec(token) ?? [];
  return jws === undefined || disclosure === undefined ? null : { jws, disclosure };
}

/**
 * What the disclosure says, where a payload whose signature holds lists its digest (RFC 9901, 7.1): by SHA-256, said so, no digest twice. Null: the two do not belong
 * together, or the disclosure has not the form of one.
 */
export function readDisclosure(payload: Readonly<Record<string, unknown>>, disclosure: string): Disclosed | null {
  const { _sd_alg: algorithm, _sd: digests } = payload;
  if (algorithm !== "sha-256" || !Array.isArray(digests) || new Set(digests).size < digests.length) return null;
  if (!digests.includes(digestOf(disclosure))) return null;
  const [salt, name, value, ...more] = parseArray(disclosure);
  if (typeof salt !== "string" || !saltForm.test(salt) || typeof name !== "string" || more.length > 0) return null;
  return { salt, name, value };
}

function parseArray(disclosure: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(disclosure, "base64url").toString("utf8"));
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}
