import type { TokenDraft } from "./draft.js";

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
    tokens: (right) => [claims(right, { exp: undefined }), claims(right, { iat: undefined })],
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
    tokens: (right) => [claims(right, { iss: "somebody" }), claims(right, { iss: undefined })],
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
    sentence: "whose claims were changed after signing",
    tokens: (right) => [
      { ...right, edited: { op: "another-operation" } },
      { ...right, edited: { jti: "another" } },
    ],
  },
];

function life(right: TokenDraft, iat: number, exp: number): TokenDraft {
  return claims(right, { iat, exp });
}
function claims(right: TokenDraft, change: Readonly<Record<string, unknown>>): TokenDraft {
  return { ...right, claims: { ...right.claims, ...change } };
}
function header(right: TokenDraft, change: Readonly<Record<string, unknown>>): TokenDraft {
  return { ...right, header: { ...right.header, ...change } };
}
