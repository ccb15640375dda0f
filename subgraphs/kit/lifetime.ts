import { callLifetimeSeconds } from "../../schema/calls.js";

/** How far the clocks of two processes may stand apart, in seconds. */
const skewSeconds = 5;

/** True for a signed call or grant that lives longer than `callLifetimeSeconds`, by its own words or by this clock. */
export function livesTooLong({ iat, exp }: { readonly iat: number; readonly exp: number }, now: Date): boolean {
  return exp - iat > callLifetimeSeconds || exp > now.getTime() / 1000 + callLifetimeSeconds + skewSeconds;
}
