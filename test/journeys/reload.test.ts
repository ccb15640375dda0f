import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { json } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createDatabase, databases } from "../kit/databases.js";
import { launch } from "../kit/launch.js";
import { copySdl, type SdlCopy } from "../kit/sdl-folder.js";
import { type Answer, environment, type Rogatory, runCli, startRogatory, storyMoment } from "../kit/start-rogatory.js";

let sdl: SdlCopy;
let rogatory: Rogatory;
beforeAll(async () => {
  sdl = copySdl();
  rogatory = await startRogatory({ now: storyMoment, env: { ROGATORY_SDL: sdl.folder } });
});
afterAll(async () => {
  await rogatory.stop();
  sdl.remove();
});

const email = "  email: EmailAddress @identity(category: SUBSCRIBER)\n";
const open = '  email: EmailAddress @public(reason: "the mailbox of an office")\n';
const judge = { role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" };
const question = '{ user(id: "u01") { handle email } }';

/** The log lines of reloads so far, in order. */
const reloads = (): readonly { readonly msg: string; readonly faults?: readonly string[] }[] =>
  rogatory
    .output()
    .split("\n")
    .filter((line) => line.startsWith("{") && line.includes('"graph":'))
    .map((line) => JSON.parse(line));

/** Sends the signal, and waits until it has had its effect. */
async function hangUp(effect: () => Promise<boolean>): Promise<void> {
  process.kill(rogatory.pid, "SIGHUP");
  for (let attempt = 0; !(await effect()); attempt += 1) {
    if (attempt === 200) throw new Error(`the reload had no effect:\n${rogatory.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** An operation that the gateway has begun, and whose text comes later. */
async function begin(token: string, query: string): Promise<{ finish(): Promise<Pick<Answer, "body">> }> {
  const text = JSON.stringify({ query });
  const asking = request(`${rogatory.url}/graphql`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(text),
      expect: "100-continue",
    },
  });
  const answered = once(asking, "response");
  asking.flushHeaders();
  await once(asking, "continue");
  return {
    async finish() {
      asking.end(text);
      const [response] = (await answered) as [IncomingMessage];
      return { body: (await json(response)) as Answer["body"] };
    },
  };
}

const withheld = async (): Promise<void> => {
  const { status, body } = await rogatory.ask(await rogatory.token(judge), question);
  expect({ status, data: body.data }).toEqual({ status: 200, data: { user: { handle: "quiet.heron", email: null } } });
  expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(["UNAUTHORIZED_FIELD_OR_TYPE"]);
};

describe("on SIGHUP a gateway reads its graph again", () => {
  const fieldsOfPlatform = '{ __type(name: "Platform") { fields { name } } }';
  const namesIn = ({ body }: Pick<Answer, "body">): readonly string[] =>
    body.data.__type.fields.map(({ name }: { readonly name: string }) => name);
  const fields = async (): Promise<readonly string[]> =>
    namesIn(await rogatory.ask(await rogatory.token(judge), fieldsOfPlatform));

  test("one that passes answers new operations, and those that had begun are answered on theirs", async () => {
    const before = ["code", "name", "establishments", "holds"];
    expect(await fields()).toEqual(before);
    const begun = await begin(await rogatory.token(judge), fieldsOfPlatform);
    sdl.edit("platform.graphql", "  holds: [Holding!]!\n", "  holds: [Holding!]!\n  motto: String\n");
    sdl.compose();
    await hangUp(async () => (await fields()).includes("motto"));
    expect(reloads()).toEqual([]);
    expect(namesIn(await begun.finish())).toEqual(before);
    await withheld();
  });

  test("one that breaks a rule is refused in the log, by name, and the old one goes on", async () => {
    sdl.restore();
    sdl.edit("platform.graphql", email, "  email: EmailAddress\n");
    await hangUp(async () => reloads().length === 1);
    expect(reloads()[0]).toMatchObject({
      level: 50,
      msg: "the new graph is refused; the old one goes on serving",
      faults: [expect.stringMatching(/^platform User\.email \(unclassified\): /)],
    });
    expect(await fields()).toContain("motto");
    await withheld();
  });

  test("one that passes, but lost a mark, is refused until somebody confirms it; what was open stays closed till then", async () => {
    sdl.restore();
    sdl.edit("platform.graphql", email, open);
    sdl.compose();
    await hangUp(async () => reloads().length === 2);
    expect(reloads()[1]?.faults).toEqual([
      expect.stringMatching(
        /^platform User\.email \(mark-change\): User\.email had @identity\(category: SUBSCRIBER\) and is unmarked now\. /,
      ),
    ]);
    await withheld();
  });
});

if (databases.includes("server"))
  test("a gateway of its own process does so too, and says which graph followed which", async () => {
    const database = await createDatabase();
    const served = copySdl();
    const home = mkdtempSync(path.join(tmpdir(), "rogatory-test-"));
    const env = environment(home, { databaseUrl: database.url, env: { ROGATORY_SDL: served.folder } });
    const gateway = await launch(["serve", "gateway", "--port", "0"], env);
    const logged = async (msg: string): Promise<Record<string, unknown>> => {
      for (let attempt = 0; attempt < 600; attempt += 1) {
        const line = gateway
          .output()
          .split("\n")
          .find((each) => each.includes(msg));
        if (line !== undefined) return JSON.parse(line) as Record<string, unknown>;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`"${msg}" was not logged:\n${gateway.output()}`);
    };
    process.kill(gateway.pid, "SIGHUP");
    const { graph } = await logged("the graph is the one that is served already");
    served.edit("platform.graphql", "  holds: [Holding!]!\n", "  holds: [Holding!]!\n  motto: String\n");
    served.compose();
    process.kill(gateway.pid, "SIGHUP");
    expect(await logged("new operations are answered on a new graph")).toMatchObject({ before: graph });
    served.write("platform.graphql", "type Query {");
    process.kill(gateway.pid, "SIGHUP");
    expect(await logged("the new graph is refused; the old one goes on serving")).toMatchObject({
      faults: [expect.stringMatching(/^platform \(sdl\): The SDL of "platform" cannot be read/)],
    });
    expect(await gateway.stop()).toBe(0);
    served.remove();
    rmSync(home, { recursive: true, force: true });
    await database.drop();
  });

test("a process does not start on a graph that does not pass, says why on one line each, and ends", async () => {
  const other = copySdl();
  const home = mkdtempSync(path.join(tmpdir(), "rogatory-test-"));
  other.edit(
    "supergraph.graphql",
    "for: EXECUTION)",
    'for: EXECUTION) @link(url: "https://specs.apollo.dev/policy/v0.1", for: SECURITY)',
  );
  const { code, stdout, stderr } = await runCli(["start"], environment(home, { env: { ROGATORY_SDL: other.folder } }));
  expect({ code, stdout, stderr }).toEqual({
    code: 1,
    stdout: "",
    stderr: `failed: the graph in ${other.folder} is refused:\nsupergraph https://specs.apollo.dev/policy/v0.1 (known-features): The supergraph demands https://specs.apollo.dev/policy v0.1 for: SECURITY, which this gateway does not know. Take what needs it out of the subgraphs, or load the graph with a gateway that knows it\n`,
  });
  other.remove();
  rmSync(home, { recursive: true, force: true });
});
