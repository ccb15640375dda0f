import { rmSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "@jest/globals";
import { GraphRefused } from "../../gateway/main/graph-refused.js";
import { readGraph, sdlFolder } from "../../gateway/main/read-graph.js";
import { openPlanner } from "../../gateway/plan/open-planner.js";
import { copySdl, subgraphFiles } from "../kit/sdl-folder.js";

const sdl = copySdl();
beforeEach(() => sdl.restore());
afterAll(() => sdl.remove());

const email = "  email: EmailAddress @identity(category: SUBSCRIBER)\n";
const refusal = async (): Promise<readonly string[]> => {
  const fault: unknown = await readGraph(sdl.folder, subgraphFiles).then(
    () => "it was read",
    (error: unknown) => error,
  );
  expect(fault).toBeInstanceOf(GraphRefused);
  expect((fault as Error).message).toMatch(`the graph in ${sdl.folder} is refused:\n`);
  return (fault as GraphRefused).faults;
};

test("what is committed is read, linted, split and composed; what the build did already of the same bytes is not done again", async () => {
  const built = await readGraph(sdlFolder, subgraphFiles);
  const copied = await readGraph(sdl.folder, subgraphFiles);
  expect(copied).toEqual(built);
  sdl.edit("audit.graphql", '"""How many, from 1 to 100, from the start or after `after`."""', '"""How many."""');
  sdl.compose();
  const changed = await readGraph(sdl.folder, subgraphFiles);
  expect(changed.digest).not.toBe(built.digest);
  expect(changed.graph.identityFields).toEqual(built.graph.identityFields);
});

describe("a graph that does not pass is refused with what is wrong", () => {
  test("a rule of the lint", async () => {
    sdl.edit("platform.graphql", email, "  email: EmailAddress\n");
    expect(await refusal()).toEqual([
      expect.stringMatching(/^platform User\.email \(unclassified\): User\.email looks like identity data/),
    ]);
  });

  test("an SDL that is none", async () => {
    sdl.write("treaty.graphql", "type Query {");
    expect(await refusal()).toEqual([expect.stringMatching(/^treaty \(sdl\): The SDL of "treaty" cannot be read/)]);
  });

  test("what federation does not compose", async () => {
    sdl.edit("audit.graphql", "type FieldAccess {\n", "type FieldAccess {\n  left: String @external\n");
    expect(await refusal()).toEqual([expect.stringMatching(/^audit FieldAccess\.left \(EXTERNAL_UNUSED\): /)]);
  });

  test("a supergraph that demands what nobody here knows", async () => {
    const known = 'inaccessible/v0.2", for: SECURITY)';
    sdl.edit("supergraph.graphql", known, `${known} @link(url: "https://example.org/vault/v4.2", for: SECURITY)`);
    expect(await refusal()).toEqual([
      expect.stringMatching(
        /^supergraph https:\/\/example\.org\/vault\/v4\.2 \(known-features\): The supergraph demands https:\/\/example\.org\/vault v4\.2 for: SECURITY/,
      ),
    ]);
  });

  test("a supergraph that is of other subgraphs", async () => {
    sdl.edit("platform.graphql", email, "  email: EmailAddress @identity(category: TRAFFIC)\n");
    expect(await refusal()).toEqual([
      expect.stringMatching(
        /^supergraph User\.email \(composed-supergraph\): .*category: SUBSCRIBER.* where its subgraphs compose to .*category: TRAFFIC/,
      ),
    ]);
  });

  test("files that are not there", async () => {
    for (const file of ["justice.graphql", "supergraph.graphql"]) rmSync(path.join(sdl.folder, file));
    expect(await refusal()).toEqual([
      "justice.graphql cannot be read (ENOENT): expected an SDL file",
      "supergraph.graphql cannot be read (ENOENT): expected an SDL file",
    ]);
  });
});

test("a graph in which two halves say who a person is cannot be opened", async () => {
  const { graph } = await readGraph(sdlFolder, subgraphFiles);
  const halves = graph.halves.map((half) =>
    half.name === "audit" ? { ...half, sdl: `${half.sdl}\nextend type User { jurisdiction: Jurisdiction! }` } : half,
  );
  await expect(openPlanner({ ...graph, halves })).rejects.toThrow(
    "User.jurisdiction says who a person is or what is known of her, so exactly one subgraph must define it; audit and platform does",
  );
});
