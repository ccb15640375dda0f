import { beforeAll, describe, expect, test } from "@jest/globals";
import { type CryptoKey, exportJWK, generateKeyPair, type JWK } from "jose";
import { openAnswerSeal } from "../../gateway/authenticate/seal-answers.js";
import { accessDrafts } from "../../gateway/record/access-draft.js";
import { type KeptAnswer, readAnswer, verifyAnswer } from "../../gateway/verify/verify-answer.js";
import { writeRecord } from "../../gateway/verify/write-record.js";
import { MemoryStore, now, reading, record } from "../record/kit.js";

let keptText: string;
let own: JWK;
beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair("EdDSA", { extractable: true });
  own = await exportJWK(publicKey);
  const signing = () => ({ kid: "key-1", privateKey: privateKey as CryptoKey, publicJwk: own });
  const recorder = await record(new MemoryStore());
  const { receipts } = await recorder.append(accessDrafts(reading));
  const disclosure = {
    operationId: "op-1",
    warrant: "warrant-<1>",
    receipts,
    withheld: [
      {
        decision: {
          code: "HELD",
          category: "TRAFFIC",
          rule: "R-1",
          reason: "Held.",
          effect: "DENY",
          operationId: "op-1",
        },
        paths: [["user", "sessions"]],
      },
    ],
  };
  const data = { user: { email: "specimen@mail.example", height: 1.5, é: null } };
  const seal = openAnswerSeal({ keys: { signing }, clock: () => now });
  const sealed = await seal({ data, disclosure, operationHash: "0c".repeat(32) });
  expect(await seal({ data: { half: "\ud800" }, disclosure, operationHash: "" })).toBeNull();
  keptText = JSON.stringify({ data, extensions: { disclosure: { ...disclosure, sealed } } });
});

/** The answer as a court has it, after somebody changed its text. */
const kept = (change: (text: string) => string = (text) => text): KeptAnswer => readAnswer(change(keptText));

describe("a sealed answer", () => {
  test("holds, under the gateway's keys or the one in its seal, in whatever order and spacing it was kept", async () => {
    const expected = { sealedAt: now, operationHash: "0c".repeat(32), jwk: { kty: "OKP", crv: "Ed25519", x: own.x } };
    expect(await verifyAnswer(kept(), [own])).toMatchObject(expected);
    const reversed = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(reversed)
        : typeof value === "object" && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, member]) => [key, reversed(member)]),
            )
          : value;
    const pretty = kept((text) => JSON.stringify(reversed(JSON.parse(text)), null, 4));
    expect(await verifyAnswer(pretty, null)).toMatchObject(expected);
  });

  test.each([
    ["a value", (text: string) => text.replace("specimen@", "somebody@"), "its seal does not hold"],
    ["a value taken out", (text: string) => text.replace('"height":1.5,', ""), "its seal does not hold"],
    ["the warrant", (text: string) => text.replace("warrant-<1>", "warrant-<2>"), "its seal does not hold"],
    [
      "a denial taken out",
      (text: string) => text.replace(/"withheld":\[.*?\]\}\]/, '"withheld":[]'),
      "its seal does not hold",
    ],
    ["a receipt", (text: string) => text.replace(/"ordinal":\d/, '"ordinal":7'), "its seal does not hold"],
    [
      "the seal's signature",
      (text: string) => text.replace(/\.\.(.)/, (_, first) => `..${first === "A" ? "B" : "A"}`),
      "its seal does not hold",
    ],
    [
      "the seal",
      (text: string) => text.replace(/"sealed":"[^"]*"/, '"sealed":"nothing"'),
      "its seal is not a detached JWS",
    ],
  ])("with %s changed does not", async (_, change, words) => {
    await expect(verifyAnswer(kept(change), null)).rejects.toThrow(words);
  });

  test("sealed by somebody else does not hold under the gateway's keys", async () => {
    const { publicKey } = await generateKeyPair("EdDSA", { extractable: true });
    await expect(verifyAnswer(kept(), [await exportJWK(publicKey)])).rejects.toThrow("set with none of the keys given");
  });

  test.each([
    ["no JSON", () => "Dear court", "it is not JSON"],
    ["no identity data", () => '{"data":{}}', "it carried no identity data"],
    ["no seal", (text: string) => text.replace(/,"sealed":"[^"]*"/, ""), "it has no seal"],
    [
      "half a disclosure",
      (text: string) => text.replace('"operationId":"op-1","warrant"', '"warrant"'),
      "its disclosure is not whole",
    ],
  ])("a file with %s is refused in words", (_, change, words) => {
    expect(() => kept(change)).toThrow(words);
  });

  test("is written down to be filed: operation, warrant, decisions, records and hashes, and no value of the data", async () => {
    const answer = kept();
    const html = writeRecord({ answer, verified: await verifyAnswer(answer, null), log: null });
    for (const told of [
      "op-1",
      "warrant-&#60;1&#62;",
      "R-1",
      "user.sessions",
      answer.disclosure.receipts[0]?.leafHash as string,
    ])
      expect(html).toContain(told);
    expect(html).not.toMatch(/specimen@|<script|warrant-<1>/);
  });
});
