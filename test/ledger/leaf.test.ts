import { createHmac } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { canonicalJson } from "../../schema/canonical-json.js";
import { decodeBundle, encodeBundle } from "../../schema/ledger/bundle.js";
import { commit, opens } from "../../schema/ledger/commitment.js";
import type { AccessLeaf, Leaf, WarrantLeaf } from "../../schema/ledger/leaf.js";
import { encodeLeaf, parseLeaf } from "../../schema/ledger/leaf-bytes.js";

const hash = "ab".repeat(32);
const access: AccessLeaf = {
  v: 1,
  type: "ACCESS",
  at: "2026-11-23T10:00:00.000Z",
  operationId: "op-1",
  operationHash: hash,
  operationName: null,
  purpose: "DISCLOSURE",
  actor: hash,
  role: "JUDICIAL",
  country: "FR",
  authority: "fr-tj-paris",
  platform: "FACEBOOK",
  warrant: hash,
  warrantContent: hash,
  case: hash,
  warrantStatus: "ACCEPTED",
  emergency: false,
  held: false,
  ruleBook: { version: "2026-11", hash },
  subject: hash,
  question: null,
  fields: [
    {
      field: "User.email",
      category: "SUBSCRIBER",
      permitted: true,
      code: "PERMITTED",
      effect: "PERMIT_COMPULSORY",
      rule: "R-EE-IDENT",
    },
  ],
};

const act: WarrantLeaf = {
  v: 1,
  type: "WARRANT",
  at: "2026-11-23T10:00:01.000Z",
  act: hash,
  what: "ISSUE",
  doneAt: "2026-11-23T10:00:00.000Z",
  from: "DRAFT",
  to: "ISSUED",
  by: "ISSUING_AUTHORITY",
  actor: hash,
  country: "FR",
  authority: "fr-tj-paris",
  authorityKind: "JUDGE",
  platform: "FACEBOOK",
  warrant: hash,
  warrantContent: hash,
  case: hash,
  kind: "PRODUCTION",
  categories: ["SUBSCRIBER"],
  emergency: false,
  issued: true,
  validationOwed: false,
  validatedBy: null,
  signingKey: null,
  deadline: { at: "2026-12-03T10:00:00.000Z", state: "RUNNING" },
  duties: [{ kind: "INFORM_USER", owner: "ISSUING_AUTHORITY", state: "OPEN", dueAt: null }],
  obligations: hash,
};

describe("an act on a warrant", () => {
  test("reads back as it was written", () => expect(parseLeaf(encodeLeaf(act))).toEqual(act));

  test.each<[string, Partial<Record<keyof WarrantLeaf | "reason", unknown>>, string]>([
    ["a reason somebody wrote", { reason: "The suspect has fled." }, "leaf.reason is not a key of this leaf"],
    ["the id of the act", { act: "event-1" }, "leaf.act must be a SHA-256 in lower-case hex"],
    ["the warrant by its id", { warrant: "warrant-1" }, "leaf.warrant must be a SHA-256 in lower-case hex"],
    ["a name", { actor: "judge.dupont" }, "leaf.actor must be a SHA-256 in lower-case hex"],
    ["an act of another version", { what: "FORGIVE" }, "leaf.what must be one of DRAFT, ISSUE"],
    ["no category", { categories: [] }, "leaf.categories must be a list of 1 to 4"],
    ["a duty's text", { duties: [{ ...act.duties[0], text: "Inform." }] }, "leaf.duties[0].text is not a key"],
    [
      "more duties than one leaf has room for",
      { duties: Array(33).fill(act.duties[0]) },
      "leaf.duties must be a list of 0 to 32",
    ],
  ])("is refused with %s", (_, change, fault) => {
    expect(() => encodeLeaf({ ...act, ...change } as unknown as Leaf)).toThrow(fault);
  });

  test("with as many duties as a leaf may have, and the longest names, has at most 8192 bytes", () => {
    const duty = {
      kind: "NOTIFY_ENFORCING_AUTHORITY",
      owner: "ENFORCING_AUTHORITY",
      state: "DEFERRED",
      dueAt: act.at,
    } as const;
    const longest = "x".repeat(128);
    const names = { authority: longest, platform: longest, signingKey: longest };
    const all = ["SUBSCRIBER", "USER_IDENTIFICATION", "TRAFFIC", "CONTENT"] as const;
    expect(encodeLeaf({ ...act, ...names, categories: all, duties: Array(32).fill(duty) }).length).toBeLessThan(8192);
  });
});

describe("a leaf", () => {
  test("is its RFC 8785 bytes: keys sorted, nothing between", () => {
    const heartbeat: Leaf = { v: 1, type: "HEARTBEAT", at: "2026-11-23T10:00:00.000Z" };
    expect(encodeLeaf(heartbeat).toString()).toBe('{"at":"2026-11-23T10:00:00.000Z","type":"HEARTBEAT","v":1}');
    expect(encodeLeaf(access).toString()).toMatch(/^\{"actor":"(ab){32}","at":.*,"warrantStatus":"ACCEPTED"\}$/);
  });

  test("is written as canonical JSON writes anything, in whatever order its keys come, and whatever ASCII is in its words", () => {
    const words = fc.stringMatching(/^[!-~]{1,128}$/);
    const at = access.at;
    const others: readonly Leaf[] = [
      act,
      { v: 1, type: "GAP", at, from: at, to: at, reason: "QUEUE_FULL", refused: 2 ** 53 - 1 },
      {
        v: 1,
        type: "WRITER_OPEN",
        at,
        writer: hash,
        previous: { writer: hash, batches: 0, head: hash },
        unconfirmed: [],
      },
      {
        v: 1,
        type: "OUTCOME",
        at,
        operationId: "op",
        of: [{ leaf: hash, outcome: "RELEASED", rows: [{ field: "A.b", rows: 1 }] }],
      },
    ];
    for (const leaf of others) expect(encodeLeaf(leaf).toString()).toBe(canonicalJson(leaf));
    fc.assert(
      fc.property(words, fc.option(words), fc.boolean(), (operationId, authority, held) => {
        const leaf = {
          ...access,
          operationId,
          authority,
          held,
          fields: [{ ...access.fields[0], rule: authority }],
        } as AccessLeaf;
        const turned = Object.fromEntries(Object.entries(leaf).reverse()) as unknown as AccessLeaf;
        expect(encodeLeaf(leaf).toString()).toBe(canonicalJson(leaf));
        expect(encodeLeaf(turned).equals(encodeLeaf(leaf))).toBe(true);
      }),
    );
  });

  test("reads back as it was written", () => {
    expect(parseLeaf(encodeLeaf(access))).toEqual(access);
  });

  test("of a transfer names who receives it, in version 2; nothing else is written in it", () => {
    const transfer: AccessLeaf = { ...access, v: 2, purpose: "TRANSFER", recipient: "watchlist" };
    expect(parseLeaf(encodeLeaf(transfer))).toEqual(transfer);
  });

  test.each<[string, Partial<Record<keyof AccessLeaf | "note", unknown>>, string]>([
    ["a key that version 1 does not know", { note: "x" }, "leaf.note is not a key of this leaf"],
    ["another version", { v: 3 }, "leaf.v must be 1"],
    ["a recipient in version 1", { recipient: "watchlist" }, "leaf.recipient is not a key of this leaf"],
    ["version 2 without a recipient", { v: 2 }, "leaf.recipient is missing"],
    ["a recipient of what is no transfer", { v: 2, recipient: "watchlist" }, "leaf.purpose must be one of TRANSFER"],
    ["a type of another version", { type: "READ" }, "leaf.type is not one that version 1 knows"],
    [
      "a time with an offset",
      { at: "2026-11-23T10:00:00+01:00" },
      "leaf.at must be an instant in RFC 3339 UTC with milliseconds",
    ],
    [
      "a day that no calendar has",
      { at: "2026-02-30T10:00:00.000Z" },
      "leaf.at must be an instant in RFC 3339 UTC with milliseconds",
    ],
    ["a name where a commitment belongs", { actor: "judge.dupont" }, "leaf.actor must be a SHA-256 in lower-case hex"],
    ["free text", { warrantStatus: "it depends, really" }, "leaf.warrantStatus must be 1 to 128 printable ASCII"],
    ["no field at all", { fields: [] }, "leaf.fields must be a list of 1 to 256"],
    ["a key left out", { subject: undefined }, "leaf.subject must be a SHA-256 in lower-case hex"],
    [
      "a code that the law does not know",
      { fields: [{ ...access.fields[0], code: "MAYBE" }] },
      "leaf.fields[0].code must be one of",
    ],
    [
      "a value beside a decision",
      { fields: [{ ...access.fields[0], value: "x" }] },
      "leaf.fields[0].value is not a key",
    ],
  ])("refuses %s, and says where", (_, change, fault) => {
    expect(() => encodeLeaf({ ...access, ...change } as unknown as Leaf)).toThrow(fault);
  });

  test("refuses numbers that are no whole number below 2^53", () => {
    const gap = { v: 1, type: "GAP", at: access.at, from: access.at, to: access.at, reason: "QUEUE_FULL" } as const;
    for (const refused of [0.5, -1, 2 ** 53, Number.NaN])
      expect(() => encodeLeaf({ ...gap, refused })).toThrow("leaf.refused must be a whole number from 0 below 2^53");
  });

  test("has at most 8192 bytes", () => {
    const fields = Array.from({ length: 80 }, (_, index) => ({ ...access.fields[0], field: `User.field${index}` }));
    expect(() => encodeLeaf({ ...access, fields } as AccessLeaf)).toThrow(
      /^leaf has \d+ bytes; at most 8192 are allowed$/,
    );
  });

  test.each([
    ["a space", (text: string) => text.replace(":", ": ")],
    ["another order of keys", (text: string) => text.replace(/^\{("actor":"\w+"),(.*)\}$/, "{$2,$1}")],
    ["an escape that need not be", (text: string) => text.replace("FACEBOOK", "\\u0046ACEBOOK")],
    ["a key twice", (text: string) => text.replace('"v":1', '"v":1,"v":1')],
  ])("is not read with %s: only the canonical bytes are the leaf", (_, change) => {
    expect(() => parseLeaf(Buffer.from(change(encodeLeaf(access).toString())))).toThrow(
      "leaf is not in canonical form",
    );
  });

  test("is not read from bytes that are no UTF-8", () => {
    expect(() => parseLeaf(Buffer.from([0x22, 0xff, 0x22]))).toThrow("leaf is not JSON in UTF-8");
  });
});

describe("a commitment", () => {
  const opening = { reference: "subject", key: Buffer.alloc(32, 7), value: "u01" } as const;

  test("is HMAC-SHA-256 over name, zero byte and value (recomputed with openssl)", () => {
    expect(commit(opening)).toBe("3dfd393b6b102db93bef6cf295c0984a40a7c14540d46a7bb61ee562e439af18");
  });

  test("opens with its own opening, and with no other key, value or reference", () => {
    const commitment = commit(opening);
    expect(opens(opening, commitment)).toBe(true);
    expect(opens({ ...opening, key: Buffer.alloc(32, 8) }, commitment)).toBe(false);
    expect(opens({ ...opening, value: "u02" }, commitment)).toBe(false);
    expect(opens({ ...opening, reference: "actor" }, commitment)).toBe(false);
    expect(opens(opening, commitment.slice(2))).toBe(false);
    expect(opens(opening, "")).toBe(false);
  });

  test("is the same as Node's own HMAC, whatever the key and the value", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.string({ unit: "grapheme", maxLength: 200 }),
        (key, value) => {
          const own = createHmac("sha256", key).update(`actor\0${value}`, "utf8").digest("hex");
          expect(commit({ reference: "actor", key, value })).toBe(own);
        },
      ),
    );
  });

  test("takes no short key", () => {
    expect(() => commit({ ...opening, key: Buffer.alloc(16) })).toThrow("an opening's key has 32 bytes, not 16");
  });
});

describe("a bundle", () => {
  const leaves = ["{}", "", "x".repeat(8192)].map((text) => Buffer.from(text));

  test("is each leaf after its length (big-endian uint16)", () => {
    expect(encodeBundle(leaves.slice(0, 2)).toString("hex")).toBe("00027b7d0000");
    expect(decodeBundle(encodeBundle(leaves))).toEqual(leaves);
  });

  test("that is cut short, empty or too long is refused", () => {
    expect(() => decodeBundle(encodeBundle(leaves).subarray(0, -1))).toThrow("bundle is cut short in leaf 2");
    expect(() => decodeBundle(Buffer.from([0]))).toThrow("bundle is cut short in leaf 0");
    expect(() => decodeBundle(Buffer.alloc(0))).toThrow("bundle has 0 leaves");
    expect(() => decodeBundle(Buffer.alloc(2 * 257))).toThrow("bundle has 257 leaves");
  });
});
