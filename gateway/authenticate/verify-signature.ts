import { hash, type KeyObject, verify } from "node:crypto";
import type { CryptoKey, JWTHeaderParameters, JWTVerifyGetKey } from "jose";
import { BoundedCache } from "../plan/bounded-cache.js";
import { keyObjectOf } from "./sign-compact.js";

/** Whether the signature of a compact JWS holds under the key that its header names. False also where that cannot be said here. */
export type CheckSignature = (token: string, header: object, keys: JWTVerifyGetKey) => Promise<boolean>;

/** Signatures that are remembered for each key. */
const remembered = 4_096;

/**
 * Checks signatures with Node's synchronous functions, and remembers by the token's SHA-256, for the very key it was checked with, that one holds: a client asks
 * many times with one token. Its claims are nobody's memory: they are read and held against the clock each time. A key that is rotated out takes what it
 * verified with it.
 */
export function openSignatureCheck(): CheckSignature {
  const held = new WeakMap<CryptoKey, BoundedCache<true>>();
  return async (token, header, keys) => {
    const [protectedHeader = "", payload = "", signature = "", ...more] = token.split(".");
    if (more.length > 0) return false;
    const key = await findKey(keys, header as JWTHeaderParameters, { protectedHeader, payload, signature });
    if (key === null) return false;
    const known = held.get(key) ?? new BoundedCache<true>(remembered);
    held.set(key, known);
    const digest = hash("sha256", token, "base64url");
    if (known.get(digest)) return true;
    const { alg } = header as JWTHeaderParameters;
    const signed = Buffer.from(token.slice(0, token.length - signature.length - 1));
    if (!verifies(alg, signed, Buffer.from(signature, "base64url"), keyObjectOf(key))) return false;
    known.set(digest, true);
    return true;
  };
}

async function findKey(
  keys: JWTVerifyGetKey,
  header: JWTHeaderParameters,
  { protectedHeader, payload, signature }: Readonly<Record<"protectedHeader" | "payload" | "signature", string>>,
): Promise<CryptoKey | null> {
  try {
    return (await keys(header, { protected: protectedHeader, payload, signature })) as CryptoKey;
  } catch {
    return null;
  }
}

/** RFC 7518, 3.3 (RSA keys of 2048 bits or more) and 3.4; RFC 8037, 3.1. */
function verifies(alg: string, signed: Buffer, signature: Buffer, key: KeyObject): boolean {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (alg === "EdDSA" && type === "ed25519") return verify(null, signed, key, signature);
  if (alg === "ES256" && type === "ec" && details?.namedCurve === "prime256v1")
    return verify("sha256", signed, { key, dsaEncoding: "ieee-p1363" }, signature);
  if (alg === "RS256" && type === "rsa" && (details?.modulusLength ?? 0) >= 2048)
    return verify("sha256", signed, key, signature);
  return false;
}
