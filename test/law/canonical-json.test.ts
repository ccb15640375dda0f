import { describe, expect, test } from "@jest/globals";
import canonicalize from "canonicalize";
import fc from "fast-check";
import { canonicalJson } from "../../schema/canonical-json.js";

// The package declares a default export and assigns `module.exports`: under NodeNext its type is not that of its value.
const independent = canonicalize as unknown as (value: unknown) => string;

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

  test("is what another implementation writes, whatever the value", () => {
    const value = fc.jsonValue({ stringUnit: "grapheme", noUnicodeString: false });
    fc.assert(fc.property(value, (given) => expect(canonicalJson(given)).toBe(independent(given))));
    const dated = { at: new Date(0), list: [undefined, 1] };
    expect(canonicalJson(dated)).toBe(independent(dated));
  });

  test("has no value within itself", () => {
    const self: unknown[] = [];
    self.push(self);
    expect(() => canonicalJson(self)).toThrow("canonical JSON needs a value that ends");
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
