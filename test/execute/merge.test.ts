import { describe, expect, test } from "@jest/globals";
import type { OperationDefinitionNode } from "graphql";
import { parse } from "graphql";
import { Bare, type Data } from "../../gateway/execute/data.js";
import { fieldsIn, keyTree } from "../../gateway/execute/key-tree.js";
import { Disclosed, Mark } from "../../gateway/execute/mark.js";
import { blank, clone, merge } from "../../gateway/execute/merge.js";
import { settleEntity } from "../../gateway/execute/settle-entities.js";

const tree = (text: string) => keyTree(fieldsIn((parse(text).definitions[0] as OperationDefinitionNode).selectionSet));
const never = (): never => {
  throw new Error("not called");
};
const mark = new Mark({ kind: "FAILED", failure: { code: "INTERNAL", message: "failed" } });

function merged(target: Data, source: Data, text: string): Data {
  merge(target, source, tree(text));
  return target;
}

describe("merging an answer into the data", () => {
  test.each<[string, Data, Data, string, Data]>([
    ["only what was asked is taken over", { id: "1" }, { id: "2", a: 1, b: 2 }, "{ a }", { id: "1", a: 1 }],
    ["a later value replaces an earlier one", { a: 1 }, { a: 2 }, "{ a }", { a: 2 }],
    ["what is left out stays as it was", { a: 1 }, {}, "{ a }", { a: 1 }],
    ["objects that both have are merged", { o: { a: 1 } }, { o: { b: 2 } }, "{ o { b } }", { o: { a: 1, b: 2 } }],
    [
      "lists item by item",
      { l: [{ a: 1 }, null, { a: 3 }] },
      { l: [{ b: 1 }, { b: 2 }, null] },
      "{ l { b } }",
      { l: [{ a: 1, b: 1 }, { b: 2 }, { a: 3, b: null }] },
    ],
    ["lists of another length are replaced", { l: [{ a: 1 }] }, { l: [] }, "{ l { a } }", { l: [] }],
    [
      "null for an object that another has given blanks what was asked of it",
      { o: { a: 1 } },
      { o: null },
      "{ o { b } }",
      { o: { a: 1, b: null } },
    ],
    ["fragments are put together", {}, { a: 1, b: 2 }, "{ ... { a } ... on T { b } }", { a: 1, b: 2 }],
  ])("%s", (_, target, source, text, expected) => {
    expect(merged(target, source, text)).toEqual(expected);
  });

  test("a mark wins over a value, before it and after it", () => {
    expect(merged({ a: mark, o: { b: 1 } }, { a: 1, o: mark }, "{ a o { b } }")).toEqual({ a: mark, o: mark });
    expect(merged({ l: [mark, { a: 1 }] }, { l: [{ a: 2 }, mark] }, "{ l { a } }")).toEqual({ l: [mark, mark] });
  });

  test("an unknown entity is null where nobody has given a value", () => {
    const target: Data = { a: 1, o: { x: 1 }, m: mark };
    blank(target, tree("{ a b o { x y } m }"));
    expect(target).toEqual({ a: 1, b: null, o: { x: 1, y: null }, m: mark });
  });
});

describe("a copy for a second place of the same entity", () => {
  test("shares no object with the first, and keeps marks and what the door let through", () => {
    const disclosure = { ask: {} as never, receipt: {} as never, rows: 1, excessive: false };
    const inner = { a: [{ b: 1 }] };
    const original: Data = { o: { x: [inner] }, m: mark, d: new Disclosed(disclosure, inner) };
    const copy = clone(original) as Data;
    expect(copy).toEqual(original);
    (copy.o as { x: { a: { b: number }[] }[] }).x[0]?.a.push({ b: 2 });
    ((copy.d as Disclosed).value as Data).a = null;
    expect(inner).toEqual({ a: [{ b: 1 }] });
    expect(copy.m).toBe(mark);
    expect((copy.d as Disclosed).disclosure).toBe(disclosure);
  });

  test("is what every place but the first gets", () => {
    const targets: Data[] = [{}, {}];
    const input = {
      type: "T",
      units: [],
      tree: tree("{ o { a } }"),
      represent: { read: () => never(), onlyKey: null, plain: null },
      keys: [],
    };
    settleEntity({ input, paths: [0], targets, representation: {}, blocked: null, bare: null }, { o: { a: 1 } });
    expect(targets).toEqual([{ o: { a: 1 } }, { o: { a: 1 } }]);
    expect(targets[0]?.o).not.toBe(targets[1]?.o);
  });

  test("a key called __proto__ is a key like others", () => {
    const copy = clone(JSON.parse('{"__proto__": {"a": 1}}')) as Data;
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"a":1}}');
    expect((copy as { a?: unknown }).a).toBeUndefined();
  });
});

test("a bare object has no names but its own", () => {
  const bare = new Bare();
  expect([bare.constructor, bare.toString, "hasOwnProperty" in bare]).toEqual([undefined, undefined, false]);
});
