import { openDevelopmentIssuer } from "../../authenticate/development-issuer.js";
import { Unauthenticated } from "../../authenticate/unauthenticated.js";
import { openClock } from "../clock.js";
import { makeHome } from "../make-home.js";
import type { Settings } from "../settings.js";
import { SettingsError } from "../settings.js";
import { WrongCall } from "../wrong-call.js";

/** Prints a token of the development issuer and nothing else. Throws WrongCall for claims that the gateway would refuse. */
export async function token(
  options: Readonly<Record<string, string | undefined>>,
  { production, home, now }: Settings,
): Promise<void> {
  if (production)
    throw new SettingsError([
      "NODE_ENV: production has no development issuer; tokens come from the issuers of the trust file",
    ]);
  const { ttl, role = "", ...claims } = options;
  if (ttl !== undefined && !/^[1-9]\d{0,8}$/.test(ttl))
    throw new WrongCall(`--ttl is ${ttl}: expected a number of seconds, such as 3600`);
  makeHome(home);
  const issuer = await openDevelopmentIssuer(home, openClock(now));
  const made = await issuer
    .token({ ...claims, role, ...(ttl === undefined ? {} : { ttl: Number(ttl) }) })
    .catch((error: unknown) => {
      throw error instanceof Unauthenticated ? new WrongCall(error.message) : error;
    });
  process.stdout.write(`${made}\n`);
}
