import { describe, expect, test } from "@jest/globals";
import { canonicalJson } from "../../schema/canonical-json.js";

describe("canonical JSON (RFC 8785)", () => {
  test.each([
    [{ b: 1, a: [true, null, "x"] }, '{"a":[true,null,"x"],"b":1}'],
    [{ "\u20ac": 1, "\r": 2, "1": 3 }, '{"\\r":2,"1":3,"\u20ac":1}'],
    [[1e21, 1e-7, 0.1, -0, 100], "[1e+21,1e-7,0.1,0,100]"],
    ["\u0000\u001f\\ud800 €", '"\\u0000\\u001f\\\\ud800 €"'],
    [{ a: undefined, b: null }, '{"b":null}'],
  ])("%j", (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  test.each([
    ["nothing", undefined],
    ["a function", () => 1],
    ["no number", { a: Number.NaN }],
    ["infinity", [Number.POSITIVE_INFINITY]],
    ["half of a surrogate pair", "a\ud800b"],
    ["half of a pair as a name", { "\udc00": 1 }],
  ])("%s has no canonical form", (_name, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});
