import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { FolderLocked } from "../../gateway/main/lock-folder.js";
import type { Archive } from "../../gateway/main/open-embedded-database.js";
import { openEmbeddedDatabase } from "../../gateway/main/open-embedded-database.js";

let folder: string;
let archive: Archive;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rogatory-embedded-"));
  archive = { file: join(folder, "embedded.tar.gz"), stampFile: join(folder, "embedded.stamp") };
  const prepared = await PGlite.create({ dataDir: "memory://" });
  await prepared.exec("create table prepared (word text); insert into prepared values ('by the build')");
  writeFileSync(archive.file, Buffer.from(await (await prepared.dumpDataDir("gzip")).arrayBuffer()));
  writeFileSync(archive.stampFile, "first build");
  await prepared.close();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a home is unpacked once, over what an unpacking left that never ended; it is kept, and brought up to date by a later build", async () => {
  const home = join(folder, "home");
  mkdirSync(join(home, "database"), { recursive: true });
  writeFileSync(join(home, "database", "PG_VERSION"), "half a file");

  const first = await openEmbeddedDatabase(home, archive);
  expect({ upToDate: first.upToDate, demoLoaded: first.demoLoaded }).toEqual({ upToDate: true, demoLoaded: false });
  await expect(openEmbeddedDatabase(home, archive)).rejects.toBeInstanceOf(FolderLocked);
  await first.pglite.exec("insert into prepared values ('by a user')");
  first.settle({ demo: true });
  await first.close();
  expect(existsSync(join(home, "lock"))).toBe(false);

  writeFileSync(archive.stampFile, "second build");
  const second = await openEmbeddedDatabase(home, archive);
  expect({ upToDate: second.upToDate, demoLoaded: second.demoLoaded }).toEqual({ upToDate: false, demoLoaded: true });
  expect((await second.pglite.query("select word from prepared order by word")).rows).toEqual([
    { word: "by a user" },
    { word: "by the build" },
  ]);
  await second.close();
}, 60_000);
