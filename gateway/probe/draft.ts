import { createHash, createHmac, createPublicKey, randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import {
  callLifetimeSeconds,
  callTokenType,
  type GrantedEntity,
  gatewayIssuer,
  grantHeader,
  grantTokenType,
} from "../../schema/calls.js";
import type { SigningKey } from "../authenticate/signing-key.js";

/** A token before it is signed: what a check changes about it. Undefined takes a claim or a header away. */
export interface TokenDraft {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  /** How it is signed: by the key that the subgraph trusts, by another one, not at all, or with the trusted public key as a secret, in three spellings. */
  readonly by: "TRUSTED" | "FOREIGN" | "NOBODY" | "PUBLIC_RAW" | "PUBLIC_JWK" | "PUBLIC_PEM";
  /** Changed after signing, the signature kept. */
  readonly edited?: Readonly<Record<string, unknown>>;
}

/** The JSON of a request. */
export interface DraftBody {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly scope?: Readonly<Record<string, unknown>>;
}

/** One request of a probe, in parts. */
export interface Draft {
  readonly body: DraftBody;
  readonly call: TokenDraft | null;
  readonly grant: TokenDraft | null;
  /** Sent instead of the body that the grant was signed for. */
  readonly sent?: DraftBody;
  /** What must be answered; nothing else may be. */
  readonly permitted: readonly GrantedEntity[];
  /** True where not even open data may be answered. */
  readonly refusedWhole?: true;
  /** The field that stands under each name of the answer, where the query names them otherwise. */
  readonly responseKeys?: Readonly<Record<string, string>>;
  /** True where a field may be answered without any of the known rows: an empty page. */
  readonly mayBeEmpty?: true;
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
  const token = (typ: string, claims: Readonly<Record<string, unknown>>): TokenDraft => ({
    header: { alg: "EdDSA", typ, kid },
    claims: {
      iss: gatewayIssuer,
      aud: service,
      iat: now,
      exp: now + callLifetimeSeconds,
      jti: randomUUID(),
      op,
      ...claims,
    },
    by: "TRUSTED",
  });
  const principal = { sub: "probe", role: "JUDICIAL", country: "FR", authority: "probe", platform: null };
  return { call: token(callTokenType, { principal }), grant: token(grantTokenType, grant) };
}

/** The request of a draft: body and headers, signed. */
export async function signDraft(
  draft: Draft,
  keys: ProbeKeys,
): Promise<{ readonly body: string; readonly headers: Readonly<Record<string, string>> }> {
  const signed = textOf(draft.body);
  const bodyDigest = createHash("sha256").update(signed).digest("base64url");
  const grant = draft.grant && { ...draft.grant, claims: { bodyDigest, ...draft.grant.claims } };
  return {
    body: draft.sent === undefined ? signed : textOf(draft.sent),
    headers: {
      "content-type": "application/json",
      ...(draft.call && { authorization: `Bearer ${await signToken(draft.call, keys)}` }),
      ...(grant && { [grantHeader]: await signToken(grant, keys) }),
    },
  };
}

function textOf({ query, variables, scope }: DraftBody): string {
  return JSON.stringify({ query, variables, ...(scope && { extensions: { rogatory: scope } }) });
}

async function signToken({ header, claims, by, edited }: TokenDraft, keys: ProbeKeys): Promise<string> {
  const signed = `${part(header)}.${part(claims)}`;
  const signature = await signatureOf(signed, header, claims, by, keys);
  return `${edited === undefined ? signed : `${part(header)}.${part({ ...claims, ...edited })}`}.${signature}`;
}

async function signatureOf(
  signed: string,
  header: TokenDraft["header"],
  claims: TokenDraft["claims"],
  by: TokenDraft["by"],
  { trusted, foreign }: ProbeKeys,
): Promise<string> {
  const { kty, crv, x } = trusted.publicJwk;
  const hmac = (secret: string | Buffer): string => createHmac("sha256", secret).update(signed).digest("base64url");
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
    default: {
      const { privateKey } = by === "TRUSTED" ? trusted : foreign;
      const token = await new SignJWT({ ...claims }).setProtectedHeader(header as never).sign(privateKey);
      return token.slice(token.lastIndexOf(".") + 1);
    }
  }
}

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
