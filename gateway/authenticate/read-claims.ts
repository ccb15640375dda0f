import type { ClientRole, Principal } from "../../schema/principal.js";
import { clientRoles } from "../../schema/principal.js";
import type { Issuer } from "./trust.js";
import { Unauthenticated } from "./unauthenticated.js";

type Scope = "country" | "authority" | "platform";

/** Which claims each role must carry, and which it may. Whatever stands in neither list does not fit the role. */
const claimsOfRoles: Readonly<
  Record<ClientRole, { readonly needs: readonly Scope[]; readonly mayHave: readonly Scope[] }>
> = {
  JUDICIAL: { needs: ["country", "authority"], mayHave: [] },
  PROVIDER: { needs: ["platform"], mayHave: [] },
  ENFORCING_AUTHORITY: { needs: ["country", "authority"], mayHave: [] },
  CENTRAL_AUTHORITY: { needs: ["country"], mayHave: [] },
  AUDITOR: { needs: [], mayHave: ["country", "platform"] },
  ENGINEER: { needs: [], mayHave: [] },
};

const scopes: readonly Scope[] = ["country", "authority", "platform"];
const forms: Readonly<Record<Scope, { readonly form: RegExp; readonly expected: string }>> = {
  country: { form: /^[A-Z]{2}$/, expected: "an ISO 3166-1 alpha-2 code such as FR" },
  authority: { form: /^[a-z0-9][a-z0-9-]{0,99}$/, expected: "the id of an authority such as fr-tj-paris" },
  platform: { form: /^[A-Z0-9_]{1,50}$/, expected: "a platform code such as FACEBOOK" },
};

/**
 * Makes the principal of claims whose signature and times are already checked: they must fit the role, and the issuer must be entitled to vouch for them.
 * Throws Unauthenticated with a sentence that names the claim.
 */
export function readClaims(claims: Readonly<Record<string, unknown>>, { iss, mayVouchFor }: Issuer): Principal {
  const sub = readSub(claims.sub);
  const role = readRole(claims.role);
  if (!mayVouchFor.roles.includes(role)) refuse("role", `the issuer ${iss} may not vouch for the role ${role}`);

  const { needs, mayHave } = claimsOfRoles[role];
  const read = (scope: Scope): string | null => {
    const value = claims[scope];
    if (value === undefined || value === null) {
      if (needs.includes(scope)) refuse(scope, `the role ${role} needs ${needs.join(" and ")}`);
      return null;
    }
    if (!needs.includes(scope) && !mayHave.includes(scope)) refuse(scope, `it does not belong to the role ${role}`);
    const { form, expected } = forms[scope];
    if (typeof value !== "string" || !form.test(value)) refuse(scope, `expected ${expected}`);
    return value as string;
  };
  const [country = null, authority = null, platform = null] = scopes.map(read);
  if (country !== null && platform !== null) refuse("platform", "an auditor audits a country or a platform, not both");

  checkVouched(iss, "country", country, mayVouchFor.countries);
  checkVouched(iss, "authority", authority, mayVouchFor.authorities);
  checkVouched(iss, "platform", platform, mayVouchFor.platforms);
  if (role === "AUDITOR" && country === null && platform === null && !vouchesForAll(mayVouchFor)) {
    refuse("country", `the issuer ${iss} may not vouch for an auditor of everything: name a country or a platform`);
  }
  const principal: Principal = { sub, role, country, authority, platform };
  return role === "CENTRAL_AUTHORITY" && mayVouchFor.centralAuthorityMayRevoke
    ? { ...principal, mayRevoke: true }
    : principal;
}

function readSub(sub: unknown): string {
  if (typeof sub !== "string" || sub.trim() === "" || sub.length > 200 || /\p{Cc}/u.test(sub)) {
    refuse("sub", "expected the name of the bearer, 1 to 200 printable characters");
  }
  return sub as string;
}

function readRole(role: unknown): ClientRole {
  const known = clientRoles.find((one) => one === role);
  return known ?? refuse("role", `expected one of ${clientRoles.join(", ")}`);
}

function checkVouched(iss: string, scope: Scope, value: string | null, patterns: readonly string[]): void {
  if (value !== null && !patterns.some((pattern) => matches(value, pattern))) {
    refuse(scope, `the issuer ${iss} may not vouch for the ${scope} ${value}`);
  }
}

function matches(value: string, pattern: string): boolean {
  return pattern.endsWith("*") ? value.startsWith(pattern.slice(0, -1)) : value === pattern;
}

function vouchesForAll({ countries, platforms }: Issuer["mayVouchFor"]): boolean {
  return countries.includes("*") && platforms.includes("*");
}

function refuse(claim: string, why: string): never {
  throw new Unauthenticated(`The token's claim "${claim}" does not hold: ${why}.`);
}
