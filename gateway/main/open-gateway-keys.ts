import { join } from "node:path";
import type { Logger } from "pino";
import { keepSigningKeys, type SigningKeys } from "../authenticate/keep-signing-keys.js";
import { readSigningKeys } from "../authenticate/read-signing-keys.js";
import { openSigningKey, SigningKeyError } from "../authenticate/signing-key.js";
import { makeHome } from "./make-home.js";
import type { Settings } from "./settings.js";
import { SettingsError } from "./settings.js";

/** How often a gateway looks whether its keys have changed, in milliseconds. */
const lookMs = 10_000;

/**
 * The keys with which a gateway signs calls and grants: those at the place that the settings name, or, in development, one made and kept in the home. They may be
 * changed while it runs; a change that cannot be read is logged and changes nothing. Throws SettingsError.
 */
export async function openGatewayKeys(
  { gatewayKeyPlace, home }: Pick<Settings, "gatewayKeyPlace" | "home">,
  log: Logger,
): Promise<SigningKeys> {
  const place = gatewayKeyPlace ?? join(home, "gateway-key.json");
  if (gatewayKeyPlace === null) {
    makeHome(home);
    await openSigningKey(place);
  }
  const keys = await keepSigningKeys(
    () => readSigningKeys(place),
    () => performance.now(),
  ).catch((error: unknown) => {
    if (error instanceof SigningKeyError && gatewayKeyPlace !== null)
      throw new SettingsError([`ROGATORY_GATEWAY_KEY: ${error.message}`]);
    throw error;
  });
  // It keeps no process alive, and a look that comes too late for a closing gateway harms nobody.
  setInterval(() => {
    keys
      .look()
      .catch((fault: unknown) => log.error({ err: fault }, "the gateway's keys cannot be read; nothing changed"));
  }, lookMs).unref();
  return keys;
}
