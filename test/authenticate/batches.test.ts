import { beforeAll, describe, expect, test } from "@jest/globals";
import { oneSigningKey } from "../../gateway/authenticate/keep-signing-keys.js";
import { type CallSigner, openCallSigner } from "../../gateway/authenticate/sign-calls.js";
import { generateSigningKey, type SigningKey } from "../../gateway/authenticate/signing-key.js";
import { batchSize, type GrantClaims } from "../../schema/calls.js";
import type { Principal } from "../../schema/principal.js";
import { digestOf } from "../../schema/sd-jwt.js";
import { clock, read } from "./tokens.js";

let key: SigningKey;
let other: SigningKey;
beforeAll(async () => {
  [key, other] = [await generateSigningKey(), await generateSigningKey()];
});

const open = (): CallSigner => openCallSigner({ keys: oneSigningKey(key), clock });
const person = (sub: string): Principal => ({
  sub,
  role: "JUDICIAL",
  country: "FR",
  authority: `fr-of-${sub}`,
  platform: null,
});
const call = (sub: string, operationId = `op-of-${sub}`) => ({
  principal: person(sub),
  operationId,
  service: "platform",
});
const grant: GrantClaims = {
  op: "op-of-marie",
  bodyDigest: "the-digest",
  warrant: { id: "warrant-1", contentHash: "0a".repeat(32) },
  receipt: { writer: "0b".repeat(32), batch: 1 },
  categories: ["SUBSCRIBER"],
  period: null,
};
const callsOf = (signer: CallSigner, count: number): Promise<string>[] =>
  Array.from({ length: count }, (_, index) => signer.callToken(call(`judge-${index}`)));
const batches = (tokens: readonly string[]): string[] => [...new Set(tokens.map((token) => read(token).jws))];
const listed = (token: string): string[] => read(token).claims._sd as string[];
const saltOf = (token: string): string => (read(token).said as [string])[0];

describe("what the gateway signs within one turn is one batch", () => {
  test("calls and grants, of whomever: each is disclosed by its own token alone", async () => {
    const signer = open();
    const tokens = await Promise.all([
      signer.callToken(call("marie")),
      signer.callToken(call("jean")),
      signer.grant("platform", grant),
    ]);
    expect(batches(tokens)).toHaveLength(1);
    expect(tokens.map((token) => (read(token).said as unknown[]).slice(1))).toEqual([
      ["call", { aud: "platform", op: "op-of-marie", principal: person("marie") }],
      ["call", { aud: "platform", op: "op-of-jean", principal: person("jean") }],
      ["grant", { ...grant, aud: "platform" }],
    ]);
    expect(listed(tokens[0])).toEqual(tokens.map((token) => digestOf(token.split("~")[1] as string)).sort());
  });

  test("what all of them can read names nobody, and not what was asked", async () => {
    const signer = open();
    const tokens = await Promise.all([
      signer.callToken(call("marie")),
      signer.callToken(call("jean")),
      signer.grant("platform", grant),
    ]);
    const { claims } = read(tokens[0]);
    expect(Object.keys(claims).sort()).toEqual(["_sd", "_sd_alg", "exp", "iat", "iss"]);
    expect(JSON.stringify(claims)).not.toMatch(/marie|jean|JUDICIAL|fr-of|op-of|platform|warrant|the-digest/);
  });

  test("equal calls have other salts, so that their digests tell nothing either", async () => {
    const signer = open();
    const tokens = await Promise.all([signer.grant("platform", grant), signer.grant("platform", grant)]);
    expect(new Set(listed(tokens[0])).size).toBe(2);
    expect(new Set(tokens.map(saltOf)).size).toBe(2);
  });

  test("no salt of two thousand comes twice, and each has 128 bits", async () => {
    const signer = open();
    const tokens = await Promise.all(Array.from({ length: 2_000 }, () => signer.grant("platform", grant)));
    const salts = new Set(tokens.map(saltOf));
    expect(salts.size).toBe(2_000);
    expect([...salts].filter((salt) => !/^[\w-]{22}$/.test(salt))).toEqual([]);
  });

  test("their order in the list is not that in which they were asked for", async () => {
    const tokens = await Promise.all(callsOf(open(), batchSize));
    const list = listed(tokens[0] as string);
    expect(list).toEqual([...list].sort());
  });

  test("what is asked for in the next turn is another batch", async () => {
    const signer = open();
    const first = await signer.callToken(call("marie"));
    expect(batches([first, await signer.callToken(call("jean"))])).toHaveLength(2);
  });
});

describe("a batch is bounded", () => {
  test(`${batchSize} are signed at once, before the turn is over`, async () => {
    let turned = false;
    setImmediate(() => {
      turned = true;
    });
    const tokens = await Promise.all(callsOf(open(), batchSize));
    expect(turned).toBe(false);
    expect(batches(tokens)).toHaveLength(1);
  });

  test("one more begins another", async () => {
    const tokens = await Promise.all(callsOf(open(), 2 * batchSize + 1));
    expect(batches(tokens).map((jws) => listed(`${jws}~W10~`).length)).toEqual([batchSize, batchSize, 1]);
  });

  test("the longest token leaves room among the headers of a request", async () => {
    const tokens = await Promise.all(callsOf(open(), batchSize));
    expect(Math.max(...tokens.map(({ length }) => length))).toBeLessThan(3_072);
  });
});

describe("the key of a batch", () => {
  test("is asked for when it is signed, once", async () => {
    const asked: SigningKey[] = [];
    const signing = () => {
      const now = asked.length === 0 ? key : other;
      asked.push(now);
      return now;
    };
    const signer = openCallSigner({ keys: { signing }, clock });
    const [one] = await Promise.all(callsOf(signer, 5));
    await signer.callToken(call("marie"));
    expect(asked).toEqual([key, other]);
    expect(JSON.parse(Buffer.from((one as string).split(".")[0] as string, "base64url").toString()).kid).toBe(key.kid);
  });

  test("that fails is told to everybody in the batch, and nobody is refused for it afterwards", async () => {
    let fails = true;
    const signing = () => {
      if (fails) throw new Error("the key is out of reach");
      return key;
    };
    const signer = openCallSigner({ keys: { signing }, clock });
    const asked = call("marie");
    const told = await Promise.allSettled([
      signer.callToken(asked),
      signer.callToken(call("jean")),
      signer.grant("platform", grant),
    ]);
    expect(told.map((one) => one.status === "rejected" && (one.reason as Error).message)).toEqual(
      Array.from({ length: 3 }, () => "the key is out of reach"),
    );
    fails = false;
    expect(read(await signer.callToken(asked)).said).toMatchObject([expect.any(String), "call", { op: "op-of-marie" }]);
  });
});
