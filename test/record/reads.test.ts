import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { buildSchema, type ObjectTypeDefinitionNode, parse } from "graphql";
import { findReads } from "../../gateway/record/find-reads.js";
import { logProofs, logReads } from "../../gateway/record/log-reads.js";
import { openReadRecorder } from "../../gateway/record/record-reads.js";
import type { ConsultationLeaf } from "../../schema/ledger/leaf.js";
import type { Principal } from "../../schema/principal.js";
import { MemoryStore, record, refusing } from "./kit.js";

const schema = buildSchema(readFileSync("schema/sdl/api.graphql", "utf8"), { assumeValid: true });
const auditor: Principal = { sub: "cnil", role: "AUDITOR", country: "FR", authority: null, platform: null };
const operation = (text: string, variables: Record<string, unknown> = {}) => ({
  document: parse(text),
  operationName: null,
  variables,
});
const read = (text: string, data: Record<string, unknown>, variables = {}) =>
  findReads(schema, operation(text, variables), data).map(({ drop: _, ...found }) => found);

describe("what an answer read of the log", () => {
  test("is found under alias, fragment, list and interface, with its arguments and how much was told", () => {
    const text = /* GraphQL */ `
      query ($who: ID) {
        mine: accessLog(filter: { subjectId: $who }, first: 5) { list: nodes { index } pageInfo { hasNextPage } }
        ...More
        node(id: "w") { ... on Warrant { accessRecords { edges { node { index } } } } }
        cases { nodes { warrants { nodes { accessRecords(first: 1) { nodes { index } } } } } }
      }
      fragment More on Query { accessRecord(index: 7) { index } logHealth { size } }
    `;
    const records = { nodes: [{ index: 1 }] };
    const data = {
      mine: { list: [{ index: 1 }, { index: 2 }], pageInfo: { hasNextPage: false } },
      accessRecord: null,
      logHealth: { size: 8 },
      node: { accessRecords: { edges: [{ node: { index: 1 } }, { node: { index: 2 } }, { node: { index: 3 } }] } },
      cases: { nodes: [{ warrants: { nodes: [{ accessRecords: records }, { accessRecords: null }] } }] },
    };
    const given = { first: 5, filter: { subjectId: "u01" } };
    const inCase = ["cases", "nodes", 0, "warrants", "nodes"];
    expect(read(text, data, { who: "u01" })).toEqual([
      { field: "Query.accessLog", arguments: given, rows: 2, path: ["mine"] },
      { field: "Query.accessRecord", arguments: { index: 7 }, rows: 0, path: ["accessRecord"] },
      { field: "Warrant.accessRecords", arguments: { first: 20 }, rows: 3, path: ["node", "accessRecords"] },
      { field: "Warrant.accessRecords", arguments: { first: 1 }, rows: 1, path: [...inCase, 0, "accessRecords"] },
      { field: "Warrant.accessRecords", arguments: { first: 1 }, rows: 0, path: [...inCase, 1, "accessRecords"] },
    ]);
  });

  test("is nothing where the field was skipped, and once where it is selected twice", () => {
    const text = "query ($no: Boolean!) { accessLog @include(if: $no) { nodes { index } } checkpoint { size } }";
    expect(read(text, { checkpoint: { size: 1 } }, { no: false })).toEqual([]);
    const twice = "{ accessLog { nodes { index } } ... { accessLog { pageInfo { hasNextPage } } } }";
    expect(read(twice, { accessLog: { nodes: [], pageInfo: { hasNextPage: false } } })).toHaveLength(1);
  });

  test("covers every field that the audit subgraph answers: one that is in no list fails here", () => {
    const { definitions } = parse(readFileSync("schema/sdl/audit.graphql", "utf8"));
    const answered = (type: string): string[] =>
      definitions
        .filter(
          (node): node is ObjectTypeDefinitionNode => node.kind === "ObjectTypeDefinition" && node.name.value === type,
        )
        .flatMap(({ fields = [] }) => fields)
        .filter(({ directives = [] }) => !directives.some(({ name }) => name.value === "inaccessible"))
        .map(({ name }) => `${type}.${name.value}`);
    const fields = [
      ...answered("Query"),
      ...answered("Subscription"),
      ...answered("Warrant").filter((field) => field !== "Warrant.id"),
    ];
    expect(fields.filter((field) => !logReads.has(field) && !logProofs.has(field))).toEqual([]);
    expect([...logReads, ...logProofs].filter((field) => !fields.includes(field))).toEqual([]);
  });
});

describe("the record of who read the log", () => {
  const text =
    '{ a: accessLog(filter: { subjectId: "u01" }) { nodes { index } } b: accessStatistics(by: [CODE]) { keys } }';
  const asked = (principal = auditor) => ({
    ...operation(text),
    principal,
    operationId: "op-9",
    operationHash: "0c".repeat(32),
  });
  const answer = (): Record<string, unknown> => ({
    a: { nodes: [{ index: 1 }] },
    b: [{ keys: ["HELD"] }, { keys: [] }],
  });
  const consultations = (store: MemoryStore): ConsultationLeaf[] =>
    store
      .leaves()
      .flat()
      .filter((leaf): leaf is ConsultationLeaf => leaf.type === "CONSULTATION");

  test("is durable before the answer: one leaf for each person asked after, which names nobody in clear", async () => {
    const store = new MemoryStore();
    const recorder = await record(store);
    const data = answer();
    expect(await openReadRecorder(schema, recorder)(asked(), data)).toEqual([]);
    expect(data).toEqual(answer());
    const [about, counted] = consultations(store);
    expect(about).toMatchObject({
      operationId: "op-9",
      operationHash: "0c".repeat(32),
      role: "AUDITOR",
      country: "FR",
      reads: [{ field: "Query.accessLog", rows: 1 }],
      warrant: null,
    });
    expect(counted).toMatchObject({ subject: null, reads: [{ field: "Query.accessStatistics", rows: 2 }] });
    expect(JSON.stringify(store.leaves())).not.toMatch(/u01|cnil/);
    const opened = store.openings.map(({ reference, value }) => [reference, value]);
    expect(opened).toContainEqual(["subject", "u01"]);
    expect(opened).toContainEqual(["question", '[{"filter":{"subjectId":"u01"}}]']);
    await recorder.close();
  });

  test("cannot be made: nothing of the log is shown, each place says so, and the rest stands", async () => {
    const store = new MemoryStore();
    const recorder = await record(store);
    store.behave = refusing;
    const data = { ...answer(), checkpoint: { size: 3 } };
    const errors = await openReadRecorder(schema, recorder)(asked(), data);
    expect(data).toEqual({ a: null, b: null, checkpoint: { size: 3 } });
    expect(errors).toMatchObject([
      { path: ["a"], extensions: { code: "LOG_UNAVAILABLE" } },
      { path: ["b"], extensions: { code: "LOG_UNAVAILABLE" } },
    ]);
    await recorder.close();
  });

  test.each(["JUDICIAL", "ENGINEER", "SERVICE"] as const)(
    "is none for %s, who is shown nothing of it",
    async (role) => {
      const store = new MemoryStore();
      const recorder = await record(store);
      await openReadRecorder(schema, recorder)(asked({ ...auditor, role }), { a: null, b: null });
      expect(consultations(store)).toEqual([]);
      await recorder.close();
    },
  );
});
