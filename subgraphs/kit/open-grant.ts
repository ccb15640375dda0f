import { createHash } from "node:crypto";
import type { z } from "zod";
import type { GrantClaims, GrantedEntity, GrantedScope } from "../../schema/calls.js";
import type { Grant } from "./definition.js";
import { type GrantProblem, GrantRefusal, grantKey } from "./grant.js";
import { claimsShape, leafHashesShape, periodShape, receiptShape, scopeShape, warrantShape } from "./grant-shapes.js";
import type { UseNonce } from "./nonces.js";
import { TokenRefused, type VerifyToken } from "./verify-token.js";

export interface GrantCheck {
  readonly verify: VerifyToken;
  /** `op` of the call token that came with it. */
  readonly operationId: string;
  readonly useNonce: UseNonce;
}

/**
 * Checks the grant that came with a request: everything of `VerifyToken`, its claims, the operation of the call, the digest of the body's bytes, the scope, and at
 * last that its salt was not used before. Throws GrantRefusal with the first reason that holds.
 */
export async function openGrant(token: string, body: string, scope: unknown, check: GrantCheck): Promise<Grant> {
  const {
    salt,
    exp,
    claims: unread,
  } = await check.verify(token, "grant").catch((error: unknown) => {
    throw error instanceof TokenRefused ? new GrantRefusal(error.problem) : error;
  });
  const claims = readClaims(unread);
  if (claims.op !== check.operationId) throw new GrantRefusal("OPERATION");
  const digest = createHash("sha256").update(body, "utf8").digest("base64url");
  if (claims.bodyDigest !== digest) throw new GrantRefusal("BODY_DIGEST");
  const { entities, subjects, search } = readScope(scope);
  if (!(await check.useNonce(salt, exp))) throw new GrantRefusal("REPLAYED");
  return {
    claims,
    entities: byEntity(entities),
    subjects: new Map(subjects.map(({ id, facts }) => [id, facts])),
    search: search ?? null,
  };
}

function readClaims(payload: Readonly<Record<string, unknown>>): GrantClaims {
  const claims = claimsShape.safeParse(payload);
  if (claims.success) return claims.data;
  const own: readonly [z.ZodType, unknown, GrantProblem][] = [
    [warrantShape, payload.warrant, "WARRANT"],
    [receiptShape, payload.receipt, "RECEIPT"],
    [periodShape, payload.period, "PERIOD"],
  ];
  throw new GrantRefusal(own.find(([shape, value]) => !shape.safeParse(value).success)?.[2] ?? "CLAIMS");
}

function readScope(scope: unknown): GrantedScope {
  const listed = scopeShape.safeParse(scope);
  if (listed.success) return listed.data;
  const { leafHashes } = (scope ?? {}) as { leafHashes?: unknown };
  throw new GrantRefusal(leafHashesShape.safeParse(leafHashes).success ? "SCOPE" : "RECEIPT");
}

/** Fields of one entity may be about several persons: one entry for each. */
function byEntity(entities: readonly GrantedEntity[]): ReadonlyMap<string, readonly GrantedEntity[]> {
  const listed = new Map<string, GrantedEntity[]>();
  for (const entity of entities) {
    const key = grantKey(entity.type, entity.id);
    listed.set(key, [...(listed.get(key) ?? []), entity]);
  }
  return listed;
}
