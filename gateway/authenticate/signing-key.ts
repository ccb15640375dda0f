import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { link, mkdir, readFile, unlink, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { CryptoKey, JWK } from "jose";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, importPKCS8 } from "jose";

/** An Ed25519 key that signs, with the public part that others check it by. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** The file holds no Ed25519 private key. */
export class SigningKeyError extends Error {
  override readonly name = "SigningKeyError";
}

/** Reads a private Ed25519 key from a file: a JWK (RFC 8037) or PKCS #8 in PEM. Throws SigningKeyError, which never shows the key. */
export async function readSigningKey(file: string): Promise<SigningKey> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new SigningKeyError(
      `${file} cannot be read (${error.code}): expected an Ed25519 private key, as a JWK or PKCS #8 in PEM`,
    );
  });
  try {
    return await fromJwk(
      text.trimStart().startsWith("{")
        ? (JSON.parse(text) as JWK)
        : await exportJWK(await importPKCS8(text, "EdDSA", { extractable: true })),
    );
  } catch (cause) {
    throw new SigningKeyError(
      `${file} holds no Ed25519 private key: expected a JWK with kty OKP, crv Ed25519, x and d, or PKCS #8 in PEM`,
      { cause },
    );
  }
}

/** As `readSigningKey`, but makes the key where there is none yet; readable by its owner alone. Two processes that start at once agree on one key. */
export async function openSigningKey(file: string): Promise<SigningKey> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  if (!existsSync(file)) await makeKey(file);
  return readSigningKey(file);
}

/** A new key that nobody has but this process. */
export async function generateSigningKey(): Promise<SigningKey> {
  return fromJwk(await newJwk());
}

async function newJwk(): Promise<JWK> {
  const { privateKey } = await generateKeyPair("EdDSA", { extractable: true });
  return exportJWK(privateKey);
}

async function makeKey(file: string): Promise<void> {
  const draft = `${file}.${randomUUID()}.new`;
  await writeFile(draft, `${JSON.stringify(await newJwk())}\n`, { mode: 0o600 });
  await link(draft, file).catch(ignoreExisting);
  await unlink(draft);
}

async function fromJwk({ kty, crv, x, d }: JWK): Promise<SigningKey> {
  if (kty !== "OKP" || crv !== "Ed25519" || x === undefined || d === undefined)
    throw new Error("not an Ed25519 private key");
  const kid = await calculateJwkThumbprint({ kty, crv, x });
  const privateKey = (await importJWK({ kty, crv, x, d }, "EdDSA", { extractable: true })) as CryptoKey;
  return { kid, privateKey, publicJwk: { kty, crv, x, kid, alg: "EdDSA", use: "sig" } };
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
