import { type CryptoKey, compactVerify, decodeProtectedHeader, errors, importJWK, type JWK } from "jose";
import { type LeafReceipt, verifyReceiptOffline } from "../../schema/ledger/receipt.js";
import { sealedBytes, sealType } from "../../schema/sealed-answer.js";

/** A group of paths that an answer withheld, as its disclosure says it. */
export interface Withheld {
  readonly decision: { readonly code: string; readonly category: string; readonly rule: string | null };
  readonly paths: readonly (readonly (string | number)[])[];
}

/** An answer as a client received and kept it. */
export interface KeptAnswer {
  readonly data: unknown;
  readonly disclosure: {
    readonly operationId: string;
    readonly warrant: string | null;
    readonly receipts: readonly LeafReceipt[];
    readonly withheld: readonly Withheld[];
    readonly sealed: string;
  };
}

/** What the seal of an answer says. */
export interface VerifiedAnswer {
  /** Public key of the seal, and when it was set. */
  readonly jwk: JWK;
  readonly sealedAt: Date;
  /** SHA-256 (hex) of the operation's text. */
  readonly operationHash: string;
  /** The canonical bytes under the seal. */
  readonly bytes: Buffer;
}

/** The file is no answer, or does not hold. The message says why. */
export class AnswerFault extends Error {
  override readonly name = "AnswerFault";
}

/** Reads a kept answer: the JSON body as it came. Throws AnswerFault. */
export function readAnswer(text: string): KeptAnswer {
  const body = parse(text);
  const disclosure = body?.extensions?.disclosure;
  if (disclosure === undefined) throw new AnswerFault("it has no `extensions.disclosure`: it carried no identity data");
  if (typeof disclosure.sealed !== "string") throw new AnswerFault("it has no seal (`extensions.disclosure.sealed`)");
  const { operationId, receipts, withheld } = disclosure;
  if (typeof operationId !== "string" || !Array.isArray(receipts) || !Array.isArray(withheld))
    throw new AnswerFault("its disclosure is not whole: expected operationId, receipts and withheld");
  return { data: body?.data ?? null, disclosure: disclosure as KeptAnswer["disclosure"] };
}

interface Body {
  readonly data?: unknown;
  readonly extensions?: { readonly disclosure?: Partial<KeptAnswer["disclosure"]> };
}

function parse(text: string): Body | null {
  try {
    return JSON.parse(text) as Body | null;
  } catch {
    throw new AnswerFault("it is not JSON: expected the body of an answer as it came");
  }
}

/**
 * Checks the seal under one of these keys (JWK) or, without any, under the one in its own header; and every receipt. Throws AnswerFault at the first that does
 * not hold.
 */
export async function verifyAnswer(answer: KeptAnswer, keys: readonly JWK[] | null): Promise<VerifiedAnswer> {
  const { sealed, receipts } = answer.disclosure;
  const bytes = sealedBytes(answer);
  const [header, payload, signature] = sealed.split(".");
  if (payload !== "") throw new AnswerFault("its seal is not a detached JWS");
  const { typ, jwk, iat, operationHash } = readHeader(sealed);
  if (typ !== sealType) throw new AnswerFault(`its seal is of type ${String(typ)}, not ${sealType}`);
  const key = keys === null ? jwk : keys.find(({ x }) => x === jwk.x);
  if (key === undefined) throw new AnswerFault("its seal was set with none of the keys given");
  if (!(await holds(`${header}.${bytes.toString("base64url")}.${signature}`, key)))
    throw new AnswerFault("its seal does not hold: data or disclosure are not what left the gateway");
  for (const [place, receipt] of receipts.entries())
    if (!verifyReceiptOffline(receipt)) throw new AnswerFault(`receipt ${place} is not what its writer signed`);
  return { jwk, sealedAt: new Date(iat * 1000), operationHash, bytes };
}

async function holds(jws: string, key: JWK): Promise<boolean> {
  try {
    await compactVerify(jws, (await importJWK(key, "EdDSA")) as CryptoKey, { algorithms: ["EdDSA"] });
    return true;
  } catch (error) {
    if (error instanceof errors.JOSEError) return false;
    throw error;
  }
}

interface SealHeader {
  readonly typ: unknown;
  readonly jwk: JWK;
  readonly iat: number;
  readonly operationHash: string;
}

function readHeader(sealed: string): SealHeader {
  try {
    const { typ, jwk, iat, operationHash } = decodeProtectedHeader(sealed) as Record<string, unknown>;
    const { kty, crv, x } = jwk as JWK;
    const whole = kty === "OKP" && crv === "Ed25519" && typeof x === "string";
    if (!whole || typeof iat !== "number" || typeof operationHash !== "string")
      throw new TypeError("a member is missing");
    return { typ, jwk: { kty, crv, x }, iat, operationHash };
  } catch {
    throw new AnswerFault("the header of its seal cannot be read");
  }
}
