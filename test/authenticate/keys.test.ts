import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { exportJWK, exportPKCS8, exportSPKI, generateKeyPair, jwtVerify } from "jose";
import { openDevelopmentIssuer } from "../../gateway/authenticate/development-issuer.js";
import { openKeys } from "../../gateway/authenticate/open-keys.js";
import { openSigningKey, readSigningKey } from "../../gateway/authenticate/signing-key.js";
import { clock, openOffice, seconds } from "./tokens.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rogatory-keys-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a key is made once, for its owner alone, and two that start at once agree", async () => {
  const file = join(folder, "home", "gateway-key.json");
  const [one, other] = await Promise.all([openSigningKey(file), openSigningKey(file)]);
  expect(one.kid).toBe(other.kid);
  await expect(openSigningKey(file)).resolves.toMatchObject({ kid: one.kid });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, "home"))).toEqual(["gateway-key.json"]);
});

test("the public part holds no private one", async () => {
  const { publicJwk } = await openSigningKey(join(folder, "key.json"));
  expect(Object.keys(publicJwk).sort()).toEqual(["alg", "crv", "kid", "kty", "use", "x"]);
});

test("PKCS #8 in PEM is read as well as a JWK", async () => {
  const { privateKey, publicKey } = await generateKeyPair("EdDSA", { extractable: true });
  writeFileSync(join(folder, "key.pem"), await exportPKCS8(privateKey));
  const { publicJwk } = await readSigningKey(join(folder, "key.pem"));
  expect(publicJwk.x).toBe((await exportJWK(publicKey)).x);
});

test("a file without a private Ed25519 key is refused, and says what was expected", async () => {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  writeFileSync(join(folder, "es256.json"), JSON.stringify(await exportJWK(privateKey)));
  writeFileSync(join(folder, "public.pem"), await exportSPKI(publicKey));
  await expect(readSigningKey(join(folder, "es256.json"))).rejects.toThrow(
    "holds no Ed25519 private key: expected a JWK",
  );
  await expect(readSigningKey(join(folder, "public.pem"))).rejects.toThrow("holds no Ed25519 private key");
  await expect(readSigningKey(join(folder, "nowhere"))).rejects.toThrow("cannot be read (ENOENT)");
});

test("keys in a file may be changed while the gateway runs; a flood of unknown ids does not make it read on", async () => {
  const file = join(folder, "keys.json");
  const [old, next] = [await openOffice(), await openOffice()];
  const nextKey = { ...next.publicJwk, kid: "office-2" };
  writeFileSync(file, JSON.stringify({ keys: [old.publicJwk] }));
  let time = 0;
  const keys = openKeys({ file }, () => time);
  const check = async (token: string) => jwtVerify(token, keys, { currentDate: clock() });
  const newToken = await next.token({}, { kid: "office-2" });

  await expect(check(await old.token())).resolves.toBeDefined();
  writeFileSync(file, JSON.stringify({ keys: [nextKey] }));
  await expect(check(newToken)).rejects.toThrow();
  time += 10_000;
  await expect(check(newToken)).resolves.toBeDefined();
  await expect(check(await old.token())).rejects.toThrow();
});

test("the development issuer makes tokens for a day, and none that the gateway would refuse", async () => {
  const issuer = await openDevelopmentIssuer(folder, clock);
  const token = await issuer.token({ role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" });
  const { payload } = await jwtVerify(token, openKeys(issuer.issuer.keys), { currentDate: clock() });
  expect(payload).toEqual({
    iss: "rogatory-development",
    aud: "rogatory",
    sub: "demo-judicial",
    role: "JUDICIAL",
    country: "FR",
    authority: "fr-tj-paris",
    iat: seconds,
    exp: seconds + 86_400,
  });
  await expect(issuer.token({ role: "JUDICIAL", country: "FR" })).rejects.toThrow('"authority" does not hold');
  await expect(issuer.token({ role: "KING" })).rejects.toThrow('"role" does not hold');
});
