import type { JWTVerifyGetKey } from "jose";
import { jwtVerify } from "jose";
import { z } from "zod";
import { batchTokenType, gatewayIssuer, type Life, livesTooLong, type SignedKind } from "../../schema/calls.js";
import type { Principal } from "../../schema/principal.js";
import { clientRoles } from "../../schema/principal.js";
import { readDisclosure, splitSdJwt } from "../../schema/sd-jwt.js";
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

const call = z.object({ aud: z.string(), op: z.string().min(1), principal: z.unknown() });
const callName: SignedKind = "call";

/**
 * A subgraph asks back: it shows the call token that this gateway sent it, and becomes the principal SERVICE on behalf of the client for whom it was called,
 * itself or through one other subgraph. The token's audience says which subgraph asks. Questions cannot run in circles. Throws Unauthenticated.
 */
export async function acceptServiceCall(
  token: string,
  { keys, names }: ServiceTrust,
  clock: () => Date,
): Promise<Principal> {
  const { aud, principal } = await openCall(token, keys, clock());
  const service = names.find((name) => name === aud);
  if (service === undefined)
    throw new Unauthenticated('The call token\'s claim "aud" does not hold: it must name one subgraph.');
  const parsed = caller.safeParse(principal);
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

/** The call of a batch that one of these keys signed, and that still lives. */
async function openCall(token: string, keys: JWTVerifyGetKey, now: Date): Promise<z.infer<typeof call>> {
  const parts = splitSdJwt(token);
  if (parts === null) throw new Unauthenticated("The call token is not one signed batch with one disclosure.");
  const { payload } = await jwtVerify(parts.jws, keys, {
    algorithms: ["EdDSA"],
    typ: batchTokenType,
    issuer: gatewayIssuer,
    currentDate: now,
    requiredClaims: ["exp", "iat"],
  }).catch((error: unknown) => {
    throw explainTokenError(error, now);
  });
  if (livesTooLong(payload as Life, now.getTime() / 1000))
    throw new Unauthenticated('The call token\'s claim "exp" does not hold: it lives a minute at most.');
  const disclosed = readDisclosure(payload, parts.disclosure);
  if (disclosed === null)
    throw new Unauthenticated("The call token's disclosure does not hold: its digest is not in the signed batch.");
  const told = call.safeParse(disclosed.value);
  if (disclosed.name !== callName || !told.success)
    throw new Unauthenticated("The call token's disclosure does not hold: it is no call.");
  return told.data;
}
