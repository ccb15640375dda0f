import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { decodeProtectedHeader, exportJWK, generateKeyPair } from "jose";
import { type KeptKeys, keepSigningKeys } from "../../gateway/authenticate/keep-signing-keys.js";
import { readSigningKeys } from "../../gateway/authenticate/read-signing-keys.js";
import { openCallSigner } from "../../gateway/authenticate/sign-calls.js";
import { readSigningKey } from "../../gateway/authenticate/signing-key.js";
import { openGatewayKeys } from "../../subgraphs/kit/gateway-keys.js";
import { openTokenCheck } from "../../subgraphs/kit/verify-token.js";
import { judge } from "../kit-of-subgraphs/signer.js";
import { now as moment, read as readToken } from "./tokens.js";

let folder: string;
let time: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rogatory-rotation-"));
  time = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a new key, as old as is said; answers its id. */
async function put(file: string, ageSeconds = 0): Promise<string> {
  const { privateKey } = await generateKeyPair("EdDSA", { extractable: true });
  writeFileSync(file, JSON.stringify(await exportJWK(privateKey)));
  const since = Date.now() / 1000 - ageSeconds;
  utimesSync(file, since, since);
  return (await readSigningKey(file)).kid;
}
const keep = (place: string): Promise<KeptKeys> =>
  keepSigningKeys(
    () => readSigningKeys(place),
    () => time,
  );
const state = (keys: KeptKeys) => ({
  signs: keys.signing().kid,
  published: keys
    .published()
    .map(({ kid }) => kid)
    .sort(),
});
const sorted = (...kids: string[]) => kids.sort();
const at = (seconds: number) => {
  time = seconds * 1000;
};

describe("a folder of keys", () => {
  test("a new one is published at once, signs a minute later, and the old one may then be taken away: it stays published for two more", async () => {
    const old = await put(join(folder, "2026-01.json"), 3600);
    const keys = await keep(folder);
    const next = await put(join(folder, "2026-02.json"));
    at(10);
    await keys.look();
    expect(state(keys)).toEqual({ signs: old, published: sorted(old, next) });
    at(69);
    expect(state(keys).signs).toBe(old);
    at(70);
    expect(state(keys)).toEqual({ signs: next, published: sorted(old, next) });
    rmSync(join(folder, "2026-01.json"));
    at(80);
    await keys.look();
    at(199);
    expect(state(keys).published).toEqual(sorted(old, next));
    at(200);
    expect(state(keys)).toEqual({ signs: next, published: [next] });
  });

  test("a start in the middle of it goes on where it was: the age of the file counts", async () => {
    const old = await put(join(folder, "a.json"), 3600);
    const next = await put(join(folder, "b.json"), 59);
    const keys = await keep(folder);
    expect(state(keys)).toEqual({ signs: old, published: sorted(old, next) });
    at(2);
    expect(state(keys).signs).toBe(next);
  });

  test("where all are new, as after a mount, the first by name signs until the last was published long enough", async () => {
    const [first, last] = [await put(join(folder, "a.json")), await put(join(folder, "b.json"))];
    const keys = await keep(folder);
    expect(state(keys).signs).toBe(first);
    at(60);
    expect(state(keys).signs).toBe(last);
  });

  test("the old one taken away too early signs on until the new one may", async () => {
    const old = await put(join(folder, "a.json"), 3600);
    const keys = await keep(folder);
    const next = await put(join(folder, "b.json"));
    rmSync(join(folder, "a.json"));
    await keys.look();
    expect(state(keys)).toEqual({ signs: old, published: sorted(old, next) });
    at(60);
    expect(state(keys).signs).toBe(next);
    at(179);
    expect(state(keys).published).toEqual(sorted(old, next));
    at(180);
    expect(state(keys).published).toEqual([next]);
  });

  test("what cannot be read changes nothing, and says what was expected", async () => {
    const old = await put(join(folder, "a.json"), 3600);
    const keys = await keep(folder);
    writeFileSync(join(folder, "b.pem"), "half a key");
    await expect(keys.look()).rejects.toThrow("b.pem holds no Ed25519 private key: expected");
    expect(state(keys)).toEqual({ signs: old, published: [old] });
    mkdirSync(join(folder, "empty"));
    await expect(keep(join(folder, "empty"))).rejects.toThrow("holds no key: expected files *.json or *.pem");
  });
});

test("a file that is replaced: the same, without a restart", async () => {
  const file = join(folder, "key.json");
  const old = await put(file, 3600);
  const keys = await keep(file);
  const next = await put(file);
  await keys.look();
  expect(state(keys)).toEqual({ signs: old, published: sorted(old, next) });
  at(60);
  expect(state(keys)).toEqual({ signs: next, published: sorted(old, next) });
  at(180);
  expect(state(keys).published).toEqual([next]);
});

test("one that comes back is the same key", async () => {
  const old = await put(join(folder, "a.json"), 3600);
  const keys = await keep(folder);
  const next = await put(join(folder, "b.json"));
  await keys.look();
  rmSync(join(folder, "b.json"));
  at(5);
  await keys.look();
  expect(state(keys)).toEqual({ signs: old, published: sorted(old, next) });
  at(125);
  expect(state(keys)).toEqual({ signs: old, published: [old] });
});

test("through a whole rotation nothing that a gateway signed is refused, whenever a subgraph last looked", async () => {
  await put(join(folder, "a.json"), 3600);
  const keys = await keep(folder);
  const signer = openCallSigner({ keys, clock: () => new Date(moment.getTime() + time) });
  const read = async () => ({ keys: [...keys.published()] });
  const subgraph = openGatewayKeys(["http://gateway.example/jwks.json"], { now: () => time, read });
  const check = openTokenCheck({ audience: "library", keys: subgraph, clock: () => new Date(moment.getTime() + time) });
  const seen = new Set<unknown>();
  const sent: { readonly token: string; readonly until: number }[] = [];
  for (let second = 0; second < 300; second += 1) {
    at(second);
    if (second === 7) await put(join(folder, "b.json"));
    if (second === 90) rmSync(join(folder, "a.json"));
    if (second % 10 === 0) await keys.look();
    const token = await signer.callToken({ principal: judge, operationId: "op", service: "library" });
    seen.add(decodeProtectedHeader(token).kid);
    sent.push({ token, until: Number(readToken(token).claims.exp) - moment.getTime() / 1000 });
    // The youngest and the oldest that still lives.
    for (const { token: alive } of [sent.at(-1), sent.find(({ until }) => until > second)].flatMap((one) => one ?? []))
      expect((await check(alive, "call")).claims.op).toBe("op");
  }
  expect(seen.size).toBe(2);
});
