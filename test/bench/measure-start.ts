import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "../kit/root.js";
import { environment } from "../kit/start-rogatory.js";
import { cpuOf } from "./cpu-of.js";

/** Seconds until Rogatory listens, and what it took of a processor until then. */
export interface Start {
  readonly seconds: number;
  readonly cpu: number;
}

/** One after the other in a home of its own: `coldest` with nothing compiled before, `first` in a new home, `second` in the same. */
export async function measureStarts(): Promise<Readonly<Record<"coldest" | "first" | "second", Start>>> {
  const folder = mkdtempSync(path.join(tmpdir(), "rogatory-bench-"));
  const cache = path.join(folder, "compile-cache");
  try {
    const coldest = await npmStart(path.join(folder, "one"), cache);
    const home = path.join(folder, "two");
    return { coldest, first: await npmStart(home, cache), second: await npmStart(home, cache) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs `npm start` in a process group of its own, until it listens. Throws with its output when it does not. */
async function npmStart(home: string, cache: string): Promise<Start> {
  const env = { ...environment(home, {}), NODE_COMPILE_CACHE: cache };
  const npm = process.env.npm_execpath;
  const [command, args] = npm === undefined ? ["npm", ["start"]] : [process.execPath, [npm, "start"]];
  const begun = performance.now();
  const child = spawn(command, args, { cwd: root, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  let output = "";
  const seconds = await new Promise<number>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes("listens on")) resolve((performance.now() - begun) / 1000);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("close", () => reject(new Error(`npm start ended before it listened:\n${output}`)));
  });
  const cpu = cpuOf(holderOf(home));
  process.kill(-(child.pid as number), "SIGTERM");
  await ended;
  return { seconds, cpu };
}

/** The process that runs in this home; its lock says which. */
function holderOf(home: string): number {
  const lock = path.join(home, "lock");
  return existsSync(lock) ? (JSON.parse(readFileSync(lock, "utf8")) as { pid: number }).pid : Number.NaN;
}
