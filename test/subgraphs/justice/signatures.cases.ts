import type { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { exportJWK, generateKeyPair, type JWK } from "jose";
import { isAuthentic, type SignedText } from "../../../gateway/door/is-authentic.js";
import { oneDatabase } from "../../kit/databases.js";
import { codes, draft, openCase, openSigner, told } from "./acts.js";
import { freshWorld, needsValidation } from "./fake-graph.js";
import {
  facebook,
  gateway,
  type JusticeUnderTest,
  openJustice,
  paris,
  prosecutor,
  type Who,
} from "./justice-under-test.js";

const start = "2026-11-23T10:00:00.000Z";
const lyon: Who = { ...paris, sub: "judge-7", authority: "fr-ji-paris" };

export function testSignatures(database: () => PGlite): void {
  describe.each(oneDatabase)("signatures, on the %s database", (kind) => {
    let justice: JusticeUnderTest;
    let signer: Awaited<ReturnType<typeof openSigner>>;
    beforeAll(async () => {
      justice = await openJustice(kind, start, kind === "embedded" ? database() : undefined);
      signer = await openSigner("ES256", "lyon-1");
      justice.now = new Date("2026-11-20T10:00:00.000Z");
      const { data } = await register(lyon, signer.jwk);
      expect(data.registerAuthorityKey).toEqual({
        id: "fr-ji-paris",
        keys: [{ keyId: "lyon-1", registeredAt: "2026-11-20T10:00:00.000Z", revokedAt: null }],
      });
    });
    afterAll(async () => {
      await justice.close();
    });
    beforeEach(() => {
      Object.assign(justice.world, freshWorld());
      justice.now = new Date(start);
    });

    const register = (who: Who, jwk: JWK | string) =>
      justice.ask(
        who,
        "mutation ($jwk: String!) { registerAuthorityKey(jwk: $jwk) { id keys { keyId registeredAt revokedAt } } }",
        { jwk: typeof jwk === "string" ? jwk : JSON.stringify(jwk) },
      );
    const revoke = (who: Who, keyId: string, reason = "Stolen.") =>
      justice.ask(
        who,
        "mutation ($keyId: String!, $reason: String!) { revokeAuthorityKey(keyId: $keyId, reason: $reason) { keys { keyId revokedAt } } }",
        { keyId, reason },
      );
    const drafted = async (who: Who) => {
      const { warrant } = await draft(justice, who, { caseId: await openCase(justice, who) });
      return {
        id: warrant.id,
        contentHash: warrant.contentHash,
        text: Buffer.from(warrant.canonicalContent, "base64"),
      };
    };
    const send = async (
      act: "issueWarrant" | "validateWarrant",
      who: Who,
      { id, contentHash }: { id: string; contentHash: string },
      signature?: string,
    ) =>
      (
        await justice.ask(
          who,
          `mutation ($input: IssueWarrantInput!) { ${act}(input: $input) { warrant { status signature } ${told} } }`,
          { input: { id, contentHash, ...(signature && { signature }) } },
        )
      ).data[act];
    const atTheDoor = async (id: string): Promise<SignedText> =>
      (
        await justice.ask(
          gateway,
          `{ doorWarrants(ids: ["${id}"]) { content contentHash issuedAt unsigned signatures { jws jwk keyRevokedAt } } }`,
        )
      ).data.doorWarrants[0];
    const soon = { iat: Date.parse(start) / 1_000 };

    test("once an authority has a key, its warrants carry a signature over the canonical content, kept as it came", async () => {
      const order = await drafted(lyon);
      expect(codes(await send("issueWarrant", lyon, order))).toEqual(["SIGNATURE_MISSING"]);
      const jws = await signer.sign(order.text, soon);
      expect(await send("issueWarrant", lyon, order, jws)).toMatchObject({
        userErrors: [],
        warrant: { status: "ISSUED", signature: jws },
      });
      expect(await isAuthentic(await atTheDoor(order.id))).toBe(true);
      const unencoded = await drafted(lyon);
      const raw = await signer.sign(unencoded.text, { ...soon, b64: false, crit: ["b64"] });
      expect((await send("issueWarrant", lyon, unencoded, raw)).warrant.status).toBe("ISSUED");
      expect(await isAuthentic(await atTheDoor(unencoded.id))).toBe(true);
    });

    test("a signature that is of another text, key, form or time is refused with the reason, and nothing changes", async () => {
      const order = await drafted(lyon);
      const stranger = await openSigner("ES256", "lyon-1");
      const unknown = await openSigner("EdDSA", "lyon-2");
      const good = await signer.sign(order.text, soon);
      const [protectedHeader, , signature] = good.split(".");
      const attached = `${protectedHeader}.${order.text.toString("base64url")}.${signature}`;
      const none = `${Buffer.from(JSON.stringify({ alg: "none", kid: "lyon-1", ...soon })).toString("base64url")}..`;
      const cases: [string, string][] = [
        ["SIGNATURE_INVALID", await signer.sign(Buffer.concat([order.text, Buffer.from(" ")]), soon)],
        ["SIGNATURE_INVALID", await stranger.sign(order.text, soon)],
        ["SIGNATURE_KEY_UNKNOWN", await unknown.sign(order.text, soon)],
        ["SIGNATURE_FORM", attached],
        ["SIGNATURE_FORM", none],
        ["SIGNATURE_FORM", "x"],
        ["SIGNATURE_FORM", await signer.sign(order.text, {})],
        ["SIGNATURE_FUTURE", await signer.sign(order.text, { iat: soon.iat + 301 })],
      ];
      for (const [code, jws] of cases) expect(codes(await send("issueWarrant", lyon, order, jws))).toEqual([code]);
      const { data } = await justice.ask(lyon, `{ warrant(id: "${order.id}") { status signature } }`);
      expect(data.warrant).toEqual({ status: "DRAFT", signature: null });
    });

    test("whoever has no keys signs nothing, and what she signs with an unknown one counts for nothing", async () => {
      const order = await drafted(paris);
      expect(codes(await send("issueWarrant", paris, order, await signer.sign(order.text, soon)))).toEqual([
        "SIGNATURE_KEY_UNKNOWN",
      ]);
      expect((await send("issueWarrant", paris, order)).warrant).toEqual({ status: "ISSUED", signature: null });
      expect(await isAuthentic(await atTheDoor(order.id))).toBe(true);
    });

    test("a validation is signed by the authority that validates", async () => {
      justice.world.preview = needsValidation;
      const order = await drafted(prosecutor);
      await send("issueWarrant", prosecutor, order);
      expect(codes(await send("validateWarrant", lyon, order))).toEqual(["SIGNATURE_MISSING"]);
      expect(await send("validateWarrant", lyon, order, await signer.sign(order.text, soon))).toMatchObject({
        userErrors: [],
        warrant: { status: "ISSUED", signature: null },
      });
      const door = await atTheDoor(order.id);
      expect([door.signatures.length, await isAuthentic(door)]).toEqual([1, true]);
    });

    test("the door looks again: another text, a missing signature, a changed one, a key revoked before the order", async () => {
      const order = await drafted(lyon);
      await send("issueWarrant", lyon, order, await signer.sign(order.text, soon));
      const door = await atTheDoor(order.id);
      const [signature] = door.signatures;
      if (!signature) throw new Error("no signature came to the door");
      const changed: Partial<SignedText>[] = [
        { content: door.content.replace("FACEBOOK", "FJORDNET") },
        { unsigned: true },
        { signatures: [{ ...signature, jws: signature.jws.replace(/.$/, (last) => (last === "A" ? "Q" : "A")) }] },
        { signatures: [{ ...signature, jwk: JSON.stringify((await openSigner("ES256", "lyon-1")).jwk) }] },
        { signatures: [{ ...signature, keyRevokedAt: start }] },
      ];
      for (const change of changed)
        expect([change, await isAuthentic({ ...door, ...change })]).toEqual([change, false]);
      expect(
        await isAuthentic({ ...door, signatures: [{ ...signature, keyRevokedAt: "2026-11-23T10:00:00.001Z" }] }),
      ).toBe(true);
      await justice.running.em().execute("update justice.warrants set signature = null where id = ?", [order.id]);
      expect(await isAuthentic(await atTheDoor(order.id))).toBe(false);
    });

    test("a key that is revoked signs nothing more; what it signed before stays signed", async () => {
      const before = await drafted(lyon);
      await send("issueWarrant", lyon, before, await signer.sign(before.text, soon));
      const waiting = await drafted(lyon);
      justice.now = new Date("2026-11-24T10:00:00.000Z");
      const refusal = async (who: Who, keyId: string, reason?: string) =>
        (await revoke(who, keyId, reason)).errors?.[0]?.extensions;
      expect(await refusal(paris, "lyon-1")).toEqual({ code: "BAD_USER_INPUT", refusal: "KEY_UNKNOWN" });
      expect(await refusal(facebook, "lyon-1")).toMatchObject({ refusal: "ROLE" });
      expect(await refusal(lyon, "lyon-1", " ")).toMatchObject({ code: "BAD_USER_INPUT" });
      expect((await revoke(lyon, "lyon-1")).data.revokeAuthorityKey.keys).toEqual([
        { keyId: "lyon-1", revokedAt: "2026-11-24T10:00:00.000Z" },
      ]);
      expect(await refusal(lyon, "lyon-1")).toMatchObject({ refusal: "KEY_UNKNOWN" });
      const jws = await signer.sign(waiting.text, soon);
      expect(await send("issueWarrant", lyon, waiting, jws)).toMatchObject({
        userErrors: [{ code: "SIGNATURE_KEY_REVOKED", message: expect.stringContaining("2026-11-24T10:00:00.000Z") }],
      });
      expect(codes(await send("issueWarrant", lyon, waiting))).toEqual(["SIGNATURE_MISSING"]);
      expect(await isAuthentic(await atTheDoor(before.id))).toBe(true);
    });

    test("keys that are none are refused, and so is one that is known", async () => {
      const { publicKey, privateKey } = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
      const jwk = { ...(await exportJWK(publicKey)), kid: "berlin-1" };
      const refusal = async (key: JWK | string) => (await register(prosecutor, key)).errors?.[0]?.extensions;
      const bad = { code: "BAD_USER_INPUT", refusal: "JWK" };
      for (const key of [
        "",
        "x",
        "[]",
        "null",
        "{}",
        { kty: "oct", k: "AAAA" },
        { ...jwk, crv: "X25519" },
        { ...jwk, x: "AA" },
        { ...jwk, kid: "a b" },
        await exportJWK(privateKey),
      ])
        expect([key, await refusal(key)]).toEqual([key, bad]);
      expect((await register(prosecutor, jwk)).data.registerAuthorityKey.keys).toHaveLength(1);
      expect(await refusal(jwk)).toEqual({ code: "CONFLICT", refusal: "KEY_KNOWN" });
      expect((await register(facebook, jwk)).errors?.[0]?.extensions).toMatchObject({ refusal: "ROLE" });
    });
  });
}
