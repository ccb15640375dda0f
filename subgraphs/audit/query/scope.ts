import type { Principal } from "../../../schema/principal.js";
import { Refusal } from "../../kit/refusal.js";

/** Which records a reader may see: those of this country's principals, and of this platform's data; null: all. */
export interface Scope {
  readonly country: string | null;
  readonly platform: string | null;
  /** A provider may know the warrant and not the case. */
  readonly cases: boolean;
}

/**
 * The part of the log that is open to a principal: to an auditor that of her country or platform, or the whole; to a provider that of its own platform.
 * Throws Refusal ROLE for everybody else.
 */
export function scopeOf({ role, country, platform }: Principal): Scope {
  if (role === "AUDITOR") return { country, platform, cases: true };
  if (role === "PROVIDER" && platform !== null) return { country: null, platform, cases: false };
  throw new Refusal("ROLE");
}

/** The acts on warrants of a scope, as a condition: those of orders of this country, and of this platform from their issue on. */
export function actsOf({ country, platform }: Scope): { country?: string; platform?: string; issued?: true } {
  return { ...(country !== null && { country }), ...(platform !== null && { platform, issued: true as const }) };
}
