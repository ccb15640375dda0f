import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { copySdl, type SdlCopy } from "../kit/sdl-folder.js";
import { environment, runCli } from "../kit/start-rogatory.js";

/** `compose` as a process, against a folder in which a mark was committed that the code does not have: as if somebody had just taken it out. */
let sdl: SdlCopy;
let home: string;
beforeAll(() => {
  sdl = copySdl();
  home = mkdtempSync(path.join(tmpdir(), "rogatory-test-"));
  sdl.edit("platform.graphql", "  displayName: String!\n", "  displayName: String @identity(category: SUBSCRIBER)\n");
  sdl.compose();
});
afterAll(() => {
  sdl.remove();
  rmSync(home, { recursive: true, force: true });
});

const compose = (...args: string[]) =>
  runCli(["compose", ...args], environment(home, { env: { ROGATORY_SDL: sdl.folder } }));
const mark = "@identity(category: SUBSCRIBER)";
const change = { coordinate: "User.displayName", from: mark, to: "unmarked" };
const lost = `platform User.displayName (mark-change): User.displayName had ${mark} and is unmarked now. Write it back, or confirm the change in confirmed-changes.json, beside the SDL: ${JSON.stringify({ ...change, by: "…", why: "…", date: "YYYY-MM-DD" })}`;

test("a lost mark fails the check, and is not composed away either", async () => {
  const before = sdl.read("platform.graphql");
  const [checked, composed] = await Promise.all([compose("--check"), compose()]);
  expect(checked).toEqual({ code: 1, stdout: "", stderr: `${lost}\nnothing was checked further; findings: 1\n` });
  expect(composed).toEqual({ code: 1, stdout: "", stderr: `${lost}\nnothing was written; findings: 1\n` });
  expect(sdl.read("platform.graphql")).toBe(before);
});

test("confirmed by name it is composed, the check passes, and the confirmation stays as its record", async () => {
  const signed = { ...change, by: "Ada Example", why: "It is shown in public.", date: "2026-11-24" };
  sdl.write("confirmed-changes.json", JSON.stringify([signed], null, 2));
  const composed = await compose();
  expect(composed).toMatchObject({ code: 0, stderr: "" });
  expect(composed.stdout).toMatch(
    / changed: api\.graphql, platform\.graphql, platform_identity\.graphql, supergraph\.graphql\n$/,
  );
  expect(sdl.read("platform.graphql")).toContain("  displayName: String!\n");
  expect(await compose("--check")).toMatchObject({ code: 0, stderr: "" });
});

test("a confirmation that names no change fails the check", async () => {
  sdl.write(
    "confirmed-changes.json",
    JSON.stringify([
      { ...change, coordinate: "User.email", by: "Ada Example", why: "In case we need it.", date: "2026-11-24" },
    ]),
  );
  expect(await compose("--check")).toEqual({
    code: 1,
    stdout: "",
    stderr: `confirmed-changes.json User.email (confirmed-changes): It confirms that User.email goes from ${mark} to unmarked, but the field is ${mark}. Remove the confirmation: it names no change\nnothing was checked further; findings: 1\n`,
  });
});
