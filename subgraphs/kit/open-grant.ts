import { createHash } from "node:crypto";
import { errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import { z } from "zod";
import { type GrantClaims, gatewayIssuer, grantTokenType } from "../../schema/calls.js";
import { dataCategories } from "../../schema/law/vocabulary.js";
import type { Clock, Grant } from "./definition.js";
import { type GrantProblem, GrantRefusal, grantKey } from "./grant.js";
import { livesTooLong } from "./lifetime.js";

export interface GrantCheck {
  /** Name of this service. */
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
  readonly clock: Clock;
  /** `op` of the call token that came with it. */
  readonly operationId: string;
  readonly isNew: (nonce: string, expiresAt: number) => boolean;
}

/**
 * Checks the grant that came with a request: signature (EdDSA), issuer, audience, lifetime, the operation of the call, the digest of the
 * body's bytes, and that it was not used before. Throws GrantRefusal with the reason.
 */
export async function openGrant(token: string, body: string, scope: unknown, check: GrantCheck): Promise<Grant> {
  const payload = await verified(token, check);
  const claims = claimsShape.safeParse(payload);
  if (!claims.success) throw new GrantRefusal("SCOPE");
  const { data } = claims;
  if (livesTooLong(data, check.clock())) throw new GrantRefusal("LIFETIME");
  if (data.op !== check.operationId) throw new GrantRefusal("OPERATION");
  const digest = createHash("sha256").update(body, "utf8").digest("base64url");
  if (data.bodyDigest !== digest) throw new GrantRefusal("BODY_DIGEST");
  const listed = scopeShape.safeParse(scope);
  if (!listed.success) throw new GrantRefusal("SCOPE");
  if (!check.isNew(data.jti, data.exp)) throw new GrantRefusal("REPLAYED");
  return {
    claims: data satisfies GrantClaims,
    entities: new Map(listed.data.entities.map((entity) => [grantKey(entity.type, entity.id), entity])),
    subjects: new Map(listed.data.subjects.map(({ id, facts }) => [id, facts])),
  };
}

async function verified(token: string, { audience, keys, clock }: GrantCheck): Promise<unknown> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ["EdDSA"],
      typ: grantTokenType,
      issuer: gatewayIssuer,
      audience,
      currentDate: clock(),
      requiredClaims: ["iat", "exp", "jti"],
    });
    return payload;
  } catch (error) {
    throw new GrantRefusal(problemOf(error));
  }
}

function problemOf(error: unknown): GrantProblem {
  if (error instanceof errors.JWTExpired) return "EXPIRED";
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === "aud") return "AUDIENCE";
  return "SIGNATURE";
}

const instant = z.iso.datetime({ offset: true });
const claimsShape = z.object({
  op: z.string(),
  iat: z.number(),
  exp: z.number(),
  jti: z.string().min(1),
  bodyDigest: z.string(),
  warrant: z.object({ id: z.string(), contentHash: z.string() }),
  receipt: z.object({ writer: z.string(), batch: z.number() }),
  categories: z.array(z.enum(dataCategories)),
  period: z.object({ from: instant, to: instant }).nullable(),
});

const fact = z.string().nullable();
const scopeShape = z.object({
  subjects: z.array(
    z.object({
      id: z.string(),
      facts: z.object({
        providerCountry: z.string(),
        residence: fact,
        nationality: fact,
        locatedIn: fact,
        protectedRole: fact,
      }),
    }),
  ),
  entities: z.array(z.object({ type: z.string(), id: z.string(), subject: z.string(), fields: z.array(z.string()) })),
  leafHashes: z.array(z.string()).min(1),
});
