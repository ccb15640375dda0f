import { readFile } from "node:fs/promises";
import type { CryptoKey, JSONWebKeySet, JWTVerifyGetKey } from "jose";
import { createLocalJWKSet, createRemoteJWKSet, errors } from "jose";
import type { IssuerKeys } from "./trust.js";

/** At most one new look at a file of keys in this time, so that unknown key ids cannot make the gateway read without end; milliseconds. */
const cooldown = 10_000;

/**
 * The public keys of an issuer, found by the token's `kid`. Keys behind a URL or in a file are read again when a token names a key id that is not among
 * them, so that rotating keys needs no restart. What a token's header says about where its key lies is never followed.
 */
export function openKeys(keys: IssuerKeys, now: () => number = () => performance.now()): JWTVerifyGetKey {
  if ("jwks" in keys) return createLocalJWKSet(keys.jwks);
  if ("url" in keys)
    return createRemoteJWKSet(new URL(keys.url), { timeoutDuration: 3_000, cooldownDuration: cooldown });
  return keysInFile(keys.file, now);
}

function keysInFile(file: string, now: () => number): JWTVerifyGetKey {
  let known: JWTVerifyGetKey | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  const read = async (): Promise<JWTVerifyGetKey> => {
    readAt = now();
    known = createLocalJWKSet(JSON.parse(await readFile(file, "utf8")) as JSONWebKeySet);
    return known;
  };
  return async (header, token): Promise<CryptoKey> => {
    try {
      return (await (known ?? (await read()))(header, token)) as CryptoKey;
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || now() - readAt < cooldown) throw error;
      return (await (
        await read()
      )(header, token)) as CryptoKey;
    }
  };
}
