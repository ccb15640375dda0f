import { flattenedVerify, importJWK, type JWK } from "jose";

/** Algorithms by which an authority may sign. */
export const signatureAlgorithms: readonly string[] = ["EdDSA", "ES256", "RS256"];

/** What the protected header of a detached signature says. */
export interface SignatureHeader {
  readonly alg: string;
  readonly kid: string;
  /** When it was signed, by its own word. */
  readonly signedAt: Date;
}

/**
 * The protected header of a detached JWS in compact form (RFC 7515, Appendix F), as JAdES baseline B wants it (ETSI TS 119 182-1): an algorithm we take, the
 * key's id, the signing time (`iat`, or `sigT`), nothing critical but what we understand. Null: it is not of that form.
 */
export function readSignatureHeader(jws: string): SignatureHeader | null {
  const [protectedHeader = "", payload, signature = "", ...more] = jws.split(".");
  if (payload !== "" || protectedHeader === "" || signature === "" || more.length > 0) return null;
  const header = parseObject(Buffer.from(protectedHeader, "base64url").toString("utf8"));
  if (header === null) return null;
  const { alg, kid, iat, sigT, crit } = header;
  if (typeof alg !== "string" || !signatureAlgorithms.includes(alg) || typeof kid !== "string") return null;
  if (crit !== undefined && !(Array.isArray(crit) && crit.every((name) => name === "b64" || name === "sigT")))
    return null;
  const signedAt = typeof iat === "number" ? new Date(iat * 1_000) : typeof sigT === "string" ? new Date(sigT) : null;
  return signedAt === null || Number.isNaN(signedAt.getTime()) ? null : { alg, kid, signedAt };
}

/** Whether a detached JWS of the form above is the key's signature over the UTF-8 bytes of this text. Never throws: what cannot be verified is not. */
export async function verifyDetached(jws: string, text: string, jwk: JWK): Promise<boolean> {
  const header = readSignatureHeader(jws);
  if (header === null) return false;
  const [protectedHeader = "", , signature = ""] = jws.split(".");
  const parsed = parseObject(Buffer.from(protectedHeader, "base64url").toString("utf8"));
  const payload = parsed?.b64 === false ? text : Buffer.from(text, "utf8").toString("base64url");
  try {
    const key = await importJWK(jwk, header.alg);
    await flattenedVerify({ protected: protectedHeader, payload, signature }, key, {
      algorithms: [...signatureAlgorithms],
      crit: { sigT: true },
    });
    return true;
  } catch {
    return false;
  }
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
