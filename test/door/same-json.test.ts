import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { sameJson } from "../../gateway/door/same-json.js";
import { canonicalJson } from "../../schema/canonical-json.js";

const readAgain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

test("two values are the same where their canonical JSON is", () => {
  const json = fc.jsonValue({ maxDepth: 3 });
  fc.assert(
    fc.property(json, json, (one, other) => {
      const [a, b] = [readAgain(one), readAgain(other)];
      expect(sameJson(a, b)).toBe(canonicalJson(a) === canonicalJson(b));
      expect(sameJson(a, readAgain(one))).toBe(true);
    }),
  );
});

test.each([
  ["a member more", { a: 1 }, { a: 1, b: null }],
  ["a member less", { a: 1, b: null }, { a: 1 }],
  ["another member", { a: null }, { b: null }],
  ["a list and an object of its places", [1], { 0: 1 }],
  ["an object and a list", { 0: 1 }, [1]],
  ["a longer list", [1], [1, 1]],
  ["deep down", { a: [{ b: "x" }] }, { a: [{ b: "y" }] }],
  ["nothing and an object", null, {}],
  ["a member that every object seems to have", { a: 1 }, { toString: 1 }],
])("not the same: %s", (_name, one, other) => {
  expect(sameJson(one, other)).toBe(false);
});

test("the order of members counts for nothing", () => {
  expect(sameJson({ a: 1, b: [2] }, { b: [2], a: 1 })).toBe(true);
});
