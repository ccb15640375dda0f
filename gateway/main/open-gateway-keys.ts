import { join } from "node:path";
import type { SigningKey } from "../authenticate/signing-key.js";
import { openSigningKey, readSigningKey, SigningKeyError } from "../authenticate/signing-key.js";
import { makeHome } from "./make-home.js";
import type { Settings } from "./settings.js";
import { SettingsError } from "./settings.js";

/** The key with which a gateway signs calls and grants: the one the settings name, or, in development, one made and kept in the home. Throws SettingsError. */
export async function openGatewayKey({ gatewayKeyFile, home }: Settings): Promise<SigningKey> {
  if (gatewayKeyFile === null) {
    makeHome(home);
    return openSigningKey(join(home, "gateway-key.json"));
  }
  return readSigningKey(gatewayKeyFile).catch((error: unknown) => {
    if (error instanceof SigningKeyError) throw new SettingsError([`ROGATORY_GATEWAY_KEY: ${error.message}`]);
    throw error;
  });
}
