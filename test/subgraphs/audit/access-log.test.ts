import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Access, accessDrafts } from "../../../gateway/record/access-draft.js";
import type { RecordedReceipt, Recorder } from "../../../gateway/record/open-recorder.js";
import { openRecorder } from "../../../gateway/record/open-recorder.js";
import { outcomeDrafts } from "../../../gateway/record/outcome-draft.js";
import { leafHash } from "../../../schema/ledger/merkle.js";
import { verifyBatches } from "../../../schema/ledger/verify-batches.js";
import { readHead } from "../../../subgraphs/audit/integrate/head.js";
import { rebuildProjection } from "../../../subgraphs/audit/integrate/project.js";
import { readAllBatches } from "../../../subgraphs/audit/integrate/read-batches.js";
import { oneDatabase } from "../../kit/databases.js";
import { now, quiet, reading } from "../../record/kit.js";
import {
  type AuditLog,
  ask,
  chiefAuditor,
  facebook,
  forgetEverywhere,
  frenchAuditor,
  germanAuditor,
  judge,
  openAudit,
  settle,
} from "./kit.js";

const [email, messages] = reading.fields as [Access["fields"][number], Access["fields"][number]];
const german: Access = {
  ...reading,
  operation: { id: "op-2", hash: "0d".repeat(32), name: null },
  principal: { sub: "judge-2", role: "JUDICIAL", country: "DE", authority: "de-ag-berlin", platform: null },
  warrant: { id: "warrant-2", contentHash: "ef".repeat(32), caseId: "case-2", status: "ACCEPTED", emergency: true },
  platform: "YOUTUBE",
  fields: [{ ...messages, code: "HELD" }],
  held: true,
};

describe.each(oneDatabase)("the access log on the %s database", (kind) => {
  let log: AuditLog;
  let recorder: Recorder;
  let receipts: RecordedReceipt[];
  let time = now;

  beforeAll(async () => {
    log = await openAudit(kind);
    recorder = await openRecorder({
      store: log.openStore(),
      clock: () => time,
      log: quiet,
      heartbeatMs: 3_600_000,
      timeoutMs: 5000,
    });
    const record = async (access: Access, at: string): Promise<RecordedReceipt> => {
      time = new Date(at);
      return recorder.append(accessDrafts(access));
    };
    receipts = [
      await record(reading, "2026-11-23T10:00:00.000Z"),
      await record(
        {
          ...reading,
          subjectId: "u02",
          fields: [{ ...email, permitted: false, code: "SUBJECT_NOT_NAMED", rule: null }],
        },
        "2026-11-23T10:00:00.000Z",
      ),
      await record(german, "2026-11-23T11:30:00.000Z"),
      await record({ ...reading, operation: { ...reading.operation, id: "op-3" } }, "2026-12-01T00:00:00.000Z"),
      await record(
        { ...reading, operation: { ...reading.operation, id: "op-4" }, warrant: null, subjectId: null, ruleBook: null },
        "2026-12-01T00:00:00.000Z",
      ),
    ];
    await settle(log);
  });
  afterAll(async () => {
    await recorder.close();
    expect(verifyBatches(await readAllBatches(log.running.em())).faults).toEqual([]);
    await log.close();
  });

  const operations = async (principal: typeof judge, rest: string) => {
    const { data, refusals } = await ask(log, principal, `{ accessLog${rest} { nodes { index operationId } } }`);
    expect(refusals).toEqual([]);
    return data.accessLog.nodes.map((node: { operationId: string }) => node.operationId);
  };

  test("shows who asked what about whom under which rule, as it stands in the signed leaf", async () => {
    const { data, refusals } = await ask(
      log,
      frenchAuditor,
      `{ accessRecord(index: 1) { index level recordedAt leaf leafHash operationId operationName operationHash actor role country platform warrantStatus
         warrantContentHash emergency held purpose outcome authority { id } warrant { id } case { id } subject { id } ruleBook { hash }
         fields { field category permitted code effect rule { id } rows } } }`,
    );
    expect(refusals).toEqual([]);
    const { leaf, ...record } = data.accessRecord;
    expect(leafHash(Buffer.from(leaf, "base64")).toString("hex")).toBe(record.leafHash);
    expect(record).toEqual({
      index: 1,
      level: "INTEGRATED",
      recordedAt: "2026-11-23T10:00:00.000Z",
      leafHash: receipts[0]?.leafHashes[0],
      operationId: "op-1",
      operationName: "Suspect",
      operationHash: "0c".repeat(32),
      actor: "judge-1",
      role: "JUDICIAL",
      country: "FR",
      platform: "FACEBOOK",
      warrantStatus: "ACCEPTED",
      warrantContentHash: "ab".repeat(32),
      emergency: false,
      held: false,
      purpose: "DISCLOSURE",
      outcome: "UNKNOWN",
      authority: { id: "fr-tj-paris" },
      warrant: { id: "warrant-1" },
      case: { id: "case-1" },
      subject: { id: "u01" },
      ruleBook: { hash: "cd".repeat(32) },
      fields: [
        {
          field: "User.email",
          category: "SUBSCRIBER",
          permitted: true,
          code: "PERMITTED",
          effect: "PERMIT_COMPULSORY",
          rule: { id: "R-EE-IDENT" },
          rows: null,
        },
        {
          field: "User.messages",
          category: "CONTENT",
          permitted: false,
          code: "PERSON_CONDITION",
          effect: "MLA_ONLY",
          rule: null,
          rows: null,
        },
      ],
    });
  });

  test("a record without warrant, person and rule book says null", async () => {
    const { data } = await ask(
      log,
      chiefAuditor,
      "{ accessRecord(index: 5) { warrant { id } case { id } subject { id } ruleBook { hash } warrantStatus } }",
    );
    expect(data.accessRecord).toEqual({
      warrant: null,
      case: null,
      subject: null,
      ruleBook: null,
      warrantStatus: null,
    });
  });

  describe("who may read it", () => {
    test("an auditor of a country: what principals of that country asked; of a platform: what was asked of it; of neither: all", async () => {
      expect(await operations(frenchAuditor, "")).toEqual(["op-1", "op-1", "op-3", "op-4"]);
      expect(await operations(germanAuditor, "")).toEqual(["op-2"]);
      expect(await operations({ ...chiefAuditor, platform: "YOUTUBE" }, "")).toEqual(["op-2"]);
      expect(await operations(chiefAuditor, "")).toEqual(["op-1", "op-1", "op-2", "op-3", "op-4"]);
    });

    test("a provider: what was asked of its platform, without the case", async () => {
      expect(await operations(facebook, "")).toEqual(["op-1", "op-1", "op-3", "op-4"]);
      const { data } = await ask(log, facebook, "{ accessRecord(index: 1) { warrant { id } case { id } } }");
      expect(data.accessRecord).toEqual({ warrant: { id: "warrant-1" }, case: null });
      expect(
        (await ask(log, facebook, `{ accessLog(filter: { caseId: "case-1" }) { nodes { index } } }`)).refusals,
      ).toEqual(["ROLE"]);
    });

    test("what is outside one's scope does not exist", async () => {
      expect((await ask(log, germanAuditor, "{ accessRecord(index: 1) { index } }")).data).toEqual({
        accessRecord: null,
      });
      expect(await operations(germanAuditor, `(filter: { country: "FR" })`)).toEqual([]);
      expect(
        (await ask(log, germanAuditor, "{ accessStatistics(by: [COUNTRY]) { keys } }")).data.accessStatistics,
      ).toEqual([{ keys: ["DE"] }]);
    });

    test.each(["JUDICIAL", "ENFORCING_AUTHORITY", "CENTRAL_AUTHORITY", "ENGINEER", "SERVICE", "GATEWAY"] as const)(
      "nobody else: %s",
      async (role) => {
        const query =
          "{ accessLog { nodes { index } } accessRecord(index: 1) { index } accessStatistics(by: [CODE]) { keys } }";
        const { data, refusals } = await ask(log, { ...judge, role }, query);
        expect(data).toEqual({ accessLog: null, accessRecord: null, accessStatistics: null });
        expect(refusals).toEqual(["ROLE", "ROLE", "ROLE"]);
      },
    );

    test("a provider without a platform reads nothing", async () => {
      expect((await ask(log, { ...facebook, platform: null }, "{ accessLog { nodes { index } } }")).refusals).toEqual([
        "ROLE",
      ]);
    });
  });

  describe("filters", () => {
    test.each([
      [`operationId: "op-2"`, ["op-2"]],
      [`subjectId: "u02"`, ["op-1"]],
      [`warrantId: "warrant-2"`, ["op-2"]],
      [`caseId: "case-2"`, ["op-2"]],
      [`actor: "judge-2"`, ["op-2"]],
      [`country: "DE"`, ["op-2"]],
      [`authorityId: "de-ag-berlin"`, ["op-2"]],
      [`platform: "YOUTUBE"`, ["op-2"]],
      [`ruleId: "R-EE-IDENT"`, ["op-1", "op-3", "op-4"]],
      [`effect: MLA_ONLY`, ["op-1", "op-2", "op-3", "op-4"]],
      [`code: HELD`, ["op-2"]],
      [`category: CONTENT`, ["op-1", "op-2", "op-3", "op-4"]],
      [`permitted: true`, ["op-1", "op-3", "op-4"]],
      [`category: CONTENT, permitted: true`, []],
      [`emergency: true`, ["op-2"]],
      [`outcome: WITHHELD`, ["op-1", "op-2"]],
      [`purpose: CONSULTATION`, []],
      [`from: "2026-11-23T11:30:00.000Z", to: "2026-12-01T00:00:00.000Z"`, ["op-2"]],
      [`actor: "judge-1' or true --"`, []],
      [`actor: "a ? b"`, []],
    ])("%s", async (filter, expected) => {
      expect(await operations(chiefAuditor, `(filter: { ${filter} })`)).toEqual(expected);
    });

    test.each([
      [`(filter: { from: "2026-11-24T00:00:00Z", to: "2026-11-24T00:00:00Z" })`, "PERIOD"],
      [`(filter: { actor: "\\u0000" })`, "INPUT"],
      [`(first: 0)`, "PAGE_SIZE"],
      [`(first: 101)`, "PAGE_SIZE"],
      [`(first: 1, last: 1)`, "PAGE_SIZE"],
      [`(after: "nonsense")`, "CURSOR"],
    ])("%s is refused: %s", async (args, refusal) => {
      expect((await ask(log, chiefAuditor, `{ accessLog${args} { nodes { index } } }`)).refusals).toEqual([refusal]);
    });

    test("an index before the first is refused, one beyond the end and one of another kind of leaf are null", async () => {
      expect((await ask(log, chiefAuditor, "{ accessRecord(index: -1) { index } }")).refusals).toEqual(["LOG_RANGE"]);
      expect(
        (await ask(log, chiefAuditor, "{ a: accessRecord(index: 0) { index } b: accessRecord(index: 99) { index } }"))
          .data,
      ).toEqual({ a: null, b: null });
    });
  });

  describe("pages", () => {
    const page = async (args: string) => {
      const { data } = await ask(
        log,
        chiefAuditor,
        `{ accessLog${args} { nodes { index } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
      );
      const { nodes, pageInfo } = data.accessLog;
      return { indexes: nodes.map(({ index }: { index: number }) => index), ...pageInfo };
    };

    test("forward from the start, in the order of the log", async () => {
      const one = await page("(first: 2)");
      expect(one).toMatchObject({ indexes: [1, 2], hasNextPage: true, hasPreviousPage: false });
      const two = await page(`(first: 2, after: "${one.endCursor}")`);
      expect(two).toMatchObject({ indexes: [3, 4], hasNextPage: true, hasPreviousPage: true });
      expect(await page(`(first: 2, after: "${two.endCursor}")`)).toMatchObject({ indexes: [5], hasNextPage: false });
    });

    test("backward from the end: the newest, still in the order of the log", async () => {
      const one = await page("(last: 2)");
      expect(one).toMatchObject({ indexes: [4, 5], hasNextPage: false, hasPreviousPage: true });
      expect(await page(`(last: 5, before: "${one.startCursor}")`)).toMatchObject({
        indexes: [1, 2, 3],
        hasNextPage: true,
        hasPreviousPage: false,
      });
    });

    test("a cursor belongs to its list and filter", async () => {
      const { endCursor } = await page("(first: 2)");
      const { refusals } = await ask(
        log,
        chiefAuditor,
        `{ accessLog(first: 2, after: "${endCursor}", filter: { country: "FR" }) { nodes { index } } }`,
      );
      expect(refusals).toEqual(["CURSOR"]);
    });
  });

  test("counts decisions, operations and persons by group", async () => {
    const count = async (args: string) =>
      (await ask(log, chiefAuditor, `{ accessStatistics(${args}) { keys permitted denied operations subjects } }`)).data
        .accessStatistics;
    expect(await count("by: [COUNTRY]")).toEqual([
      { keys: ["DE"], permitted: 0, denied: 1, operations: 1, subjects: 1 },
      { keys: ["FR"], permitted: 3, denied: 4, operations: 3, subjects: 2 },
    ]);
    expect(await count('by: [RULE, CATEGORY], filter: { country: "FR" }')).toEqual([
      { keys: ["NONE", "CONTENT"], permitted: 0, denied: 3, operations: 3, subjects: 1 },
      { keys: ["NONE", "SUBSCRIBER"], permitted: 0, denied: 1, operations: 1, subjects: 1 },
      { keys: ["R-EE-IDENT", "SUBSCRIBER"], permitted: 3, denied: 0, operations: 3, subjects: 1 },
    ]);
    expect((await count("by: [MONTH]")).map(({ keys }: { keys: string[] }) => keys[0])).toEqual(["2026-11", "2026-12"]);
    expect((await count("by: [HOUR, ACTOR]")).map(({ keys }: { keys: string[] }) => keys)).toEqual([
      ["2026-11-23T10", "judge-1"],
      ["2026-11-23T11", "judge-2"],
      ["2026-12-01T00", "judge-1"],
    ]);
    expect(await count("by: [CODE], filter: { permitted: false, code: HELD }")).toEqual([
      { keys: ["HELD"], permitted: 0, denied: 1, operations: 1, subjects: 1 },
    ]);
    expect(await count('by: [DAY, EFFECT, AUTHORITY, PLATFORM], filter: { operationId: "op-2" }')).toEqual([
      {
        keys: ["2026-11-23", "MLA_ONLY", "de-ag-berlin", "YOUTUBE"],
        permitted: 0,
        denied: 1,
        operations: 1,
        subjects: 1,
      },
    ]);
  });

  test.each(["[]", "[CODE, CODE]", "[CODE, DAY, RULE, ACTOR, HOUR]"])("statistics by %s are refused", async (by) => {
    expect((await ask(log, chiefAuditor, `{ accessStatistics(by: ${by}) { keys } }`)).refusals).toEqual(["STATISTICS"]);
  });

  test("a warrant shows the records made under it, to those who may read them", async () => {
    const query = `{ _entities(representations: [{ __typename: "Warrant", id: "warrant-1" }]) { ... on Warrant { accessRecords(first: 2) { nodes { index } pageInfo { hasNextPage } } } } }`;
    const { data } = await ask(log, frenchAuditor, query);
    expect(data._entities).toEqual([
      { accessRecords: { nodes: [{ index: 1 }, { index: 2 }], pageInfo: { hasNextPage: true } } },
    ]);
    expect((await ask(log, germanAuditor, query)).data._entities[0].accessRecords.nodes).toEqual([]);
    const refused = await ask(log, judge, query);
    expect(refused).toEqual({ data: { _entities: [{ accessRecords: null }] }, refusals: ["ROLE"] });
  });

  test("an outcome: the first word counts, rows belong to permitted fields, and what permits nothing was withheld from the start", async () => {
    const [first, second, , , last] = receipts.map(({ leafHashes }) => leafHashes[0] as string) as [
      string,
      string,
      string,
      string,
      string,
    ];
    const rows = [
      { field: "User.email", rows: 1 },
      { field: "User.messages", rows: 9 },
    ];
    recorder.note(
      outcomeDrafts("op-1", [
        { leaf: first, outcome: "RELEASED", rows },
        { leaf: second, outcome: "RELEASED", rows: [] },
      ]),
    );
    recorder.note(outcomeDrafts("op-4", [{ leaf: last, outcome: "ABORTED", rows: [] }]));
    await recorder.append(outcomeDrafts("op-1", [{ leaf: first, outcome: "WITHHELD", rows: [] }]));
    await settle(log);
    const { data } = await ask(log, chiefAuditor, "{ accessLog { nodes { outcome fields { rows } } } }");
    expect(data.accessLog.nodes.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      "RELEASED",
      "WITHHELD",
      "WITHHELD",
      "UNKNOWN",
      "UNKNOWN",
    ]);
    expect(data.accessLog.nodes[0].fields).toEqual([{ rows: 1 }, { rows: null }]);
  });

  test("the projection can be thrown away and built again, outcomes included", async () => {
    const query =
      "{ accessLog { nodes { index leaf actor subject { id } outcome fields { field rows rule { id } } } } }";
    const before = await ask(log, chiefAuditor, query);
    await rebuildProjection(log.running.em());
    expect(await ask(log, chiefAuditor, query)).toEqual(before);
    const { size, searchable } = await readHead(log.running.em());
    expect(searchable).toBe(size);
  });

  test("after its openings are gone a record still stands, and names nobody", async () => {
    await forgetEverywhere(log, "subject", "actor");
    await rebuildProjection(log.running.em());
    const { data } = await ask(
      log,
      chiefAuditor,
      "{ accessRecord(index: 1) { actor subject { id } warrant { id } leafHash } }",
    );
    expect(data.accessRecord).toEqual({
      actor: "erased",
      subject: null,
      warrant: { id: "warrant-1" },
      leafHash: receipts[0]?.leafHashes[0],
    });
  });
});
