import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { FolderLocked } from "../../gateway/main/lock-folder.js";
import type { Archive } from "../../gateway/main/open-embedded-database.js";
import { builtArchive, openEmbeddedDatabase } from "../../gateway/main/open-embedded-database.js";

let folder: string;
let archive: Archive;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rogatory-embedded-"));
  archive = { file: builtArchive.file, stampFile: join(folder, "embedded.stamp") };
  writeFileSync(archive.stampFile, "first build");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a home is unpacked once, over what an unpacking left that never ended; it is kept, and brought up to date by a later build", async () => {
  const home = join(folder, "home");
  mkdirSync(join(home, "database"), { recursive: true });
  writeFileSync(join(home, "database", "PG_VERSION"), "half a file");

  const first = await openEmbeddedDatabase(home, archive);
  expect({ upToDate: first.upToDate, demoLoaded: first.demoLoaded }).toEqual({ upToDate: true, demoLoaded: false });
  await expect(openEmbeddedDatabase(home, archive)).rejects.toBeInstanceOf(FolderLocked);
  await first.pglite.exec("create table kept (word text); insert into kept values ('by a user')");
  first.settle({ demo: true });
  await first.close();
  expect(existsSync(join(home, "lock"))).toBe(false);

  writeFileSync(archive.stampFile, "second build");
  const second = await openEmbeddedDatabase(home, archive);
  expect({ upToDate: second.upToDate, demoLoaded: second.demoLoaded }).toEqual({ upToDate: false, demoLoaded: true });
  expect((await second.pglite.query("select word from kept")).rows).toEqual([{ word: "by a user" }]);
  expect((await second.pglite.query("select count(*)::int as books from treaty.rule_books")).rows).toEqual([
    { books: 1 },
  ]);
  await second.close();
}, 60_000);
