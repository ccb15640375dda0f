import type { JWTVerifyGetKey } from "jose";
import { jwtVerify } from "jose";
import { z } from "zod";
import { callTokenType, gatewayIssuer, type Life, livesTooLong } from "../../schema/calls.js";
import type { Principal } from "../../schema/principal.js";
import { clientRoles } from "../../schema/principal.js";
import { explainTokenError } from "./explain-token-error.js";
import { Unauthenticated } from "./unauthenticated.js";

/** Whose call tokens are believed: the gateway's own keys, and the subgraphs they may be addressed to. */
export interface ServiceTrust {
  readonly keys: JWTVerifyGetKey;
  readonly names: readonly string[];
}

/** Justice asks treaty, and treaty asks for the case: two. More would be a circle. */
const maxHops = 2;

const client = z.object({
  sub: z.string(),
  role: z.enum(clientRoles),
  country: z.string().nullable(),
  authority: z.string().nullable(),
  platform: z.string().nullable(),
  mayRevoke: z.literal(true).optional(),
});
const caller = z.union([
  client.transform((onBehalfOf) => ({ onBehalfOf, hops: 0 })),
  z.object({
    role: z.literal("SERVICE"),
    onBehalfOf: client,
    hops: z
      .int()
      .min(1)
      .max(maxHops - 1),
  }),
]);

/**
 * A subgraph asks back: it shows the call token that this gateway sent it, and becomes the principal SERVICE on behalf of the client for whom it was called,
 * itself or through one other subgraph. The token's audience says which subgraph asks. Questions cannot run in circles. Throws Unauthenticated.
 */
export async function acceptServiceCall(
  token: string,
  { keys, names }: ServiceTrust,
  clock: () => Date,
): Promise<Principal> {
  const now = clock();
  const { payload } = await jwtVerify(token, keys, {
    algorithms: ["EdDSA"],
    typ: callTokenType,
    issuer: gatewayIssuer,
    audience: [...names],
    currentDate: now,
    requiredClaims: ["aud", "exp", "iat", "op", "principal"],
  }).catch((error: unknown) => {
    throw explainTokenError(error, now);
  });
  if (livesTooLong(payload as Life, now.getTime() / 1000))
    throw new Unauthenticated('The call token\'s claim "exp" does not hold: it lives a minute at most.');
  const service = names.find((name) => name === payload.aud);
  if (service === undefined)
    throw new Unauthenticated('The call token\'s claim "aud" does not hold: it must name one subgraph.');
  const parsed = caller.safeParse(payload.principal);
  if (!parsed.success) {
    throw new Unauthenticated(
      `The call token's claim "principal" does not hold: a subgraph asks back on behalf of a client, through at most ${maxHops} subgraphs, and never for the gateway.`,
    );
  }
  const { onBehalfOf: asking, hops } = parsed.data;
  const { mayRevoke, ...rest } = asking;
  const onBehalfOf: Principal = mayRevoke === undefined ? rest : { ...rest, mayRevoke };
  return { ...rest, role: "SERVICE", service, onBehalfOf, hops: hops + 1 };
}
