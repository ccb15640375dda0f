import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { environment, type Rogatory, runCli, startRogatory, storyMoment } from "../kit/start-rogatory.js";

describe("an auditor takes the log home", () => {
  let rogatory: Rogatory;
  let env: NodeJS.ProcessEnv;
  let folder: string;
  let key: string;
  let size = 0;
  const cli = (...args: string[]) => runCli(args, env);

  beforeAll(async () => {
    rogatory = await startRogatory({ now: storyMoment });
    env = environment(rogatory.home, { now: storyMoment });
    folder = path.join(rogatory.home, "export");
    const judge = await rogatory.token({ role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" });
    const { body: kept } = await rogatory.ask(
      judge,
      'query @warrant(id: "warrant-fr-quiet-heron") { user(id: "u01") { legalName } }',
    );
    writeFileSync(path.join(rogatory.home, "answer.json"), JSON.stringify(kept));
    const jwks = await fetch(`${rogatory.url}/.well-known/rogatory/jwks.json`);
    writeFileSync(path.join(rogatory.home, "jwks.json"), await jwks.text());
    const auditor = await rogatory.token({ role: "AUDITOR" });
    for (let attempt = 0; size < 2 && attempt < 50; attempt++) {
      const { body } = await rogatory.ask(auditor, "{ checkpoint { size verifierKey } }");
      size = body.data?.checkpoint?.size ?? 0;
      key = body.data?.checkpoint?.verifierKey;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    // A gateway asks for the log's key once a second: until it has heard it, it answers 503.
    let published = await fetch(`${rogatory.url}/.well-known/rogatory/log-key`);
    for (let attempt = 0; published.status === 503 && attempt < 50; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      published = await fetch(`${rogatory.url}/.well-known/rogatory/log-key`);
    }
    expect(await published.json()).toMatchObject({ log: key });
    await rogatory.kill();
  });
  afterAll(() => rmSync(rogatory.home, { recursive: true }));

  test("exports it, and checks it offline under the key that the gateway shows; a pipe gets results alone", async () => {
    const exported = await cli("export", folder);
    expect(exported).toEqual({
      code: 0,
      stdout: expect.stringMatching(/ holds \d+ leaves, \d+ of them new\n$/),
      stderr: "",
    });
    const verified = await cli("verify", folder, "--key", key);
    expect(verified).toMatchObject({ code: 0, stderr: "" });
    expect(verified.stdout).toMatch(
      /^\d+ leaves in \d+ batches are what was signed as rogatory\.invalid\/log-[0-9a-f]{8}\nroot [0-9a-f]{64}\nkey \S+\n$/,
    );
    expect((await cli("export", folder)).stdout).toMatch(/is up to date: \d+ leaves\n$/);
  });

  test("the court's answer holds under the gateway's keys, its record stands in the log, and both are written down", async () => {
    const file = (name: string) => path.join(rogatory.home, name);
    const options = ["--jwks", file("jwks.json"), "--export", folder, "--html", file("record.html")];
    const { code, stdout, stderr } = await cli("verify-answer", file("answer.json"), ...options);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(
      /, warrant warrant-fr-quiet-heron: what left the gateway\nrecord [0-9a-f]{64}: index \d+ of rogatory\.invalid/,
    );
    const html = readFileSync(file("record.html"), "utf8");
    for (const told of ["User.legalName", "R-EE-IDENT", "warrant-fr-quiet-heron"]) expect(html).toContain(told);
    expect(html).not.toContain("Specimen");
    writeFileSync(file("forged.json"), readFileSync(file("answer.json"), "utf8").replace("Person 01", "Person 02"));
    expect(await cli("verify-answer", file("forged.json"))).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringContaining("its seal does not hold: data or disclosure are not what left the gateway"),
    });
  });

  test("nothing in it names anybody, and only its owner may read it", () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const { parentPath, name } of files) {
      const file = path.join(parentPath, name);
      expect(readFileSync(file, "utf8")).not.toMatch(/Specimen|\bu01\b|quiet|warrant-fr/);
      expect(statSync(file).mode & 0o077).toBe(0);
    }
  });

  test("a byte changed: exit 1, and the index", async () => {
    const entries = path.join(folder, "tile", "entries");
    const file = path.join(
      entries,
      readdirSync(entries, { recursive: true })
        .map(String)
        .find((name) => /^000\.p.\d+$/.test(name)) as string,
    );
    const bytes = readFileSync(file);
    bytes[bytes.length - 10] = (bytes.at(-10) as number) ^ 1;
    writeFileSync(file, bytes);
    const verified = await cli("verify", folder);
    expect(verified).toMatchObject({ code: 1, stdout: "" });
    expect(verified.stderr).toMatch(/^index \d+: the leaf is not the one of its hash/);
  });

  test.each([
    [["verify", "nowhere"], "nowhere holds no file `checkpoint`: expected a folder that `rogatory export` wrote"],
    [["verify", "nowhere", "--key", "mine"], "--key: no public key of notes: expected name+key id+base64"],
    [["verify", "nowhere", "--quorum", "2"], "--quorum is 2: expected a number from 0 to 0"],
    [["verify", "nowhere", "--earlier", "gone"], "--earlier: gone cannot be read (ENOENT)"],
    [["export", "here", "--format", "pdf"], "--format is pdf: expected one of tiles, jsonl, csv"],
    [["note-key", "two words", "here"], "the name of a key has neither spaces nor +"],
  ])("a wrong call says what is wrong and ends with 2: %j", async (args, words) => {
    const { code, stderr } = await cli(...args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(words) });
  });

  test("a key is made once, for its owner alone, and its public parts are printed", async () => {
    const file = path.join(rogatory.home, "new-key");
    const made = await cli("note-key", "log.example/fr", file);
    expect(made.stdout).toMatch(
      /^as a log: log\.example\/fr\+[0-9a-f]{8}\+A\S+\nas a witness: log\.example\/fr\+[0-9a-f]{8}\+B\S+\n$/,
    );
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await cli("note-key", "log.example/fr", file)).toMatchObject({ code: 2, stdout: "" });
  });
});
