import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { FolderLocked } from "../../gateway/main/lock-folder.js";
import type { PreparedDatabase } from "../../gateway/main/open-embedded-database.js";
import { openEmbeddedDatabase, preparedDatabase } from "../../gateway/main/open-embedded-database.js";

let folder: string;
let prepared: PreparedDatabase;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rogatory-embedded-"));
  prepared = { folder: preparedDatabase.folder, stampFile: join(folder, "embedded.stamp") };
  writeFileSync(prepared.stampFile, "first build");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a home is a copy of what the build prepared, made once, over what a start left that never came to its end; it is kept, and brought up to date by a later build", async () => {
  const home = join(folder, "home");
  mkdirSync(join(home, "database"), { recursive: true });
  writeFileSync(join(home, "database", "PG_VERSION"), "half a file");

  const first = await openEmbeddedDatabase(home, prepared);
  expect({ upToDate: first.upToDate, demoLoaded: first.demoLoaded }).toEqual({ upToDate: true, demoLoaded: false });
  await expect(openEmbeddedDatabase(home, prepared)).rejects.toBeInstanceOf(FolderLocked);
  await first.pglite.exec("create table kept (word text); insert into kept values ('by a user')");
  first.settle({ demo: true });
  await first.close();
  expect(existsSync(join(home, "lock"))).toBe(false);

  writeFileSync(prepared.stampFile, "second build");
  const second = await openEmbeddedDatabase(home, prepared);
  expect({ upToDate: second.upToDate, demoLoaded: second.demoLoaded }).toEqual({ upToDate: false, demoLoaded: true });
  expect((await second.pglite.query("select word from kept")).rows).toEqual([{ word: "by a user" }]);
  expect((await second.pglite.query("select count(*)::int as books from treaty.rule_books")).rows).toEqual([
    { books: 1 },
  ]);
  await second.close();
}, 60_000);
