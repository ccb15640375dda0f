import { createHmac, generateKeyPairSync } from "node:crypto";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { FlattenedSign } from "jose";
import { openAuthenticator } from "../../gateway/authenticate/authenticate.js";
import { Unauthenticated } from "../../gateway/authenticate/unauthenticated.js";
import type { Office } from "./tokens.js";
import { clock, iss, judge, now, openOffice, part, seconds } from "./tokens.js";

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});

async function reason(authorization: string | undefined, at: Office = office): Promise<string> {
  const error = await at.authenticate(authorization).then(
    (principal) => principal,
    (refused: unknown) => refused,
  );
  expect(error).toBeInstanceOf(Unauthenticated);
  return (error as Unauthenticated).message;
}

describe("a good token becomes a principal", () => {
  test.each(["EdDSA", "ES256", "RS256"])("signed with %s", async (alg) => {
    const other = await openOffice(alg);
    await expect(other.authenticate(`Bearer ${await other.token()}`)).resolves.toEqual({ ...judge, platform: null });
  });

  test("the scheme is read in any case", async () => {
    await expect(office.authenticate(`bearer ${await office.token()}`)).resolves.toMatchObject({ sub: "judge" });
  });

  test("rogatory may be one of several audiences", async () => {
    await expect(
      office.authenticate(`Bearer ${await office.token({ aud: ["other", "rogatory"] })}`),
    ).resolves.toMatchObject({ sub: "judge" });
  });

  test("a provider has a platform and no country", async () => {
    const token = await office.token({
      role: "PROVIDER",
      platform: "FACEBOOK",
      country: undefined,
      authority: undefined,
    });
    await expect(office.authenticate(`Bearer ${token}`)).resolves.toEqual({
      sub: "judge",
      role: "PROVIDER",
      country: null,
      authority: null,
      platform: "FACEBOOK",
    });
  });

  test("a central authority may revoke only where the trust file grants it", async () => {
    const claims = { role: "CENTRAL_AUTHORITY", authority: undefined };
    const plain = await office.authenticate(`Bearer ${await office.token(claims)}`);
    const revoking = await openOffice("EdDSA", { centralAuthorityMayRevoke: true });
    expect(plain.mayRevoke).toBeUndefined();
    await expect(revoking.authenticate(`Bearer ${await revoking.token(claims)}`)).resolves.toMatchObject({
      mayRevoke: true,
    });
  });
});

describe("nobody is ever treated as anonymous", () => {
  test.each([
    ["no header", undefined, "A token is needed"],
    ["an empty header", "", "A token is needed"],
    ["another scheme", "Basic YTpi", "expected `Bearer <JWT>`"],
    ["two tokens", "Bearer a.b.c, Bearer a.b.c", "expected `Bearer <JWT>`"],
    ["no JWT", "Bearer hello", "its header cannot be read"],
    ["a disclosure behind it", "Bearer e30.e30.x~e30~", "expected `Bearer <JWT>`"],
    ["a very long one", `Bearer ${"a".repeat(9000)}`, "too long"],
  ])("%s", async (_name, authorization, expected) => {
    await expect(reason(authorization)).resolves.toContain(expected);
  });
});

describe("the header of a token decides nothing about how it is checked", () => {
  test("alg none", async () => {
    const token = `${part({ alg: "none", kid: "office-1" })}.${part({ iss, aud: "rogatory", exp: seconds + 60, iat: seconds, ...judge })}.`;
    await expect(reason(`Bearer ${token}`)).resolves.toContain('header "alg" does not hold');
  });

  test("HMAC with the public key as its secret", async () => {
    const signed = `${part({ alg: "HS256", kid: "office-1" })}.${part({ iss, aud: "rogatory", exp: seconds + 60, iat: seconds, ...judge })}`;
    const mac = createHmac("sha256", JSON.stringify(office.publicJwk)).update(signed).digest("base64url");
    await expect(reason(`Bearer ${signed}.${mac}`)).resolves.toContain('header "alg" does not hold');
  });

  test.each([
    [{ kid: undefined as never }, 'header "kid" is missing'],
    [{ kid: "../../etc/passwd" }, 'header "kid" does not hold'],
    [{ jku: "https://evil.example/jwks.json" }, 'header "jku" does not hold: keys come from the trust file alone'],
    [{ x5u: "https://evil.example/cert.pem" }, 'header "x5u" does not hold'],
    [{ jwk: { kty: "OKP" } }, 'header "jwk" does not hold'],
    [{ typ: "rogatory-answer" }, 'header "typ" does not hold'],
    [{ typ: "rogatory+sd-jwt" }, "one signed batch with one disclosure"],
  ])("%j", async (header, expected) => {
    await expect(reason(`Bearer ${await office.token({}, header)}`)).resolves.toContain(expected);
  });

  test.each([
    [
      "a crit extension nobody knows",
      { crit: ["urn:x"], "urn:x": true },
      { crit: { "urn:x": true } },
      "an extension that is not understood",
    ],
    ["an unencoded payload", { crit: ["b64"], b64: false }, {}, "an extension that is not understood"],
  ])("%s", async (_name, header, options, expected) => {
    const claims = new TextEncoder().encode(
      JSON.stringify({ iss, aud: "rogatory", iat: seconds, exp: seconds + 600, ...judge }),
    );
    const signed = await new FlattenedSign(claims)
      .setProtectedHeader({ alg: "EdDSA", kid: office.kid, ...header })
      .sign(office.privateKey, options);
    const payload = Buffer.from(claims).toString("base64url");
    await expect(reason(`Bearer ${signed.protected}.${payload}.${signed.signature}`)).resolves.toContain(expected);
  });
});

describe("a claim failure says which claim and why", () => {
  test.each([
    [{ iss: "https://elsewhere.example" }, '"iss" does not hold: the issuer is not in the trust file'],
    [{ iss: "rogatory-gateway" }, '"iss" does not hold'],
    [{ aud: "other" }, '"aud" does not hold: expected rogatory'],
    [{ aud: undefined }, '"aud" does not hold: it is missing'],
    [{ sub: undefined }, '"sub" does not hold: it is missing'],
    [{ sub: "a\nb" }, '"sub" does not hold: expected the name of the bearer'],
    [{ exp: undefined }, '"exp" does not hold: it is missing'],
    [{ exp: seconds }, '"exp" does not hold: it expired at 2026-11-23T10:00:00.000Z'],
    [{ iat: undefined }, '"iat" does not hold: it is missing'],
    [
      { iat: seconds + 3600 },
      '"iat" does not hold: it was issued at 2026-11-23T11:00:00.000Z, and the gateway\'s clock says 2026-11-23T10:00:00.000Z',
    ],
    [{ nbf: seconds + 60 }, '"nbf" does not hold: the token is not valid yet'],
    [{ role: undefined }, '"role" does not hold: it is missing'],
    [{ role: "ADMIN" }, '"role" does not hold: expected one of JUDICIAL, PROVIDER'],
    [{ role: ["JUDICIAL", "AUDITOR"] }, '"role" does not hold: expected one of'],
    [{ role: "SERVICE" }, '"role" does not hold: expected one of'],
    [{ role: "GATEWAY" }, '"role" does not hold: expected one of'],
    [{ country: undefined }, '"country" does not hold: the role JUDICIAL needs country and authority'],
    [{ authority: undefined }, '"authority" does not hold: the role JUDICIAL needs country and authority'],
    [{ country: "fr" }, '"country" does not hold: expected an ISO 3166-1 alpha-2 code'],
    [{ country: ["FR", "DE"] }, '"country" does not hold: expected an ISO 3166-1 alpha-2 code'],
    [{ platform: "FACEBOOK" }, '"platform" does not hold: it does not belong to the role JUDICIAL'],
    [{ role: "PROVIDER", platform: "FACEBOOK" }, '"country" does not hold: it does not belong to the role PROVIDER'],
    [{ role: "ENGINEER", authority: undefined }, '"country" does not hold: it does not belong to the role ENGINEER'],
    [
      { role: "AUDITOR", authority: undefined, platform: "FACEBOOK" },
      '"platform" does not hold: an auditor audits a country or a platform, not both',
    ],
  ])("%j", async (claims, expected) => {
    await expect(reason(`Bearer ${await office.token(claims as Record<string, unknown>)}`)).resolves.toContain(
      expected,
    );
  });

  test("a signature of another key", async () => {
    const [header, payload] = (await office.token()).split(".");
    const forged = (await (await openOffice()).token()).split(".")[2];
    await expect(reason(`Bearer ${header}.${payload}.${forged}`)).resolves.toContain("signature does not verify");
  });

  test("a good signature under changed claims", async () => {
    const [header, , signature] = (await office.token()).split(".");
    const claims = part({ iss, aud: "rogatory", iat: seconds, exp: seconds + 600, ...judge, country: "DE" });
    await expect(reason(`Bearer ${header}.${claims}.${signature}`)).resolves.toContain("signature does not verify");
  });

  test("an RSA key too short to be believed", async () => {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
    const { openAuthenticator } = await import("../../gateway/authenticate/authenticate.js");
    const { openKeys } = await import("../../gateway/authenticate/open-keys.js");
    const jwk = { ...publicKey.export({ format: "jwk" }), kid: "office-1" };
    const vouching = {
      roles: ["JUDICIAL"],
      countries: ["FR"],
      authorities: ["fr-*"],
      platforms: [],
      centralAuthorityMayRevoke: false,
    };
    const authenticate = openAuthenticator({
      trust: { issuers: [{ iss, keys: { jwks: { keys: [jwk] } }, mayVouchFor: vouching }] },
      services: { keys: openKeys({ jwks: { keys: [] } }), names: [] },
      clock,
    });
    const rsa = await (await openOffice("RS256")).token();
    await expect(authenticate(`Bearer ${rsa}`)).rejects.toBeInstanceOf(Unauthenticated);
  });
});

describe("an issuer cannot vouch beyond its entry", () => {
  test.each([
    [{ country: "DE", authority: "de-ag-berlin" }, `may not vouch for the country DE`],
    [{ authority: "de-ag-berlin" }, `may not vouch for the authority de-ag-berlin`],
    [{ role: "ENFORCING_AUTHORITY" }, `may not vouch for the role ENFORCING_AUTHORITY`],
    [
      { role: "PROVIDER", country: undefined, authority: undefined, platform: "TIKTOK" },
      `may not vouch for the platform TIKTOK`,
    ],
    [{ role: "AUDITOR", country: undefined, authority: undefined }, `may not vouch for an auditor of everything`],
  ])("%j", async (claims, expected) => {
    const said = await reason(`Bearer ${await office.token(claims as Record<string, unknown>)}`);
    expect(said).toContain(expected);
    expect(said).toContain(iss);
  });

  test("an entry without a star is that one value, and no beginning", async () => {
    const one = await openOffice("EdDSA", { authorities: ["fr-tj-paris"] });
    await expect(reason(`Bearer ${await one.token({ authority: "fr-tj-paris-2" })}`, one)).resolves.toContain(
      "may not vouch",
    );
    await expect(reason(`Bearer ${await one.token({ country: "FI" })}`, one)).resolves.toContain("the country FI");
  });

  test("an auditor of everything needs an issuer of everything", async () => {
    const all = await openOffice("EdDSA", { countries: ["*"], platforms: ["*"] });
    const token = await all.token({ role: "AUDITOR", country: undefined, authority: undefined });
    await expect(all.authenticate(`Bearer ${token}`)).resolves.toEqual({
      sub: "judge",
      role: "AUDITOR",
      country: null,
      authority: null,
      platform: null,
    });
  });
});

describe("a token that is shown again", () => {
  test("is accepted again, and with one bit of its signature changed it is not", async () => {
    const office = await openOffice();
    const token = await office.token();
    for (let round = 0; round < 2; round += 1)
      expect(await office.authenticate(`Bearer ${token}`)).toMatchObject({ sub: "judge" });
    const [header, payload, signature = ""] = token.split(".");
    const forged = `${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
    await expect(office.authenticate(`Bearer ${header}.${payload}.${forged}`)).rejects.toThrow(
      "signature does not verify",
    );
  });

  test("is refused once it has expired, however well its signature is remembered", async () => {
    const office = await openOffice();
    let time = now;
    const authenticate = openAuthenticator({
      trust: {
        issuers: [
          {
            iss,
            keys: { jwks: { keys: [office.publicJwk as never] } },
            mayVouchFor: {
              roles: ["JUDICIAL"],
              countries: ["*"],
              authorities: ["*"],
              platforms: [],
              centralAuthorityMayRevoke: false,
            },
          },
        ],
      },
      services: { keys: async () => Promise.reject(new Error("none")), names: [] },
      clock: () => time,
    });
    const token = `Bearer ${await office.token()}`;
    await authenticate(token);
    time = new Date(now.getTime() + 600_000);
    await expect(authenticate(token)).rejects.toThrow('"exp" does not hold');
  });
});
