import { beforeAll, describe, expect, test } from "@jest/globals";
import { decodeProtectedHeader, SignJWT } from "jose";
import { oneSigningKey } from "../../gateway/authenticate/keep-signing-keys.js";
import { openCallSigner } from "../../gateway/authenticate/sign-calls.js";
import { callLifetimeSeconds, type Life, livesTooLong } from "../../schema/calls.js";
import type { Principal } from "../../schema/principal.js";
import { discloseToken, signToken, type TokenToSign } from "../kit/sign-token.js";
import type { Office } from "./tokens.js";
import { judge, now, openOffice, read, seconds } from "./tokens.js";

const principal: Principal = {
  sub: "judge",
  role: "JUDICIAL",
  country: "FR",
  authority: "fr-tj-paris",
  platform: null,
};

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});

const right: TokenToSign = {
  kind: "call",
  claims: { aud: "justice", op: "op-1", principal },
  issuedAt: seconds,
};
const sign = (change: Partial<TokenToSign>): Promise<string> =>
  signToken({ ...right, kid: office.gatewayKey.kid, ...change }, office.gatewayKey.privateKey);
const show = (token: string): Promise<Principal> => office.authenticate(`Bearer ${token}`);

describe("a subgraph asks back with the call token it was called with", () => {
  test("it becomes SERVICE on behalf of the caller, and the audience says which subgraph", async () => {
    const token = await office.signer.callToken({ principal, operationId: "op-1", service: "justice" });
    await expect(show(token)).resolves.toEqual({
      ...principal,
      role: "SERVICE",
      service: "justice",
      onBehalfOf: principal,
      hops: 1,
    });
  });

  test("a client's issuer cannot make such a token, under its own key's name or ours", async () => {
    for (const [kid, reason] of [
      [office.kid, '"kid" does not hold'],
      [office.gatewayKey.kid, "signature does not verify"],
    ] as const)
      await expect(show(await signToken({ ...right, kid }, office.privateKey))).rejects.toThrow(reason);
  });

  test("not one addressed to somebody who is no subgraph", async () => {
    const token = await office.signer.callToken({ principal, operationId: "op-1", service: "elsewhere" });
    await expect(show(token)).rejects.toThrow('"aud" does not hold');
  });

  test("not one that lives longer than a minute, though our own key signed it", async () => {
    await expect(show(await sign({ lifetime: 60 }))).resolves.toMatchObject({ role: "SERVICE" });
    await expect(show(await sign({ lifetime: 61 }))).rejects.toThrow("it lives a minute at most");
  });

  test.each<[string, string, Partial<TokenToSign>]>([
    ["that has expired", "it expired at", { issuedAt: seconds - 60 }],
    ["of another issuer", '"iss" does not hold', { payload: { iss: "somebody" } }],
    ["that its batch does not list", "its digest is not in the signed batch", { payload: { _sd: [] } }],
    ["of another algorithm", "its digest is not in the signed batch", { payload: { _sd_alg: "sha-512" } }],
    ["without a salt", "its digest is not in the signed batch", { salt: "" }],
    ["without an operation", "it is no call", { claims: { aud: "justice", principal } }],
    ["for two subgraphs", "it is no call", { claims: { aud: ["justice", "treaty"], op: "op-1", principal } }],
  ])("not one %s", async (_what, reason, change) => {
    await expect(show(await sign(change))).rejects.toThrow(reason);
  });

  test.each<[string, (jws: string, disclosure: string) => string, string]>([
    ["without its disclosure", (jws) => jws, "one signed batch with one disclosure"],
    ["with two", (jws, one) => `${jws}~${one}~${one}~`, "one signed batch with one disclosure"],
    ["with another", (jws) => `${jws}~${discloseToken(right)}~`, "its digest is not in the signed batch"],
  ])("not %s", async (_what, change, reason) => {
    const [jws = "", disclosure = ""] = (await sign({})).split("~");
    await expect(show(change(jws, disclosure))).rejects.toThrow(reason);
  });

  test("through one other subgraph it is still on behalf of the client; through a third it is refused", async () => {
    const once = await show(await office.signer.callToken({ principal, operationId: "op-1", service: "justice" }));
    const twice = await show(
      await office.signer.callToken({ principal: once, operationId: "op-1", service: "treaty" }),
    );
    expect(twice).toEqual({ ...principal, role: "SERVICE", service: "treaty", onBehalfOf: principal, hops: 2 });
    const thrice = await office.signer.callToken({ principal: twice, operationId: "op-1", service: "justice" });
    await expect(show(thrice)).rejects.toThrow("at most 2 subgraphs");
  });

  test.each(["GATEWAY", "SERVICE"] as const)("not for %s itself", async (role) => {
    const token = await office.signer.callToken({
      principal: { ...principal, role },
      operationId: "op-1",
      service: "justice",
    });
    await expect(show(token)).rejects.toThrow("on behalf of a client");
  });

  test("not with a grant", async () => {
    const grant = await office.signer.grant("justice", {
      op: "op-1",
      bodyDigest: "x",
      warrant: { id: "w", contentHash: "h" },
      receipt: { writer: "w", batch: 1 },
      categories: ["SUBSCRIBER"],
      period: null,
    });
    await expect(show(grant)).rejects.toThrow("it is no call");
  });
});

describe("what the gateway signs", () => {
  test("names issuer, subgraph, operation and principal, and lives a minute", async () => {
    const token = await office.signer.callToken({ principal, operationId: "op-1", service: "platform" });
    expect(decodeProtectedHeader(token)).toEqual({
      alg: "EdDSA",
      typ: "rogatory+sd-jwt",
      kid: office.gatewayKey.kid,
    });
    const { claims, said } = read(token);
    expect(claims).toEqual({
      iss: "rogatory-gateway",
      iat: seconds,
      exp: seconds + 60,
      _sd_alg: "sha-256",
      _sd: [expect.stringMatching(/^[\w-]{43}$/)],
    });
    expect(said).toEqual([expect.stringMatching(/^[\w-]{22}$/), "call", { aud: "platform", op: "op-1", principal }]);
  });

  test.each([0, 1, 499, 500, 999])(
    "call and grant live 60 seconds at most, made %i ms after the second",
    async (ms) => {
      const at = () => new Date(now.getTime() + ms);
      const signer = openCallSigner({ keys: oneSigningKey(office.gatewayKey), clock: at });
      const grant = await signer.grant("platform", {
        op: "op-1",
        bodyDigest: "x",
        warrant: { id: "w", contentHash: "h" },
        receipt: { writer: "w", batch: 1 },
        categories: ["SUBSCRIBER"],
        period: null,
      });
      const call = await signer.callToken({ principal, operationId: "op-1", service: "platform" });
      for (const token of [grant, call]) {
        const { iat, exp } = read(token).claims as unknown as Life;
        expect(exp - iat).toBe(callLifetimeSeconds);
        expect(livesTooLong({ iat, exp }, at().getTime() / 1000)).toBe(false);
        expect(exp).toBeLessThanOrEqual(at().getTime() / 1000 + 60);
      }
    },
  );

  test("one token serves all fetches of a principal, operation and subgraph, and no other", async () => {
    const { signer } = office;
    const call = { principal, operationId: "op-2", service: "platform" };
    const token = await signer.callToken(call);
    expect(await signer.callToken(call)).toBe(token);
    expect(await signer.callToken({ ...call, service: "justice" })).not.toBe(token);
    expect(await signer.callToken({ ...call, operationId: "op-3" })).not.toBe(token);
    expect(await signer.callToken({ ...call, principal: { ...principal } })).not.toBe(token);
  });

  test("a token is made anew when half its life is over", async () => {
    let time = now.getTime();
    const signer = openCallSigner({
      keys: { signing: () => ({ privateKey: office.privateKey, kid: "k", publicJwk: {} }) },
      clock: () => new Date(time),
    });
    const call = { principal, operationId: "op", service: "platform" };
    const token = await signer.callToken(call);
    time += 29_000;
    expect(await signer.callToken(call)).toBe(token);
    time += 1_000;
    expect(await signer.callToken(call)).not.toBe(token);
  });
});

test("a token of the gateway's issuer with a client's typ is not a client's token", async () => {
  const token = await new SignJWT({
    ...judge,
    iss: "rogatory-gateway",
    aud: "rogatory",
    iat: seconds,
    exp: seconds + 60,
  })
    .setProtectedHeader({ alg: "EdDSA", kid: "office-1", typ: "JWT" })
    .sign(office.privateKey);
  await expect(show(token)).rejects.toThrow('"iss" does not hold');
});
