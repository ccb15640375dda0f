import { beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { type CryptoKey, exportJWK, generateKeyPair, type JSONWebKeySet, type JWK, jwtVerify, SignJWT } from "jose";
import { openGatewayKeys } from "../../subgraphs/kit/gateway-keys.js";

interface Key {
  readonly kid: string;
  readonly jwk: JWK;
  readonly privateKey: CryptoKey;
}
let red: Key;
let blue: Key;
beforeAll(async () => {
  [red, blue] = (await Promise.all(
    ["red", "blue"].map(async (kid) => {
      const { privateKey, publicKey } = await generateKeyPair("EdDSA");
      return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: "EdDSA" } };
    }),
  )) as [Key, Key];
});

const places = ["http://one.example/jwks.json", "http://two.example/jwks.json"];
let time = 0;
let served: Record<string, JSONWebKeySet | null>;
let looks: string[];
beforeEach(() => {
  time = 0;
  served = { [places[0] as string]: { keys: [red.jwk] }, [places[1] as string]: { keys: [] } };
  looks = [];
});

const open = (of = places) =>
  openGatewayKeys(of, {
    now: () => time,
    read: async (place) => {
      looks.push(place);
      const set = served[place];
      if (!set) throw new Error("out of reach");
      return set;
    },
  });
type Keys = ReturnType<typeof open>;
const check = async (keys: Keys, { kid, privateKey }: Key): Promise<string> => {
  const token = await new SignJWT({}).setProtectedHeader({ alg: "EdDSA", kid }).sign(privateKey);
  return jwtVerify(token, keys).then(
    () => "believed",
    (error: Error) => error.name,
  );
};

describe("the keys of gateways, as a subgraph knows them", () => {
  test("are read once, and kept", async () => {
    const keys = open();
    expect([await check(keys, red), await check(keys, red)]).toEqual(["believed", "believed"]);
    expect(looks).toEqual(places);
  });

  test("an unknown key is looked for once and refused; a flood of them causes no second look within ten seconds", async () => {
    const keys = open();
    await check(keys, red);
    time = 10_000;
    expect(await check(keys, blue)).toBe("JWKSNoMatchingKey");
    expect(looks).toHaveLength(4);
    time = 19_999;
    for (let flood = 0; flood < 20; flood += 1) expect(await check(keys, blue)).toBe("JWKSNoMatchingKey");
    expect(looks).toHaveLength(4);
  });

  test("a new key of either gateway is found by that look", async () => {
    const keys = open();
    await check(keys, red);
    served[places[1] as string] = { keys: [blue.jwk] };
    time = 10_000;
    expect([await check(keys, blue), await check(keys, red)]).toEqual(["believed", "believed"]);
  });

  test("a key that was taken back is believed for a minute at most where the keys can be read, however quiet it was meanwhile", async () => {
    const keys = open();
    await check(keys, red);
    served[places[0] as string] = { keys: [blue.jwk] };
    time = 59_999;
    expect(await check(keys, red)).toBe("believed");
    time = 60_000;
    expect(await check(keys, red)).toBe("JWKSNoMatchingKey");
  });

  test("and for ten where they cannot; then nobody is believed", async () => {
    const keys = open(places.slice(0, 1));
    await check(keys, red);
    served[places[0] as string] = null;
    time = 599_999;
    expect(await check(keys, red)).toBe("believed");
    time = 600_000;
    expect(await check(keys, red)).toBe("GatewayKeysUnavailable");
    served[places[0] as string] = { keys: [red.jwk] };
    time = 610_000;
    expect(await check(keys, red)).toBe("believed");
  });

  test("one gateway that is gone does not keep the other from being believed", async () => {
    served[places[1] as string] = null;
    const keys = open();
    expect(await check(keys, red)).toBe("believed");
    expect(await check(keys, blue)).toBe("GatewayKeysUnavailable");
  });

  test("a key of the same name that is another key is not believed", async () => {
    expect(await check(open(), { ...blue, kid: "red" })).toBe("JWSSignatureVerificationFailed");
  });
});
