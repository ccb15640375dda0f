import { describe, expect, test } from "@jest/globals";
import { buildSchema, isObjectType } from "graphql";
import { isRowField, rowsOf } from "../../schema/identity/rows.js";

const schema = buildSchema(`
  type Row { at: String times: [String] near(to: Int): String }
  type Both { edges: [Edge!]! nodes: [Row!]! }
  type Edges { edges: [Edge] }
  type Nodes { nodes: [Row] }
  type Edge { cursor: String! node: Row! }
  type Graph { nodes: Int edges: String }
  type Query { both: Both! edges: Edges nodes: Nodes list: [Row!]! one: Row table: [[Row]] leaf: String leaves: [String] graph: Graph }
`);

function rowsOfField(field: string): unknown {
  const type = schema.getQueryType()?.getFields()[field]?.type;
  return type && rowsOf(type);
}

describe("the rows of an identity field", () => {
  test("are the nodes of a connection", () => {
    expect(rowsOfField("both")).toEqual({ kind: "CONNECTION", type: "Row", nodes: true, edges: true });
    expect(rowsOfField("edges")).toEqual({ kind: "CONNECTION", type: "Row", nodes: false, edges: true });
    expect(rowsOfField("nodes")).toEqual({ kind: "CONNECTION", type: "Row", nodes: true, edges: false });
  });

  test("are the items of a list", () => {
    expect(rowsOfField("list")).toEqual({ kind: "LIST", type: "Row", nodes: false, edges: false });
  });

  test("are the object itself where it is neither", () => {
    expect(rowsOfField("one")).toEqual({ kind: "OBJECT", type: "Row", nodes: false, edges: false });
    expect(rowsOfField("graph")).toEqual({ kind: "OBJECT", type: "Graph", nodes: false, edges: false });
  });

  test("do not exist in leaves and in lists of lists", () => {
    for (const field of ["leaf", "leaves", "table"]) expect(rowsOfField(field)).toBeNull();
  });

  test("have a time that is one value", () => {
    const row = schema.getType("Row");
    expect(isObjectType(row)).toBe(true);
    expect(["at", "times", "near", "none"].map((field) => isRowField(row, field))).toEqual([true, false, false, false]);
  });
});
