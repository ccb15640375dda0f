import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createDatabase, oneDatabase, type TemporaryDatabase } from "../kit/databases.js";
import { environment, type Rogatory, runCli, startRogatory, storyMoment } from "../kit/start-rogatory.js";

/**
 * A decision is put to the law again after the law changed; then the person it was about is erased. The parts of one story, in order: commands on the embedded
 * database need a server that is stopped.
 */
const who =
  'query @warrant(id: "warrant-fr-quiet-heron") { user(id: "u01") { legalName sessions { nodes { address } } } other: user(id: "u02") { email } }';
const decision = "effect code permitted rule { id } ruleBook { version }";
const replay = `query ($index: SafeInt!) { replay(index: $index) {
  field recorded { code } differs erased before: then { ${decision} } today: now { ${decision} unmet { fact } obligations { kind } channels { id } providerCountry deadlineHours reason } } }`;
const found =
  '{ accessLog(filter: { subjectId: "u01" }) { nodes { index } } accessStatistics(filter: { subjectId: "u01" }, by: [CODE]) { keys } }';

let rogatory: Rogatory;
let database: TemporaryDatabase | undefined;
let home: string;
let auditor: string;
// biome-ignore lint/suspicious/noExplicitAny: an answer, of which every value is asserted
let disclosure: any;
let about: { readonly u01: number; readonly u02: number };

const options = () => ({
  now: storyMoment,
  home,
  ...(database === undefined ? {} : { databaseUrl: database.url }),
});

async function start(): Promise<void> {
  rogatory = await startRogatory(options());
  auditor = await rogatory.token({ role: "AUDITOR" });
}

type Run = (...args: string[]) => ReturnType<typeof runCli>;

/** Lets commands run; the server stands still meanwhile where they cannot share the database. */
async function commands(work: (run: Run) => Promise<void>): Promise<void> {
  if (database === undefined) await rogatory.stop();
  await work((...args) => runCli(args, environment(home, options())));
  if (database === undefined) await start();
}

async function read(query: string, variables = {}) {
  const { body } = await rogatory.ask(auditor, query, variables);
  expect(body.errors).toBeUndefined();
  return body.data;
}

beforeAll(async () => {
  database = oneDatabase.includes("server") ? await createDatabase() : undefined;
  home = mkdtempSync(path.join(tmpdir(), "rogatory-test-"));
  await start();
  const judge = await rogatory.token({ role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" });
  ({ disclosure } = (await rogatory.ask(judge, who)).body.extensions);
  const records = async () => (await read("{ accessLog { nodes { index outcome subject { id } } } }")).accessLog.nodes;
  let nodes = await records();
  for (let attempt = 0; nodes.length < 2 && attempt < 50; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    nodes = await records();
  }
  const indexOf = (id: string): number =>
    nodes.find((node: { subject: { id: string } }) => node.subject.id === id).index;
  about = { u01: indexOf("u01"), u02: indexOf("u02") };
});
afterAll(async () => {
  await rogatory?.stop();
  await database?.drop();
  rmSync(home, { recursive: true, force: true });
});

test("a decision put to the same law again comes out the same; what the law was not asked about has none", async () => {
  const { replay: fields } = await read(replay, { index: about.u01 });
  const name = fields.find((one: { field: string }) => one.field === "User.legalName");
  const permitted = {
    effect: "PERMIT_COMPULSORY",
    code: "PERMITTED",
    permitted: true,
    rule: { id: "R-EE-IDENT" },
    ruleBook: { version: "0.1.0" },
  };
  expect(name).toMatchObject({ differs: false, erased: false, recorded: { code: "PERMITTED" }, before: permitted });
  expect(name.today).toMatchObject(permitted);
  expect(fields).toContainEqual(
    expect.objectContaining({
      field: "User.sessions",
      before: expect.objectContaining({ code: "NATIONAL_PRECONDITION" }),
    }),
  );
  expect((await read(replay, { index: about.u02 })).replay).toEqual([
    {
      field: "User.email",
      recorded: { code: "SUBJECT_NOT_NAMED" },
      differs: false,
      erased: false,
      before: null,
      today: null,
    },
  ]);
});

test("after a rule book that differs both decisions are told, and nothing that was known of the person", async () => {
  const book = JSON.parse(readFileSync("subgraphs/treaty/data/rule-book-0.1.0.json", "utf8"));
  const over = ["R-EE-IDENT", "R-FB-FR-HATE-AFTER"];
  const file = path.join(home, "0.2.0.json");
  writeFileSync(
    file,
    JSON.stringify({
      ...book,
      version: "0.2.0",
      rules: book.rules.map((rule: { id: string }) =>
        over.includes(rule.id) ? { ...rule, validTo: "2026-11-01" } : rule,
      ),
    }),
  );
  await commands(async (run) => {
    expect(await run("rulebook", "import", file)).toMatchObject({ code: 0, stderr: "" });
  });
  const { replay: fields } = await read(replay, { index: about.u01 });
  const name = fields.find((one: { field: string }) => one.field === "User.legalName");
  expect(name).toMatchObject({
    differs: true,
    erased: false,
    before: { code: "PERMITTED", rule: { id: "R-EE-IDENT" }, ruleBook: { version: "0.1.0" } },
    today: { code: "NOT_IN_FORCE", permitted: false, ruleBook: { version: "0.2.0" } },
  });
  for (const { today } of fields)
    expect(today).toMatchObject({
      unmet: [],
      obligations: [],
      channels: [],
      providerCountry: null,
      deadlineHours: null,
    });
  expect(JSON.stringify(fields)).not.toMatch(/nationality|residence|locatedIn|Ireland|"IE"/);
});

test("who may not see the record replays nothing", async () => {
  const german = await rogatory.token({ role: "AUDITOR", country: "DE" });
  expect((await rogatory.ask(german, replay, { index: about.u01 })).body.data).toEqual({ replay: null });
  const judge = await rogatory.token({ role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" });
  expect(await rogatory.ask(judge, replay, { index: about.u01 })).toMatchObject({
    status: 403,
    body: { data: { replay: null } },
  });
  expect((await rogatory.ask(auditor, replay, { index: -1 })).status).toBe(400);
});

test("one operator alone erases nobody, and a hold forbids it", async () => {
  // That an auditor asked after her names her as well.
  expect((await read(found)).accessLog.nodes).toHaveLength(1);
  await commands(async (run) => {
    const hold = await run(
      "hold",
      "place",
      "--warrant",
      "warrant-fr-quiet-heron",
      "--ground",
      "PROCEEDINGS",
      "--by",
      "legal",
    );
    expect(hold).toMatchObject({ code: 0, stdout: expect.stringMatching(/^hold \w+ stands until/) });
    const asked = ["erase", "--subject", "u01", "--ground", "SUPERVISORY_ORDER", "--by", "amara"];
    expect(await run(...asked)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/nothing was erased: hold \w+ on warrant warrant-fr-quiet-heron keeps a leaf/),
    });
    const [, id] = /^hold (\w+)/.exec((await run("hold", "list")).stdout) as RegExpExecArray;
    expect((await run("hold", "lift", id as string, "--ground", "ENDED", "--by", "legal")).code).toBe(0);
    const { stdout } = await run(...asked);
    expect(stdout).toMatch(/^2 leaves would name u01 no more\. Nothing is erased yet/);
    const [, request] = /--confirm (\w+)/.exec(stdout) as RegExpExecArray;
    expect((await run("erase", "--confirm", request as string, "--by", "amara")).stderr).toContain(
      "expected somebody else",
    );
    expect(await run("erase", "--confirm", request as string, "--by", "bela")).toMatchObject({
      code: 0,
      stdout: "erased: 2 leaves (SUPERVISORY_ORDER). The log says so; its proofs are what they were\n",
    });
  });
});

test("after it she is found nowhere, her record stands, and its replay says that she was erased and nothing else", async () => {
  expect(await read(found)).toEqual({ accessLog: { nodes: [] }, accessStatistics: [] });
  const { accessRecord } = await read(
    "query ($index: SafeInt!) { accessRecord(index: $index) { subject { id } warrant { id } proof { hashes } } }",
    { index: about.u01 },
  );
  expect(accessRecord).toEqual({
    subject: null,
    warrant: { id: "warrant-fr-quiet-heron" },
    proof: { hashes: expect.any(Array) },
  });
  const { replay: fields } = await read(replay, { index: about.u01 });
  expect(fields).toHaveLength(2);
  for (const field of fields)
    expect(field).toMatchObject({
      erased: true,
      differs: false,
      before: null,
      today: null,
    });
});

test("the receipts of her answer still lead to the log; the log tells of the erasure; an export of it holds", async () => {
  for (const receipt of disclosure.receipts) {
    const { verifyReceipt } = await read(
      "query ($receipt: ReceiptInput!) { verifyReceipt(receipt: $receipt) { signatureValid writerKnown level } }",
      { receipt },
    );
    expect(verifyReceipt).toEqual({ signatureValid: true, writerKnown: true, level: "INTEGRATED" });
  }
  const erasures = async () =>
    (
      await read(
        "{ logEntries(from: 0, first: 100) { ... on SystemRecord { event erasure { ground leaves requestedBy confirmedBy } } } }",
      )
    ).logEntries.filter(({ event }: { event?: string }) => event === "ERASURE");
  let told = await erasures();
  for (let attempt = 0; told.length === 0 && attempt < 50; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    told = await erasures();
  }
  const erasure = { ground: "SUPERVISORY_ORDER", leaves: 2, requestedBy: "amara", confirmedBy: "bela" };
  expect(told).toEqual([{ event: "ERASURE", erasure }]);
  const { logEntries } = await read(
    "{ logEntries(from: 0, first: 100) { ... on SystemRecord { hold { act ground by warrant { id } } } } }",
  );
  const onHers = { by: "legal", warrant: { id: "warrant-fr-quiet-heron" } };
  expect(logEntries.filter(({ hold }: { hold?: unknown }) => hold != null)).toEqual([
    { hold: { act: "PLACE", ground: "PROCEEDINGS", ...onHers } },
    { hold: { act: "LIFT", ground: "ENDED", ...onHers } },
  ]);
  const folder = path.join(home, "export");
  await commands(async (run) => {
    expect(await run("export", folder)).toMatchObject({ code: 0, stderr: "" });
    expect(await run("verify", folder)).toMatchObject({ code: 0, stderr: "" });
    expect(await run("retain", "--keep", "1", "--by", "amara")).toEqual({
      code: 0,
      stdout: "no month is past retention that may go; leaves from 0 on are there\n",
      stderr: "",
    });
  });
});
