import { createHmac, createPublicKey, randomBytes, randomUUID } from "node:crypto";
import { batchTokenType, callLifetimeSeconds, gatewayIssuer, type SignedKind } from "../../schema/calls.js";
import { digestOf, encodeDisclosure } from "../../schema/sd-jwt.js";
import { encodePart, signParts } from "../authenticate/sign-compact.js";
import type { SigningKey } from "../authenticate/signing-key.js";

/** A token before it is signed: what a check changes about it. Undefined takes a claim or a header away. */
export interface TokenDraft {
  readonly header: Readonly<Record<string, unknown>>;
  /** Claims of the JWS; the digests are added to them where `_sd` is not among them. */
  readonly batch: Readonly<Record<string, unknown>>;
  /** The disclosure: its salt, its name, its value. */
  readonly salt: unknown;
  readonly kind: SignedKind;
  readonly claims: Readonly<Record<string, unknown>>;
  /** Further disclosures that the batch lists. */
  readonly beside?: (disclosure: string) => readonly string[];
  /** How it is signed: by the key that the subgraph trusts, by another one, not at all, or with the trusted public key as a secret, in three spellings. */
  readonly by: "TRUSTED" | "FOREIGN" | "NOBODY" | "PUBLIC_RAW" | "PUBLIC_JWK" | "PUBLIC_PEM";
  /** Changed after signing, the signature kept; `listed`: the changed disclosure in the place of the right one. */
  readonly edited?: {
    readonly claims?: Readonly<Record<string, unknown>>;
    readonly batch?: Readonly<Record<string, unknown>>;
    readonly listed?: true;
  };
  /** How the parts are put together; default: `<JWS>~<disclosure>~`. */
  readonly show?: (jws: string, disclosure: string, beside: readonly string[]) => string;
}

export interface ProbeKeys {
  readonly trusted: SigningKey;
  readonly foreign: SigningKey;
}

/** Two tokens as they ought to be, for one operation. */
export function rightTokens(
  service: string,
  kid: string,
  now: number,
  grant: Readonly<Record<string, unknown>>,
): { readonly call: TokenDraft; readonly grant: TokenDraft } {
  const op = randomUUID();
  const token = (kind: SignedKind, claims: Readonly<Record<string, unknown>>): TokenDraft => ({
    header: { alg: "EdDSA", typ: batchTokenType, kid },
    batch: { iss: gatewayIssuer, iat: now, exp: now + callLifetimeSeconds, _sd_alg: "sha-256" },
    salt: newSalt(),
    kind,
    claims: { aud: service, op, ...claims },
    by: "TRUSTED",
  });
  const principal = { sub: "probe", role: "JUDICIAL", country: "FR", authority: "probe", platform: null };
  return { call: token("call", { principal }), grant: token("grant", grant) };
}

/** 128 random bits. */
export function newSalt(): string {
  return randomBytes(16).toString("base64url");
}

export function signToken(draft: TokenDraft, keys: ProbeKeys): string {
  const { salt, kind, claims, by, edited, show = joined } = draft;
  const disclose = (value: object): string => encodeDisclosure({ salt: salt as string, name: kind, value });
  const disclosure = disclose(claims);
  const beside = draft.beside?.(disclosure) ?? [];
  const batch = { _sd: [disclosure, ...beside].map(digestOf), ...draft.batch };
  const header = encodePart(draft.header);
  const signature = signatureOf(header, encodePart(batch), by, keys);
  const shown = disclose({ ...claims, ...edited?.claims });
  const payload = encodePart({ ...batch, ...edited?.batch, ...(edited?.listed && { _sd: [digestOf(shown)] }) });
  return show(`${header}.${payload}.${signature}`, shown, beside);
}

function joined(jws: string, disclosure: string): string {
  return `${jws}~${disclosure}~`;
}

function signatureOf(header: string, payload: string, by: TokenDraft["by"], { trusted, foreign }: ProbeKeys): string {
  const { kty, crv, x } = trusted.publicJwk;
  const hmac = (secret: string | Buffer): string =>
    createHmac("sha256", secret).update(`${header}.${payload}`).digest("base64url");
  switch (by) {
    case "NOBODY":
      return "";
    case "PUBLIC_RAW":
      return hmac(Buffer.from(x ?? "", "base64url"));
    case "PUBLIC_JWK":
      return hmac(JSON.stringify(trusted.publicJwk));
    case "PUBLIC_PEM":
      return hmac(
        createPublicKey({ key: { kty, crv, x } as never, format: "jwk" }).export({ type: "spki", format: "pem" }),
      );
    default:
      return signParts(header, payload, (by === "TRUSTED" ? trusted : foreign).privateKey);
  }
}
