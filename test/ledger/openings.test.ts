import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decodeOpenings, encodeOpenings, OpeningFault } from "../../schema/ledger/openings.js";
import type { Reference } from "../../schema/ledger/vocabulary.js";

const opening = fc.record({
  reference: fc.constantFrom<Reference[]>("subject", "warrantContent", "question"),
  key: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
  value: fc.string({ unit: "grapheme" }),
});
const openings = fc.array(fc.array(opening, { maxLength: 9 }), { maxLength: 20 });

describe("the openings of a batch as bytes", () => {
  test("are what was written, leaf by leaf, whatever the values", () => {
    fc.assert(
      fc.property(openings, (given) => {
        expect(decodeOpenings(encodeOpenings(given), given.length)).toEqual(given);
      }),
    );
  });

  test("stand as the format says", () => {
    const key = Buffer.alloc(32, 7);
    const bytes = encodeOpenings([[], [{ reference: "subject", key, value: "ü1" }]]);
    const hex = `00 01 07${Buffer.from("subject").toString("hex")}${key.toString("hex")} 00000003 c3bc31`;
    expect(bytes.toString("hex")).toBe(hex.replaceAll(" ", ""));
  });

  test("cut short anywhere, or of another number of leaves, are refused", () => {
    const given = [[{ reference: "subject" as const, key: Buffer.alloc(32, 7), value: "u01" }], []];
    const bytes = encodeOpenings(given);
    for (let end = 0; end < bytes.length; end += 1)
      expect(() => decodeOpenings(bytes.subarray(0, end), 2)).toThrow(OpeningFault);
    expect(() => decodeOpenings(bytes, 1)).toThrow("a batch of 1 leaves has the openings of 2");
  });
});
