import { createHash } from "node:crypto";
import type { JWK } from "jose";
import { verifyDetached } from "../../schema/verify-detached.js";

/** What justice tells of a warrant's text and of who signed it. */
export interface SignedText {
  readonly content: string;
  readonly contentHash: string;
  readonly issuedAt: string | null;
  /** An authority that had keys when it acted did not sign. */
  readonly unsigned: boolean;
  readonly signatures: readonly { readonly jws: string; readonly jwk: string; readonly keyRevokedAt: string | null }[];
}

/** Whether a warrant is what its authorities signed: the text has that hash, every signature holds, and no key was revoked before the order was given. */
export async function isAuthentic({
  content,
  contentHash,
  issuedAt,
  unsigned,
  signatures,
}: SignedText): Promise<boolean> {
  if (unsigned || createHash("sha256").update(content, "utf8").digest("hex") !== contentHash) return false;
  for (const { jws, jwk, keyRevokedAt } of signatures) {
    const isVoid = keyRevokedAt !== null && (issuedAt === null || Date.parse(keyRevokedAt) <= Date.parse(issuedAt));
    if (isVoid || !(await verifyDetached(jws, content, JSON.parse(jwk) as JWK))) return false;
  }
  return true;
}
