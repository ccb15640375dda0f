import { afterEach, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { createLocalJWKSet, errors, type JWTVerifyGetKey } from "jose";
import { oneSigningKey } from "../../gateway/authenticate/keep-signing-keys.js";
import { openCallSigner } from "../../gateway/authenticate/sign-calls.js";
import { generateSigningKey, type SigningKey } from "../../gateway/authenticate/signing-key.js";
import { GatewayKeysUnavailable } from "../../subgraphs/kit/gateway-keys.js";
import { rememberBatches } from "../../subgraphs/kit/verify-batch.js";
import { openTokenCheck, type VerifyToken } from "../../subgraphs/kit/verify-token.js";
import { judge, moment } from "./signer.js";

/** The gateway's own signer on one side, the kit's check on the other. */
let key: SigningKey;
let published: JWTVerifyGetKey;
let time: number;
let verify: VerifyToken;
const verified = jest.spyOn(globalThis.crypto.subtle, "verify");

beforeAll(async () => {
  key = await generateSigningKey();
});
beforeEach(() => {
  time = moment.getTime();
  published = createLocalJWKSet({ keys: [key.publicJwk] });
  verify = openTokenCheck({
    audience: "library",
    keys: (header, token) => published(header, token),
    clock: () => new Date(time),
  });
});
afterEach(() => {
  verified.mockClear();
});

/** Call tokens of one batch, one for each service. */
function signTogether(...services: string[]): Promise<string[]> {
  const signer = openCallSigner({ keys: oneSigningKey(key), clock: () => new Date(time) });
  return Promise.all(
    services.map((service, index) => signer.callToken({ principal: judge, operationId: `op-${index}`, service })),
  );
}
const problem = (token: string): Promise<unknown> =>
  verify(token, "call").then(
    () => "believed",
    (refused: { problem: string }) => refused.problem,
  );

describe("the calls of one batch", () => {
  test("cost one verification, one after the other", async () => {
    for (const token of await signTogether("library", "library", "library"))
      expect(await problem(token)).toBe("believed");
    expect(verified).toHaveBeenCalledTimes(1);
  });

  test("and where they come at once", async () => {
    const tokens = await signTogether("library", "library", "library");
    expect(await Promise.all(tokens.map(problem))).toEqual(["believed", "believed", "believed"]);
    expect(verified).toHaveBeenCalledTimes(1);
  });

  test("each say their own", async () => {
    const tokens = await signTogether("library", "library");
    const told = await Promise.all(tokens.map((token) => verify(token, "call")));
    expect(told.map(({ claims }) => claims.op)).toEqual(["op-0", "op-1"]);
  });

  test("are each for one subgraph", async () => {
    const [ours = "", theirs = ""] = await signTogether("library", "platform");
    expect([await problem(ours), await problem(theirs)]).toEqual(["believed", "AUDIENCE"]);
  });

  test("open no other one's disclosure, nor one of another batch", async () => {
    const [one = ""] = await signTogether("library");
    const [other = ""] = await signTogether("library");
    const [jws = ""] = one.split("~");
    const [, disclosure = ""] = other.split("~");
    expect(await problem(one)).toBe("believed");
    expect(await problem(`${jws}~${disclosure}~`)).toBe("DISCLOSURE");
  });
});

describe("a batch whose signature held before", () => {
  test("expires none the later", async () => {
    const [token = ""] = await signTogether("library");
    time += 59_999;
    expect(await problem(token)).toBe("believed");
    time += 1;
    expect(await problem(token)).toBe("EXPIRED");
    expect(verified).toHaveBeenCalledTimes(1);
  });

  test("is refused with the key that was taken back", async () => {
    const [token = ""] = await signTogether("library");
    expect(await problem(token)).toBe("believed");
    published = createLocalJWKSet({ keys: [(await generateSigningKey()).publicJwk] });
    expect(await problem(token)).toBe("KEY");
  });

  test("is verified anew under another key of the same name, which did not sign it", async () => {
    const [token = ""] = await signTogether("library");
    expect(await problem(token)).toBe("believed");
    const other = await generateSigningKey();
    published = createLocalJWKSet({ keys: [{ ...other.publicJwk, kid: key.kid }] });
    expect(await problem(token)).toBe("SIGNATURE");
  });

  test("is not the one with another signature", async () => {
    const [token = ""] = await signTogether("library");
    expect(await problem(token)).toBe("believed");
    const [jws = "", disclosure = ""] = token.split("~");
    const [header, payload] = jws.split(".");
    expect(await problem(`${header}.${payload}.${"A".repeat(86)}~${disclosure}~`)).toBe("SIGNATURE");
  });

  test("is forgotten when as many came after it as are remembered", async () => {
    const remember = rememberBatches(published, 2);
    const [one = "", two = "", three = ""] = await Promise.all(
      ["op-1", "op-2", "op-3"].map(async () => (await signTogether("library"))[0]?.split("~")[0]),
    );
    for (const jws of [one, two, one, three, two]) await remember(jws);
    expect(verified).toHaveBeenCalledTimes(3);
    await remember(one);
    expect(verified).toHaveBeenCalledTimes(4);
  });
});

describe("a batch that did not hold is not remembered", () => {
  test("it is believed once its key can be read", async () => {
    const [token = ""] = await signTogether("library");
    const readable = published;
    published = async () => {
      throw new GatewayKeysUnavailable();
    };
    expect(await problem(token)).toBe("KEYS_UNAVAILABLE");
    published = readable;
    expect(await problem(token)).toBe("believed");
  });

  test("a payload that is not encoded is no JWT, and its key is not even looked for", async () => {
    const remember = rememberBatches(async () => {
      throw new Error("asked for a key");
    });
    const header = { alg: "EdDSA", kid: key.kid, b64: false, crit: ["b64"] };
    const jws = `${Buffer.from(JSON.stringify(header)).toString("base64url")}.e30.AAAA`;
    await expect(remember(jws)).rejects.toBeInstanceOf(errors.JWSInvalid);
  });
});
