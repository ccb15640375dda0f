import { type JWTVerifyGetKey, jwtVerify } from "jose";
import { z } from "zod";
import { type CallClaims, callTokenType, gatewayIssuer } from "../../schema/calls.js";
import { clientRoles, type Principal } from "../../schema/principal.js";
import type { Clock } from "./definition.js";
import { livesTooLong } from "./lifetime.js";

/** The call is not one of the gateway's. `reason` goes to the log, never to the caller. */
export class CallRefused extends Error {
  override readonly name = "CallRefused";
  constructor(readonly reason: string) {
    super("a signed call of the gateway is required");
  }
}

export interface CallCheck {
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
  readonly clock: Clock;
}

export interface CheckedCall extends CallClaims {
  /** The token itself: the subgraph presents it when it asks back. */
  readonly token: string;
}

/** Checks `authorization: Bearer …`: EdDSA alone, typ, iss, aud, exp, and a life of at most 60 s. Throws CallRefused. */
export async function checkCall(authorization: string | undefined, check: CallCheck): Promise<CheckedCall> {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization ?? "")?.[1];
  if (!token) throw new CallRefused("no bearer token");
  const claims = claimsShape.safeParse(await verified(token, check));
  if (!claims.success) throw new CallRefused("claims of another form");
  const { op, principal, iat, exp } = claims.data;
  if (livesTooLong({ iat, exp }, check.clock())) throw new CallRefused("it lives longer than it may");
  return { op, principal: principal as unknown as Principal, token };
}

async function verified(token: string, { audience, keys, clock }: CallCheck): Promise<unknown> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ["EdDSA"],
      typ: callTokenType,
      issuer: gatewayIssuer,
      audience,
      currentDate: clock(),
      requiredClaims: ["iat", "exp"],
    });
    return payload;
  } catch (error) {
    throw new CallRefused(error instanceof Error ? error.name : "unreadable");
  }
}

/** Loose: what the gateway says of the caller beyond this reaches the resolvers as it is. */
const principalShape = z.looseObject({
  sub: z.string(),
  role: z.enum([...clientRoles, "GATEWAY", "SERVICE"]),
  country: z.string().nullable(),
  authority: z.string().nullable(),
  platform: z.string().nullable(),
  service: z.string().optional(),
  get onBehalfOf() {
    return principalShape.optional();
  },
});

const claimsShape = z.object({ op: z.string().min(1), iat: z.number(), exp: z.number(), principal: principalShape });
