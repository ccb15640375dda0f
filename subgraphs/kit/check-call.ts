import { z } from "zod";
import type { CallClaims } from "../../schema/calls.js";
import { clientRoles, type Principal } from "../../schema/principal.js";
import { TokenRefused, type VerifyToken } from "./verify-token.js";

/** The call is not one of the gateway's. `reason` goes to the log, never to the caller. */
export class CallRefused extends Error {
  override readonly name = "CallRefused";
  constructor(readonly reason: string) {
    super("a signed call of the gateway is required");
  }
}

export interface CheckedCall extends CallClaims {
  /** The token itself: the subgraph presents it when it asks back. */
  readonly token: string;
}

/** Checks `authorization: Bearer …`: everything of `VerifyToken`, then its claims. Throws CallRefused. */
export async function checkCall(authorization: string | undefined, verify: VerifyToken): Promise<CheckedCall> {
  const token = /^Bearer ([\w.~-]+)$/.exec(authorization ?? "")?.[1];
  if (!token) throw new CallRefused("NO_TOKEN");
  const { claims } = await verify(token, "call").catch((error: unknown) => {
    throw error instanceof TokenRefused ? new CallRefused(error.problem) : error;
  });
  const told = claimsShape.safeParse(claims);
  if (!told.success) throw new CallRefused("CLAIMS");
  const { op, principal } = told.data;
  return { op, principal: principal as unknown as Principal, token };
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

const claimsShape = z.object({ op: z.string().min(1), principal: principalShape });
