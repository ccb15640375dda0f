import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { readSigningKey, type SigningKey, SigningKeyError } from "./signing-key.js";

/** A key where it lies. */
export interface FoundKey {
  readonly key: SigningKey;
  /** How long its file has stood unchanged, in milliseconds. */
  readonly ageMs: number;
}

/**
 * The keys of a gateway: one in a file, or every `*.json` and `*.pem` of a folder, in the order of their names; hidden files are left alone. Throws SigningKeyError
 * where one of them is no key or there is none.
 */
export async function readSigningKeys(place: string): Promise<readonly FoundKey[]> {
  const files = await filesAt(place);
  if (files.length === 0)
    throw new SigningKeyError(`${place} holds no key: expected files *.json or *.pem, each an Ed25519 private key`);
  return Promise.all(
    files.map(async (file) => {
      const key = await readSigningKey(file);
      return { key, ageMs: Math.max(0, Date.now() - (await stat(file)).mtimeMs) };
    }),
  );
}

async function filesAt(place: string): Promise<readonly string[]> {
  const isFolder = await stat(place).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return [place];
  const names = (await readdir(place)).filter((name) => /^[^.].*\.(json|pem)$/.test(name));
  return names.sort().map((name) => join(place, name));
}
