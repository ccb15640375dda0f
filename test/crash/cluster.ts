import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";

/** A PostgreSQL server of its own, to be killed; with fsync on, as it comes. */
export interface Cluster {
  readonly url: string;
  start(): Promise<void>;
  /** kill -9 of the whole server. */
  kill(): Promise<void>;
  remove(): Promise<void>;
}

/** Makes one in a temporary folder; `initdb` and `postgres` must be on the path. PostgreSQL refuses to run as root: then the user `postgres` runs it. */
export async function makeCluster(): Promise<Cluster> {
  const folder = mkdtempSync(path.join(tmpdir(), "rogatory-cluster-"));
  const owner = process.getuid?.() === 0 ? userId("postgres") : undefined;
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
  const data = path.join(folder, "data");
  execFileSync("initdb", ["-D", data, "-U", "postgres", "-A", "trust"], { ...owner, cwd: folder, stdio: "ignore" });
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  let server: ChildProcess | undefined;

  async function kill(): Promise<void> {
    if (server === undefined) return;
    const ended = new Promise((resolve) => server?.once("exit", resolve));
    // The whole process group: a postmaster that dies alone leaves backends that finish what they began.
    process.kill(-(server.pid as number), "SIGKILL");
    await ended;
    server = undefined;
  }
  return {
    url,
    async start() {
      const args = ["-D", data, "-p", String(port), "-k", folder, "-c", "listen_addresses=127.0.0.1"];
      server = spawn("postgres", args, { ...owner, cwd: folder, stdio: "ignore", detached: true });
      await answers(url);
    },
    kill,
    async remove() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function userId(name: string): { uid: number; gid: number } {
  const id = (flag: string): number => Number(execFileSync("id", [flag, name], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

async function answers(url: string): Promise<void> {
  for (const deadline = performance.now() + 60_000; ; ) {
    const client = new pg.Client({ connectionString: url });
    const up = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (up) return;
    if (performance.now() > deadline) throw new Error("the PostgreSQL server does not answer");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
