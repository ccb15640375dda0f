import { batchSize } from "../../schema/calls.js";
import { encodeDisclosure } from "../../schema/sd-jwt.js";
import { newSalt, type TokenDraft } from "./token-draft.js";

/** What may be wrong with either token, however it is used. */
export interface TokenFault {
  readonly name: string;
  /** What follows "a call token" or "a grant". */
  readonly sentence: string;
  /** Several where one fault has several spellings. `foreign`: id of a key that the subgraph does not know. */
  tokens(right: TokenDraft, now: number, foreign: string): readonly TokenDraft[];
}

const hour = 3600;

export const tokenFaults: readonly TokenFault[] = [
  {
    name: "expired",
    sentence: "that has expired",
    tokens: (right, now) => [life(right, now - 70, now - 10)],
  },
  {
    name: "too-long",
    sentence: "that lives longer than 60 seconds",
    tokens: (right, now) => [life(right, now, now + 61), life(right, now - 30, now + 60), life(right, now, now + hour)],
  },
  {
    name: "from-the-future",
    sentence: "that says it was made in the future",
    tokens: (right, now) => [life(right, now + 30, now + 90), life(right, now + hour, now + hour + 60)],
  },
  {
    name: "without-life",
    sentence: "without exp or without iat",
    tokens: (right) => [batch(right, { exp: undefined }), batch(right, { iat: undefined })],
  },
  {
    name: "for-another-service",
    sentence: "for another service, or for this one and another",
    tokens: (right) => [
      claims(right, { aud: "another-service" }),
      claims(right, { aud: [right.claims.aud, "another-service"] }),
      claims(right, { aud: undefined }),
    ],
  },
  {
    name: "of-another-issuer",
    sentence: "of another issuer",
    tokens: (right) => [batch(right, { iss: "somebody" }), batch(right, { iss: undefined })],
  },
  {
    name: "of-another-type",
    sentence: "whose typ is another, or none",
    tokens: (right) => [header(right, { typ: "JWT" }), header(right, { typ: undefined })],
  },
  {
    name: "by-an-unknown-key",
    sentence: "that names a key which no gateway published, or none",
    tokens: (right, _now, foreign) => [
      { ...header(right, { kid: foreign }), by: "FOREIGN" },
      header(right, { kid: foreign }),
      header(right, { kid: undefined }),
    ],
  },
  {
    name: "by-a-foreign-key",
    sentence: "that another key signed under the name of the trusted one",
    tokens: (right) => [{ ...right, by: "FOREIGN" }],
  },
  {
    name: "unsigned",
    sentence: "that nobody signed (alg none, in any spelling)",
    tokens: (right) => ["none", "None", "NONE"].map((alg) => ({ ...header(right, { alg }), by: "NOBODY" as const })),
  },
  {
    name: "by-the-public-key",
    sentence: "signed by HMAC with the public key as the secret",
    tokens: (right) =>
      (["PUBLIC_RAW", "PUBLIC_JWK", "PUBLIC_PEM"] as const).map((by) => ({ ...header(right, { alg: "HS256" }), by })),
  },
  {
    name: "changed",
    sentence: "whose batch was changed after signing: another disclosure listed, or another end",
    tokens: (right, now) => [
      { ...right, edited: { claims: { op: "another-operation" }, listed: true } },
      { ...right, edited: { batch: { exp: now + 59 } } },
    ],
  },
  {
    name: "not-listed",
    sentence: "whose disclosure was changed after signing, or is not in the batch's list",
    tokens: (right) => [
      { ...right, edited: { claims: { op: "another-operation" } } },
      batch(right, { _sd: [] }),
      batch(right, { _sd: undefined }),
    ],
  },
  {
    name: "without-disclosure",
    sentence: "without its disclosure",
    tokens: (right) => [
      { ...right, show: (jws) => jws },
      { ...right, show: (jws) => `${jws}~` },
      { ...right, show: (jws) => `${jws}~~` },
    ],
  },
  {
    name: "with-several-disclosures",
    sentence: "with a second disclosure, or something else after the first",
    tokens: (right) => [
      { ...right, show: (jws, disclosure) => `${jws}~${disclosure}~${disclosure}~` },
      { ...right, beside: another, show: (jws, disclosure, beside) => [jws, disclosure, ...beside, ""].join("~") },
      { ...right, beside: another, show: (jws, disclosure, beside) => [jws, ...beside, disclosure, ""].join("~") },
      { ...right, show: (jws, disclosure) => `${jws}~${disclosure}~${jws}` },
    ],
  },
  {
    name: "of-another-hash",
    sentence: "whose batch says that its digests are of another algorithm than SHA-256",
    tokens: (right) => [batch(right, { _sd_alg: "sha-512" }), batch(right, { _sd_alg: null })],
  },
  {
    name: "of-an-overfull-batch",
    sentence: `whose batch lists its digest twice, or more than ${batchSize}`,
    tokens: (right) => [
      { ...right, beside: (disclosure) => [disclosure] },
      { ...right, beside: () => Array.from({ length: batchSize }, () => another()[0] as string) },
    ],
  },
  {
    name: "of-an-unknown-batch",
    sentence: "whose batch has a claim that it does not know",
    tokens: (right) => [batch(right, { atMost: 1 })],
  },
  {
    name: "without-salt",
    sentence: "whose disclosure has no salt of 128 bits",
    tokens: (right) => [undefined, "", "A".repeat(21)].map((salt) => ({ ...right, salt })),
  },
];

/** A disclosure of something else. */
function another(): readonly string[] {
  return [encodeDisclosure({ salt: newSalt(), name: "another", value: {} })];
}
function life(right: TokenDraft, iat: number, exp: number): TokenDraft {
  return batch(right, { iat, exp });
}
function batch(right: TokenDraft, change: Readonly<Record<string, unknown>>): TokenDraft {
  return { ...right, batch: { ...right.batch, ...change } };
}
function claims(right: TokenDraft, change: Readonly<Record<string, unknown>>): TokenDraft {
  return { ...right, claims: { ...right.claims, ...change } };
}
function header(right: TokenDraft, change: Readonly<Record<string, unknown>>): TokenDraft {
  return { ...right, header: { ...right.header, ...change } };
}
