import { describe, expect, test } from "@jest/globals";
import { parseTrust, TrustError } from "../../gateway/authenticate/trust.js";

const key = { kty: "OKP", crv: "Ed25519", x: "AAAA", kid: "k1" };
const issuer = {
  iss: "https://login.justice.example",
  keys: { jwks: { keys: [key] } },
  mayVouchFor: { roles: ["JUDICIAL"], countries: ["FR"], authorities: ["fr-*"] },
};
const file = (issuers: unknown): string => JSON.stringify({ issuers });

test("an entry says what its issuer may vouch for, and what it leaves out it may not", () => {
  expect(parseTrust(file([issuer])).issuers[0]?.mayVouchFor).toEqual({
    roles: ["JUDICIAL"],
    countries: ["FR"],
    authorities: ["fr-*"],
    platforms: [],
    centralAuthorityMayRevoke: false,
  });
});

test.each([{ url: "https://login.justice.example/jwks.json" }, { file: "keys.json" }])(
  "keys may lie elsewhere: %j",
  (keys) => {
    expect(parseTrust(file([{ ...issuer, keys }])).issuers[0]?.keys).toEqual(keys);
  },
);

describe("a faulty file is refused whole, with the place", () => {
  test.each([
    ["no JSON", "issuers:", "expected JSON"],
    ["no issuer", file([]), "issuers:"],
    [
      "a role that no client has",
      file([{ ...issuer, mayVouchFor: { roles: ["GATEWAY"] } }]),
      "issuers[0].mayVouchFor.roles[0]: expected one of JUDICIAL",
    ],
    [
      "a country in small letters",
      file([{ ...issuer, mayVouchFor: { roles: ["JUDICIAL"], countries: ["fr"] } }]),
      "issuers[0].mayVouchFor.countries[0]: expected an ISO 3166-1",
    ],
    ["a word nobody knows", file([{ ...issuer, mayVouch: {} }]), "issuers[0]"],
    [
      "a private key",
      file([{ ...issuer, keys: { jwks: { keys: [{ ...key, d: "secret" }] } } }]),
      "issuers[0].keys.jwks.keys[0]: holds a private key: give the public part only",
    ],
    [
      "a symmetric key",
      file([{ ...issuer, keys: { jwks: { keys: [{ kty: "oct", k: "secret", kid: "k" }] } } }]),
      "expected one of",
    ],
    ["an issuer twice", file([issuer, issuer]), "issuers[1].iss: https://login.justice.example is listed twice"],
    [
      "the gateway as an issuer of clients",
      file([{ ...issuer, iss: "rogatory-gateway" }]),
      "issuers[0].iss: rogatory-gateway is the gateway itself",
    ],
  ])("%s", (_name, text, expected) => {
    expect(() => parseTrust(text)).toThrow(TrustError);
    expect(() => parseTrust(text)).toThrow(expected);
    expect(() => parseTrust(text)).not.toThrow("secret");
  });
});
