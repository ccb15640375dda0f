import { sign } from "node:crypto";
import { type SealedParts, sealedBytes, sealType } from "../../schema/sealed-answer.js";
import type { SigningKeys } from "./keep-signing-keys.js";
import { encodePart, keyObjectOf } from "./sign-compact.js";

/** Seals an answer that carried or withheld identity data; null where the data have no canonical form, such as half a surrogate pair. */
export type SealAnswer = (answer: SealedParts & { readonly operationHash: string }) => Promise<string | null>;

export interface AnswerSealParts {
  readonly keys: Pick<SigningKeys, "signing">;
  readonly clock: () => Date;
}

/** Signs with the gateway's own key, which stands in the header: whoever files an answer compares it with the one the gateway publishes. */
export function openAnswerSeal({ keys, clock }: AnswerSealParts): SealAnswer {
  return async ({ operationHash, ...parts }) => {
    const payload = canonicalOrNull(parts);
    if (payload === null) return null;
    const { kid, privateKey, publicJwk } = keys.signing();
    const { kty, crv, x } = publicJwk;
    const iat = Math.floor(clock().getTime() / 1000);
    const header = encodePart({ alg: "EdDSA", typ: sealType, kid, jwk: { kty, crv, x }, iat, operationHash });
    // An answer may be long: its encoding is plain ASCII, and taken over as it stands.
    const signed = Buffer.from(`${header}.${payload.toString("base64url")}`, "latin1");
    return `${header}..${sign(null, signed, keyObjectOf(privateKey)).toString("base64url")}`;
  };
}

function canonicalOrNull(parts: SealedParts): Buffer | null {
  try {
    return sealedBytes(parts);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
