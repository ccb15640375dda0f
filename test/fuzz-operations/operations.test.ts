import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { decodeBundle } from "../../schema/ledger/bundle.js";
import type { Leaf } from "../../schema/ledger/leaf.js";
import { pgliteOptions } from "../../subgraphs/kit/database.js";
import { type Rogatory, startRogatory, storyMoment } from "../kit/start-rogatory.js";
import { dumpSchemas } from "../leaks/dump-schemas.js";
import { findValues } from "../leaks/find-values.js";
import { OperationFuzz } from "./operation-fuzz.js";
import { holders, parties } from "./parties.js";

/** The short form, with fixed seeds, of the fuzz that `run-fuzz-operations.js` runs for as long as one likes; and what is left behind when it is over. */
let home: string;
let rogatory: Rogatory;
let fuzz: OperationFuzz;
const others = parties.filter(({ name }) =>
  ["parquet", "moscow", "facebook"].some((caller) => name === `${caller}, warrant-de-brave-badger`),
);

beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), "rogatory-test-"));
  rogatory = await startRogatory({ now: storyMoment, home });
  fuzz = new OperationFuzz(rogatory, [...holders, ...holders, ...others]);
});
afterAll(async () => {
  await rogatory?.stop();
  rmSync(home, { recursive: true, force: true });
});

test("what each is told when it asks plainly is what the law of the day opens", async () => {
  const who = ["dateOfBirth", "email", "ipAddresses", "legalName", "phone", "postalAddress"].map(
    (name) => `User.${name}`,
  );
  const identification = ["Post.authorIp", ...who];
  const all = [...identification, "User.messages", "User.sessions"].sort();
  const opened = new Map<string, readonly string[]>();
  for (const party of [...holders, ...others]) {
    const fields = new Set([...(await fuzz.permitted(party))].map((value) => value.slice(0, value.indexOf(" "))));
    opened.set(party.name, [...fields].sort());
  }
  expect(Object.fromEntries([...opened].filter(([, fields]) => fields.length > 0))).toEqual({
    "paris, warrant-fr-quiet-heron": identification,
    "berlin, warrant-de-brave-badger": all,
    "berlin, warrant-de-amber-falcon": identification,
    "berlin, warrant-de-amber-falcon-early": all,
    "london, warrant-gb-silver-otter": all,
  });
  expect(opened.size).toBe(holders.length + 3);
});

test("a hundred and fifty random operations by every role: nobody is told more, and nothing fails", async () => {
  const faults: string[] = [];
  for (let seed = 0; seed < 250; seed += 1) {
    const fault = await fuzz.run(seed);
    if (fault) faults.push(`seed ${seed}, ${fault.party}\n${fault.operation.text}\n${fault.what}`);
  }
  expect(faults).toEqual([]);
  const { identity, permitted, denied } = fuzz.figures;
  expect(identity).toBeGreaterThan(40);
  expect(permitted).toBeGreaterThan(40);
  expect(denied).toBeGreaterThan(40);
  expect((await fetch(`${rogatory.url}/health/live`)).status).toBe(200);
}, 120_000);

test("the log holds a permission for all that was given, and no value; nor does anything else but the platform's own tables", async () => {
  expect(await rogatory.stop()).toBe(0);
  const database = await PGlite.create({ ...pgliteOptions(), dataDir: path.join(home, "database") });
  const query = async (statement: string) => (await database.query<Record<string, unknown>>(statement)).rows;
  const dump = await dumpSchemas(query, ["audit", "justice", "treaty"]);
  const bundles = await query("select bundle from audit.audit_bundle");
  const named = (await query("select value from justice.warrant_targets")).map(({ value }) => String(value));
  await database.close();

  const tables = [...dump.keys()];
  expect(tables.filter((name) => name.startsWith("audit.")).length).toBeGreaterThan(5);
  for (const [table, text] of dump) {
    // Whom a warrant names by what she is reached by, or was seen at, the authority wrote herself.
    const found = findValues(text).filter(
      ({ value }) =>
        !(
          table.startsWith("justice.") &&
          value &&
          named.some((each) => each.toLowerCase().startsWith(value.text.toLowerCase()))
        ),
    );
    expect([table, found]).toEqual([table, []]);
  }

  const recorded = new Map<string, Set<string>>();
  for (const leaf of bundles.flatMap(({ bundle }) => decodeBundle(bundle as Uint8Array))) {
    const read = JSON.parse(leaf.toString("utf8")) as Leaf;
    if (read.type !== "ACCESS") continue;
    const fields = recorded.get(read.operationId) ?? new Set();
    recorded.set(read.operationId, fields);
    for (const { field, permitted } of read.fields) if (permitted) fields.add(field);
  }
  expect(fuzz.given.size).toBeGreaterThan(10);
  for (const [operation, fields] of fuzz.given)
    expect([...fields].filter((field) => !recorded.get(operation)?.has(field))).toEqual([]);
});
