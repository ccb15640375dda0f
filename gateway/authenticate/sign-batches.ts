import { randomFillSync } from "node:crypto";
import {
  type BatchClaims,
  batchSize,
  batchTokenType,
  callLifetimeSeconds,
  gatewayIssuer,
  type SignedKind,
} from "../../schema/calls.js";
import { digestOf, encodeDisclosure } from "../../schema/sd-jwt.js";
import type { SigningKeys } from "./keep-signing-keys.js";
import { encodePart, signCompact } from "./sign-compact.js";
import type { SigningKey } from "./signing-key.js";

/** A token for one call or grant. Rejects with what kept the batch from being signed. */
export type SignInBatch = (kind: SignedKind, value: object) => Promise<string>;

export interface BatchParts {
  readonly keys: Pick<SigningKeys, "signing">;
  readonly clock: () => Date;
}

interface Waiting {
  readonly disclosure: string;
  readonly digest: string;
  resolve(token: string): void;
  reject(cause: unknown): void;
}

/**
 * Signs once for all that is asked for within one turn of the event loop, at most `batchSize` of it: a signature costs more than everything else about a token. The
 * JWS holds no more than salted digests, so whoever reads one token learns nothing of another, and nobody's name stands in what several share.
 */
export function openBatchSigning({ keys, clock }: BatchParts): SignInBatch {
  const headers = new WeakMap<SigningKey, string>();
  const newSalt = saltsFromPool();
  let waiting: Waiting[] = [];
  let endOfTurn: NodeJS.Immediate | undefined;

  function signBatch(): void {
    clearImmediate(endOfTurn);
    const batch = waiting;
    waiting = [];
    try {
      const jws = sign(batch.map(({ digest }) => digest));
      for (const { disclosure, resolve } of batch) resolve(`${jws}~${disclosure}~`);
    } catch (cause) {
      for (const { reject } of batch) reject(cause);
    }
  }

  function sign(digests: readonly string[]): string {
    const iat = Math.floor(clock().getTime() / 1000);
    const claims: BatchClaims = {
      iss: gatewayIssuer,
      iat,
      exp: iat + callLifetimeSeconds,
      _sd_alg: "sha-256",
      _sd: digests.toSorted(),
    };
    const key = keys.signing();
    const header = headers.get(key) ?? encodePart({ alg: "EdDSA", typ: batchTokenType, kid: key.kid });
    headers.set(key, header);
    return signCompact(header, claims, key.privateKey);
  }

  return (kind, value) =>
    new Promise((resolve, reject) => {
      const disclosure = encodeDisclosure({ salt: newSalt(), name: kind, value });
      if (waiting.length === 0) endOfTurn = setImmediate(signBatch);
      waiting.push({ disclosure, digest: digestOf(disclosure), resolve, reject });
      if (waiting.length === batchSize) signBatch();
    });
}

/** Salts of 128 random bits, drawn from the generator by the kilobyte: one at a time costs ten times as much. */
function saltsFromPool(): () => string {
  const pool = Buffer.alloc(64 * 16);
  let next = pool.length;
  return () => {
    if (next === pool.length) {
      randomFillSync(pool);
      next = 0;
    }
    next += 16;
    return pool.toString("base64url", next - 16, next);
  };
}
