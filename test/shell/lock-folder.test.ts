import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { FolderLocked, lockFolder } from "../../gateway/main/lock-folder.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rogatory-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modulePath = new URL("../../gateway/main/lock-folder.js", import.meta.url).href;
const holding = `const { lockFolder } = await import(${JSON.stringify(modulePath)}); lockFolder(process.argv[1]); console.log("held"); setInterval(() => {}, 1000);`;

async function holdElsewhere() {
  const child = spawn(process.execPath, ["--input-type=module", "-e", holding, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

test("a second one is told who holds the folder and what to do", () => {
  lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(FolderLocked);
  expect(() => lockFolder(folder)).toThrow(
    `in use by process ${process.pid}: stop that one first, or set ROGATORY_HOME to another folder`,
  );
});

test("a released folder is free, and nothing is left in it", () => {
  lockFolder(folder).release();
  expect(readdirSync(folder)).toEqual([]);
  expect(() => lockFolder(folder)).not.toThrow();
});

test("another process holds it until it is killed; then the lock is taken over", async () => {
  const child = await holdElsewhere();
  expect(() => lockFolder(folder)).toThrow(`in use by process ${child.pid}`);
  child.kill("SIGKILL");
  await once(child, "exit");
  const mine = lockFolder(folder);
  expect(readFileSync(join(folder, "lock"), "utf8")).toContain(`"pid":${process.pid}`);
  mine.release();
});

test("a later process of the same id is not the holder", () => {
  writeFileSync(join(folder, "lock"), JSON.stringify({ pid: process.pid, began: "long ago" }));
  expect(() => lockFolder(folder)).not.toThrow();
});

test("whoever was taken over does not release the new holder's lock", () => {
  const old = lockFolder(folder);
  writeFileSync(join(folder, "lock"), JSON.stringify({ pid: 1, began: "another" }));
  old.release();
  expect(existsSync(join(folder, "lock"))).toBe(true);
});
