import type { JWK } from "jose";
import { readSignatureHeader, verifyDetached } from "../../schema/verify-detached.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import { AuthorityKey } from "./entities/authority-key.js";
import { RuleBroken } from "./rule-broken.js";
import { userError } from "./types/user-error.js";

export interface CheckedSignature {
  readonly jws: string;
  readonly keyId: string;
}

/** Milliseconds by which a signer's clock may run ahead of ours. */
const ahead = 300_000;

/**
 * The signature that an authority with keys must give to what it orders or validates: detached, over the canonical content, by a key that is in the register
 * and not revoked. Null: it has no keys, and gave none. Throws RuleBroken.
 */
export async function checkSignature(
  { em, clock }: SubgraphContext,
  authorityId: string,
  content: string,
  jws: string | null | undefined,
): Promise<CheckedSignature | null> {
  const keys = await em.find(AuthorityKey, { authorityId });
  if (!jws) {
    if (keys.length === 0) return null;
    throw broken(
      "SIGNATURE_MISSING",
      "This authority has registered keys, so its warrants carry a detached JWS over `canonicalContent`.",
    );
  }
  const header = readSignatureHeader(jws);
  if (header === null) {
    const form =
      "a detached JWS in compact form (RFC 7515, Appendix F), by EdDSA, ES256 or RS256, with `kid` and the signing time (`iat` or `sigT`)";
    throw broken("SIGNATURE_FORM", `A signature is ${form}.`);
  }
  const key = keys.find(({ keyId }) => keyId === header.kid);
  if (key === undefined) throw broken("SIGNATURE_KEY_UNKNOWN", `The authority has no key ${header.kid}.`);
  if (key.revokedAt !== null)
    throw broken("SIGNATURE_KEY_REVOKED", `The key ${header.kid} was revoked at ${key.revokedAt.toISOString()}.`);
  if (header.signedAt.getTime() > clock().getTime() + ahead)
    throw broken("SIGNATURE_FUTURE", "The signing time lies in the future.");
  if (await verifyDetached(jws, content, JSON.parse(key.jwk) as JWK)) return { jws, keyId: key.keyId };
  throw broken(
    "SIGNATURE_INVALID",
    "The signature is not that of this key over the `canonicalContent` of this warrant.",
  );
}

function broken(code: string, message: string): RuleBroken {
  return new RuleBroken([userError(code, message, ["signature"])]);
}
