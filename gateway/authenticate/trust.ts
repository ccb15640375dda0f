import type { JSONWebKeySet } from "jose";
import { z } from "zod";
import { gatewayIssuer } from "../../schema/calls.js";
import { clientRoles } from "../../schema/principal.js";
import { explainIssues } from "./explain-issues.js";

/**
 * Whom the gateway believes, and how far. A token is worth what its issuer's entry says: a role, country, authority or platform outside of it is refused,
 * so that a stolen mailbox in one country cannot speak for another.
 */

const country = z
  .string()
  .regex(/^([A-Z]{2}|\*)$/, "expected an ISO 3166-1 alpha-2 code such as FR, or * for every country");
const authority = z
  .string()
  .regex(/^[a-z0-9-]*\*?$/, "expected an authority id such as fr-tj-paris, a beginning such as fr-*, or *")
  .min(1);
const platform = z
  .string()
  .regex(/^([A-Z0-9_]+|\*)$/, "expected a platform code such as FACEBOOK, or * for every platform");

const publicJwk = z
  .looseObject({
    kty: z.enum(["OKP", "EC", "RSA"], "expected a public key of kty OKP, EC or RSA"),
    kid: z.string("expected a key id").min(1),
  })
  .refine((jwk) => !("d" in jwk), "holds a private key: give the public part only");

const keys = z.union(
  [
    z.strictObject({ jwks: z.looseObject({ keys: z.array(publicJwk).min(1) }) }),
    z.strictObject({ url: z.url({ protocol: /^https?$/ }) }),
    z.strictObject({ file: z.string().min(1) }),
  ],
  'expected one of { "jwks": { "keys": [public keys with kid] } }, { "url": "https://…" } or { "file": "keys.json" }',
);

const issuer = z.strictObject({
  iss: z
    .string()
    .min(1)
    .refine((iss) => iss !== gatewayIssuer, `${gatewayIssuer} is the gateway itself and no issuer of clients' tokens`),
  keys,
  mayVouchFor: z.strictObject({
    roles: z.array(z.enum(clientRoles, `expected one of ${clientRoles.join(", ")}`)).min(1),
    countries: z.array(country).default([]),
    authorities: z.array(authority).default([]),
    platforms: z.array(platform).default([]),
    centralAuthorityMayRevoke: z.boolean().default(false),
  }),
});

const trust = z.strictObject({ issuers: z.array(issuer).min(1) }).superRefine(({ issuers }, context) => {
  issuers.forEach(({ iss }, index) => {
    if (issuers.findIndex((other) => other.iss === iss) < index) {
      context.addIssue({ code: "custom", path: ["issuers", index, "iss"], message: `${iss} is listed twice` });
    }
  });
});

/** Where an issuer's public keys are found. */
export type IssuerKeys = { readonly jwks: JSONWebKeySet } | { readonly url: string } | { readonly file: string };

/** What an issuer may say of the bearers of its tokens. `*` stands for all, at the end of an authority for any ending. */
export interface Vouching {
  readonly roles: readonly string[];
  readonly countries: readonly string[];
  readonly authorities: readonly string[];
  readonly platforms: readonly string[];
  readonly centralAuthorityMayRevoke: boolean;
}

export interface Issuer {
  readonly iss: string;
  readonly keys: IssuerKeys;
  readonly mayVouchFor: Vouching;
}

export interface Trust {
  readonly issuers: readonly Issuer[];
}

/** The trust file is not one; the message names each fault with its place. */
export class TrustError extends Error {
  override readonly name = "TrustError";
}

/** Reads the text of a trust file. Throws TrustError: a faulty file is refused whole. */
export function parseTrust(text: string): Trust {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new TrustError(`expected JSON: ${(error as Error).message}`);
  }
  const parsed = trust.safeParse(json);
  if (!parsed.success) throw new TrustError(explainIssues(parsed.error).join("; "));
  return parsed.data as Trust;
}
