import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Issuer, Trust } from "../authenticate/trust.js";
import { parseTrust, TrustError } from "../authenticate/trust.js";
import { SettingsError } from "./settings.js";

/** Reads the trust file that ROGATORY_TRUST names; files of keys lie relative to it. Throws SettingsError with every fault. */
export async function readTrust(file: string): Promise<Trust> {
  try {
    const { issuers } = parseTrust(await readFile(file, "utf8"));
    return { issuers: issuers.map((issuer) => withResolvedKeys(issuer, dirname(file))) };
  } catch (error) {
    if (error instanceof TrustError) throw new SettingsError([`ROGATORY_TRUST (${file}): ${error.message}`]);
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new SettingsError([`ROGATORY_TRUST: ${file} cannot be read (${code}): expected a trust file`]);
  }
}

function withResolvedKeys(issuer: Issuer, folder: string): Issuer {
  return "file" in issuer.keys ? { ...issuer, keys: { file: resolve(folder, issuer.keys.file) } } : issuer;
}
