import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { loadWarrants } from "../../gateway/door/load-warrants.js";
import type { DoorTarget } from "../../gateway/door/warrant.js";

/** The targets of a warrant as the door reads them, of what justice tells it. */
async function read(...targets: object[]): Promise<readonly DoorTarget[]> {
  const told = {
    id: "w",
    content: "",
    contentHash: "",
    unsigned: false,
    signatures: [],
    periodFrom: null,
    periodTo: null,
  };
  const load = loadWarrants(async () => ({ doorWarrants: [{ ...told, targets }] }));
  return (await load("w"))?.targets ?? [];
}

test("a handle opens the account that was pinned at the draft; an account id that account alone, whatever else a row says", async () => {
  const targets = await read(
    { kind: "HANDLE", value: "quiet.heron", accountId: "u01" },
    { kind: "ACCOUNT_ID", value: "u01", accountId: "u01" },
    { kind: "ACCOUNT_ID", value: "u01", accountId: "u02" },
  );
  expect(targets.map(({ accountId }) => accountId)).toEqual(["u01", "u01", null]);
});

test("what one may search by is read in its canonical form", async () => {
  const at = "2026-09-02T09:00:00.000Z";
  const targets = await read(
    { kind: "EMAIL", value: "Someone+News@Mail.example", at: null, accountId: null },
    { kind: "PHONE", value: "+33123456789", at: null, accountId: null },
    { kind: "IP_ADDRESS", value: "[2001:DB8::1]:40100", at, accountId: null },
    { kind: "IP_ADDRESS", value: "198.51.100.16", at: null, accountId: null },
    { kind: "EMAIL", value: "nobody", at: null, accountId: null },
    { kind: "HANDLE", value: "someone@mail.example", at: null, accountId: "u01" },
  );
  expect(targets.map(({ named = null }) => named)).toEqual([
    { kind: "EMAIL", email: "someone+news@mail.example" },
    { kind: "PHONE", phone: "+33123456789" },
    { kind: "IP_ADDRESS", address: "2001:db8::1", port: 40_100, at },
    null,
    null,
    null,
  ]);
});

describe("a warrant that is loaded again", () => {
  const content = "{}";
  const told = {
    ...{ id: "w", status: "ACCEPTED", content, contentHash: createHash("sha256").update(content).digest("hex") },
    ...{ unsigned: false, signatures: [], periodFrom: null, periodTo: null },
    targets: [{ id: "t", kind: "HANDLE", value: "quiet.heron", accountId: "u01" }],
    items: [{ id: "i", targetId: "t", category: "SUBSCRIBER", status: "ACCEPTED", heldUntil: null, cleared: false }],
  };

  test("is the same where justice says the same, and justice is asked each time", async () => {
    let asked = 0;
    const load = loadWarrants(async () => {
      asked += 1;
      return { doorWarrants: [structuredClone(told)] };
    });
    const first = await load("w");
    expect(first?.authentic).toBe(true);
    expect(await load("w")).toBe(first);
    expect(asked).toBe(2);
  });

  test.each<[string, object, object]>([
    ["revoked", { status: "REVOKED" }, { status: "REVOKED" }],
    ["an item refused", { items: [{ ...told.items[0], status: "REFUSED" }] }, { items: [{ status: "REFUSED" }] }],
    ["a target more", { targets: [...told.targets, ...told.targets] }, { targets: [{}, {}] }],
    [
      "another account behind a target",
      { targets: [{ ...told.targets[0], accountId: "u02" }] },
      { targets: [{ accountId: "u02" }] },
    ],
    ["other text under the same hash", { content: "{ }" }, { authentic: false }],
    ["a signature missing", { unsigned: true }, { authentic: false }],
    [
      "a signature that does not hold",
      { signatures: [{ jws: "a..b", jwk: "{}", keyRevokedAt: null }] },
      { authentic: false },
    ],
  ])("is read anew: %s", async (_name, change, read) => {
    let answer: object = told;
    const load = loadWarrants(async () => ({ doorWarrants: [structuredClone(answer)] }));
    const first = await load("w");
    answer = { ...told, ...change };
    expect(await load("w")).toMatchObject(read);
    answer = told;
    expect(await load("w")).toEqual(first);
  });
});
