import { randomUUID } from "node:crypto";
import { calculateJwkThumbprint, importJWK, type JWK } from "jose";
import { z } from "zod";
import type { Principal } from "../../schema/principal.js";
import { keepOutcome } from "../kit/act-once.js";
import { Refusal } from "../kit/refusal.js";
import type { EntityManager, SubgraphContext } from "../kit/subgraph.js";
import { checkText } from "./check-text.js";
import { Authority } from "./entities/authority.js";
import { AuthorityKey } from "./entities/authority-key.js";

/** Registers a public key of the judge's own authority. Throws Refusal JWK, KEY_KNOWN. */
export async function registerKey(context: SubgraphContext, judge: Principal, text: string): Promise<Authority> {
  const { em } = context;
  const jwk = await readJwk(text);
  const keyId = typeof jwk.kid === "string" ? jwk.kid : await calculateJwkThumbprint(jwk);
  const authority = await em.findOneOrFail(Authority, { id: judge.authority ?? "" });
  if ((await em.count(AuthorityKey, { authorityId: authority.id, keyId })) > 0) throw new Refusal("KEY_KNOWN");
  await em.transactional(async (transaction) => {
    await transaction.insert(AuthorityKey, {
      id: `key-${randomUUID()}`,
      authorityId: authority.id,
      keyId,
      jwk: JSON.stringify(jwk),
      registeredAt: context.clock(),
      registeredBy: judge.sub,
      revokedAt: null,
      revokedReason: null,
    });
    await keepOutcome(context, transaction as EntityManager, authority);
  });
  return authority;
}

/** Revokes a key of the judge's own authority, now. Throws Refusal KEY_UNKNOWN, INPUT. */
export async function revokeKey(
  context: SubgraphContext,
  judge: Principal,
  keyId: string,
  reason: string,
): Promise<Authority> {
  const { em } = context;
  if (checkText(reason, ["reason"]).length > 0) throw new Refusal("INPUT");
  const authority = await em.findOneOrFail(Authority, { id: judge.authority ?? "" });
  await em.transactional(async (transaction) => {
    const revoked = await transaction.nativeUpdate(
      AuthorityKey,
      { authorityId: authority.id, keyId, revokedAt: null },
      { revokedAt: context.clock(), revokedReason: reason },
    );
    if (revoked !== 1) throw new Refusal("KEY_UNKNOWN");
    await keepOutcome(context, transaction as EntityManager, authority);
  });
  return authority;
}

/** A public JWK of one of our algorithms, with nothing in it but what a key needs. Throws Refusal JWK. */
async function readJwk(text: string): Promise<JWK> {
  const parsed = jwkShape.safeParse(parseJson(text));
  if (!parsed.success) throw new Refusal("JWK");
  const jwk: JWK = { ...parsed.data, alg: algorithms[parsed.data.crv ?? "RSA"] as string };
  try {
    await importJWK(jwk);
  } catch {
    throw new Refusal("JWK");
  }
  return jwk;
}

const base64url = z.string().regex(/^[\w-]+$/);
const kid = z
  .string()
  .regex(/^[!-~]{1,128}$/)
  .optional();
/** A modulus of 2048 bits or more, in base64url. */
const modulus = base64url.min(342);

/** `d` is the private part, which is nobody's business: whoever sends it is refused, so that she learns of her mistake. */
const jwkShape = z.union([
  z.object({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: base64url, kid, d: z.undefined().optional() }),
  z.object({
    kty: z.literal("EC"),
    crv: z.literal("P-256"),
    x: base64url,
    y: base64url,
    kid,
    d: z.undefined().optional(),
  }),
  z.object({
    kty: z.literal("RSA"),
    crv: z.undefined().optional(),
    n: modulus,
    e: base64url,
    kid,
    d: z.undefined().optional(),
  }),
]);

const algorithms: Readonly<Record<string, string>> = { Ed25519: "EdDSA", "P-256": "ES256", RSA: "RS256" };

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal("JWK");
  }
}
