import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { copySdl, type SdlCopy } from "../kit/sdl-folder.js";
import {
  type Answer,
  environment,
  post,
  type Rogatory,
  readAnswer,
  runCli,
  startRogatory,
  storyMoment,
} from "../kit/start-rogatory.js";

/** The documents of a court's program, each in a file. */
const disclose = `query Disclose($warrant: ID!, $user: ID!) @warrant(id: $warrant) {
  user(id: $user) { handle legalName }
}
`;
const open = `mutation Open($input: OpenCaseInput!) { openCase(input: $input) { case { reference } userErrors { code } } }`;
const profile = `query Profile($user: ID!) { user(id: $user) { displayName } }`;

const judge = { role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" };
const byHash = (text: string) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash: createHash("sha256").update(text).digest("hex") } },
});
const told = ({ status, body }: Answer) => [status, body.errors?.[0]?.extensions.code, body.data];
const notListed = [403, "QUERY_NOT_IN_SAFELIST", undefined];

let folder: string;
let file: string;
let sdl: SdlCopy;
let rogatory: Rogatory;
let token: string;
const env = () => environment(folder, { env: { ROGATORY_SDL: sdl.folder } });

/** Makes the list of these documents, as an operator does. */
async function list(documents: Readonly<Record<string, string>>): Promise<void> {
  const program = path.join(folder, "program");
  rmSync(program, { recursive: true, force: true });
  mkdirSync(program);
  for (const [name, text] of Object.entries(documents)) writeFileSync(path.join(program, `${name}.graphql`), text);
  const { code, stdout, stderr } = await runCli(["safelist", program], env());
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  writeFileSync(file, stdout);
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "rogatory-safelist-"));
  file = path.join(folder, "safelist.json");
  sdl = copySdl();
  await list({ disclose, open });
  rogatory = await startRogatory({
    now: storyMoment,
    env: { ROGATORY_SDL: sdl.folder },
    args: ["--safelist", file],
  });
  token = await rogatory.token(judge);
});
afterAll(async () => {
  await rogatory?.stop();
  sdl.remove();
  rmSync(folder, { recursive: true, force: true });
});

const ask = (body: object): Promise<Answer> => post(`${rogatory.url}/graphql`, token, body);

/** Asks by the hash alone; what comes back is read as the answer to the text. */
async function askByHash(query: string, variables: object): Promise<Answer> {
  const response = await fetch(`${rogatory.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ ...byHash(query), variables }),
  });
  return readAnswer(response, { query, variables });
}

/** Sends the signal, and waits for the line of the log that says what became of it. */
async function hangUp(message: string): Promise<{ readonly faults?: readonly string[] }> {
  const from = rogatory.output().length;
  process.kill(rogatory.pid, "SIGHUP");
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const line = rogatory
      .output()
      .slice(from)
      .split("\n")
      .find((each) => each.includes(message));
    if (line !== undefined) return JSON.parse(line) as { readonly faults?: readonly string[] };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`"${message}" was not logged:\n${rogatory.output().slice(from)}`);
}

test("identity data is disclosed by a listed document alone, decided and recorded as ever; by POST alone", async () => {
  const variables = { warrant: "warrant-fr-quiet-heron", user: "u01" };
  const { status, body } = await askByHash(disclose, variables);
  expect([status, body.data]).toEqual([200, { user: { handle: "quiet.heron", legalName: "Specimen Person 01" } }]);
  expect(body.extensions.disclosure.receipts).toHaveLength(1);
  expect((await ask({ query: disclose, variables })).body.data).toEqual(body.data);
  const literal = '{ user(id: "u01") { handle } }';
  for (const asked of [{ query: literal }, byHash(literal), { query: disclose.trim(), variables }])
    expect(told(await ask(asked))).toEqual(notListed);
  const address = new URLSearchParams({
    extensions: JSON.stringify(byHash(disclose).extensions),
    variables: JSON.stringify(variables),
  });
  const byGet = await fetch(`${rogatory.url}/graphql?${address}`, { headers: { authorization: `Bearer ${token}` } });
  expect(byGet.status).toBe(405);
});

test("a subgraph that asks back for it is not bound by the list", async () => {
  const input = { reference: "PAR 26/1", offenceCodes: ["FR-1881-24"], committedOnline: true, postIds: ["u01-p1"] };
  expect(told(await askByHash(open, { input }))).toEqual([
    200,
    undefined,
    { openCase: { case: { reference: "PAR 26/1" }, userErrors: [] } },
  ]);
  const unknown = await askByHash(open, { input: { ...input, postIds: ["nope"] } });
  expect(unknown.body.data).toEqual({ openCase: { case: null, userErrors: [{ code: "POST_UNKNOWN" }] } });
});

test("introspection, and what the console sends, are refused like every other document; the start says so", async () => {
  expect(told(await ask({ query: "{ __schema { queryType { name } } }" }))).toEqual(notListed);
  expect(rogatory.output()).toContain(
    `SAFELIST: the documents of ${file} are answered and no others, from the console neither, nor introspection.`,
  );
  expect(rogatory.output()).not.toContain("A query to try");
});

test("on SIGHUP the list is read again; one that does not fit the graph is refused whole, and so is a graph that a list does not fit", async () => {
  const user = { user: "u01" };
  const opens = { query: open, variables: { input: { reference: " ", offenceCodes: [], committedOnline: true } } };
  expect(told(await ask({ query: profile, variables: user }))).toEqual(notListed);
  await list({ profile });
  process.kill(rogatory.pid, "SIGHUP");
  for (let attempt = 0; (await ask({ query: profile, variables: user })).status !== 200; attempt += 1)
    if (attempt === 400) throw new Error(`the reload had no effect:\n${rogatory.output()}`);
  expect(told(await ask(opens))).toEqual(notListed);

  const good = readFileSync(file, "utf8");
  const refused = "the safelist is refused; the graph and the list from before go on serving";
  writeFileSync(file, good.replaceAll("displayName", "displayname"));
  expect((await hangUp(refused)).faults).toEqual([
    expect.stringMatching(/^operations\[0\] \(Profile\) 1:47 Cannot query field "displayname" on type "User"\./),
  ]);
  writeFileSync(file, good);
  sdl.edit("platform.graphql", "displayName: String!\n", "shownName: String!\n");
  sdl.compose();
  expect((await hangUp(refused)).faults).toEqual([
    expect.stringMatching(/^operations\[0\] \(Profile\) 1:47 Cannot query field "displayName" on type "User"\./),
  ]);
  expect((await ask({ query: profile, variables: user })).status).toBe(200);
});

test("a process does not start on a list that does not pass, and says what is wrong with it; a subgraph takes none", async () => {
  sdl.restore();
  const wrong = path.join(folder, "wrong.json");
  writeFileSync(wrong, readFileSync(file, "utf8").replaceAll("displayName", "nothing"));
  const refused = `failed: the safelist ${wrong} is refused:\noperations[0] (Profile) 1:47 Cannot query field "nothing" on type "User".\n`;
  expect(await runCli(["start", "--safelist", wrong], env())).toEqual({ code: 1, stdout: "", stderr: refused });
  // Refused before anything is opened: nothing answers at this address of a database.
  const alone = { ...env(), DATABASE_URL: "postgres://nobody@127.0.0.1:1/nothing" };
  expect(await runCli(["serve", "gateway", "--safelist", wrong], alone)).toEqual({
    code: 1,
    stdout: "",
    stderr: refused,
  });
  expect(await runCli(["serve", "treaty", "--safelist", wrong], env())).toEqual({
    code: 2,
    stdout: "",
    stderr: "wrong call: --safelist is for the gateway: a subgraph answers nobody but it\n",
  });
});

test("the command that makes a list names the file and the place of what would not be answered, and prints nothing", async () => {
  const program = path.join(folder, "unfit");
  mkdirSync(program);
  writeFileSync(path.join(program, "a.graphql"), "query A { ruleBook { version } }");
  writeFileSync(path.join(program, "b.graphql"), "query B {\n  nothing\n}");
  const { code, stdout, stderr } = await runCli(["safelist", program], env());
  expect({ code, stdout, stderr }).toEqual({
    code: 1,
    stdout: "",
    stderr: `${path.join(program, "b.graphql")}: 2:3 Cannot query field "nothing" on type "Query".\nno safelist was printed; findings: 1\n`,
  });
  const none = await runCli(["safelist", path.join(folder, "nowhere")], env());
  expect([none.code, none.stderr]).toEqual([
    2,
    expect.stringContaining("expected files of documents, or folders of them"),
  ]);
});
