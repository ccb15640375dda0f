/**
 * Builds what is not committed: the compiled code, the composed graph, and the database that an embedded one begins as. Run by `npm ci` (its prepare step), by
 * `npm run build`, and by `npm start` where something is missing. What is fresh is left alone: freshness goes by content, so a copied folder stays built.
 * Plain Node runs this file as it stands.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "dist");
const compiler = join(root, "node_modules", "tsc7", "bin", "tsc");
const cli = join(dist, "gateway", "main", "cli.js");
const rooms = ["gateway", "schema", "subgraphs", "test"];

/** Compiles where the code changed; with `database`, prepares graph and database where what goes into them changed. Throws when that fails. */
export function build({ database }: { readonly database: boolean }): void {
  const code = digest(rooms, /\.ts$/, ["tsconfig.json"]);
  if (!isFresh("code.stamp", code, cli)) {
    if (!existsSync(compiler))
      throw new Error(
        "dist is missing or old, and the compiler is not installed: run `npm ci` with development dependencies",
      );
    say("compiling the code into dist");
    run(compiler, ["-p", join(root, "tsconfig.json")]);
    removeOrphans(rooms.map((room) => join(dist, room)));
    stamp("code.stamp", code);
  }
  if (!database) return;
  const data = digest(["subgraphs", "schema"], /\.(ts|json|graphql)$/, [
    "package-lock.json",
    "gateway/main/prepare-start.ts",
    "gateway/main/read-graph.ts",
  ]);
  if (!isFresh("embedded.stamp", data, join(dist, "embedded", "PG_VERSION"))) {
    say("preparing the graph and the embedded database (some seconds)");
    run(cli, ["prepare", data]);
  }
}

/** SHA-256 over the paths and contents of the files below these folders whose names match, and of some more. */
function digest(folders: readonly string[], names: RegExp, more: readonly string[]): string {
  const hash = createHash("sha256");
  const files = folders.flatMap((folder) => filesBelow(join(root, folder))).filter((file) => names.test(file));
  for (const file of [...files.sort(), ...more.map((name) => join(root, name))]) {
    hash.update(relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function isFresh(name: string, content: string, product: string): boolean {
  const file = join(dist, name);
  return existsSync(product) && existsSync(file) && readFileSync(file, "utf8") === content;
}

/** Puts a stamp in place whole: another build may read it at any moment. */
function stamp(name: string, content: string): void {
  const draft = join(dist, `${name}.${process.pid}.new`);
  mkdirSync(dist, { recursive: true });
  writeFileSync(draft, content);
  renameSync(draft, join(dist, name));
}

/** Takes away what was compiled from sources that are gone. */
function removeOrphans(folders: readonly string[]): void {
  for (const file of folders.filter(existsSync).flatMap(filesBelow)) {
    const source = join(root, relative(dist, file)).replace(/\.js(\.map)?$/, ".ts");
    if (/\.js(\.map)?$/.test(file) && !existsSync(source)) rmSync(file);
  }
}

function run(script: string, args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error(`${relative(root, script)} failed`);
}

function say(what: string): void {
  process.stderr.write(`rogatory: ${what}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    build({ database: true });
  } catch (error) {
    say((error as Error).message);
    process.exitCode = 1;
  }
}
