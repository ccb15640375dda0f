import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { composeServices } from "@theguild/federation-composition";
import { parse } from "graphql";
import { root } from "../../kit/root.js";
import { shopSources } from "../shop/shop-sdl.js";

/** A process that answers GraphQL over HTTP and is measured. */
export interface StartedGateway {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
  /** True where it knows warrants and decides. */
  readonly guards: boolean;
  stop(): void;
}

export interface StartedShop {
  readonly url: string;
  /** Subgraph requests served so far. */
  served(): Promise<number>;
  /** What subgraphs are asked while `work` runs: lists of what goes out together, one after the other. */
  record(work: () => Promise<unknown>): Promise<readonly (readonly { path: string; body: string }[])[]>;
}

const children: ChildProcess[] = [];
const compiled = path.join(root, "dist", "test", "bench");
const peerSources = path.join(root, "test", "bench", "peers");
/** Where they are installed: out of the way of every tool that reads this repository. */
const peers = path.join(root, "dist", "peers");
/** The gateway that is measured has a core of its own; subgraphs and clients share the other. */
const cores = { gateway: "0", others: "1" } as const;
const taskset = spawnSync("taskset", ["-c", cores.others, "true"]).status === 0;

/** Puts this process, which plays the clients, beside the subgraphs. */
export function makeRoom(): void {
  if (taskset) spawnSync("taskset", ["-a", "-p", "-c", cores.others, String(process.pid)]);
}

async function start<Told>(
  core: keyof typeof cores,
  script: string,
  args: readonly string[],
  flags: readonly string[] = [],
): Promise<{ readonly child: ChildProcess; readonly told: Told }> {
  const node = [process.execPath, "--disable-warning=ExperimentalWarning", ...flags, script, ...args];
  const [command, ...rest] = taskset ? ["taskset", "-c", cores[core], ...node] : node;
  const env = { ...process.env, NODE_ENV: "production", APOLLO_TELEMETRY_DISABLED: "1" };
  const cwd = path.dirname(script);
  const child = spawn(command as string, rest, { env, cwd, stdio: ["ignore", "ignore", "pipe", "ipc"] });
  children.push(child);
  let said = "";
  // Read and dropped, but for its end: what a process logs goes somewhere in production too.
  child.stderr?.on("data", (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-4_000);
  });
  const told = await new Promise<Told>((resolve, reject) => {
    child.once("message", (message) => resolve(message as Told));
    child.once("exit", () => reject(new Error(`${script} ended:\n${said}`)));
  });
  return { child, told };
}

export async function startShop(): Promise<StartedShop> {
  const { told } = await start<{ port: number }>("others", path.join(compiled, "shop", "serve-shop.js"), []);
  const url = `http://127.0.0.1:${told.port}`;
  const record = async () => (await (await fetch(`${url}/record`)).json()) as { path: string; body: string }[][];
  return {
    url,
    served: async () => Number(await (await fetch(`${url}/served`)).text()),
    async record(work) {
      await record();
      await work();
      return record();
    },
  };
}

/** Ours. It believes tokens that are made in `home`. `flags` are Node's, for a profile; `types`: so many more types stand in its schema. */
export async function startOurs(
  shop: StartedShop,
  home: string,
  databaseUrl: string | null,
  { flags = [], types = 0 }: { readonly flags?: readonly string[]; readonly types?: number } = {},
): Promise<StartedGateway> {
  const script = path.join(compiled, "gateways", "serve-ours.js");
  const args = [shop.url, home, databaseUrl ?? "", String(types)];
  const { child, told } = await start<{ url: string }>("gateway", script, args, flags);
  return { name: "Rogatory", url: told.url, guards: true, ...processOf(child) };
}

function processOf(child: ChildProcess): { readonly pid: number; stop(): void } {
  return { pid: child.pid as number, stop: () => child.kill("SIGKILL") };
}

/** The server that only forwards; `tell` gives it what it sends and answers for each query. */
export async function startForward(
  shop: StartedShop,
): Promise<StartedGateway & { readonly tell: (scripts: readonly (readonly [string, object])[]) => Promise<void> }> {
  const script = path.join(compiled, "gateways", "serve-forward.js");
  const { child, told } = await start<{ url: string }>("gateway", script, [shop.url]);
  return {
    name: "plain forwarding",
    url: told.url,
    guards: false,
    ...processOf(child),
    async tell(scripts) {
      const ready = new Promise((resolve) => child.once("message", resolve));
      child.send(scripts);
      await ready;
    },
  };
}

/** Apollo Gateway, Hive Gateway, and Hive Gateway with the Rust planner, over the same subgraphs without marks. */
export async function startPeers(shop: StartedShop): Promise<readonly StartedGateway[]> {
  const services = shopSources({ guarded: false }).map(({ name, sdl }) => ({
    name,
    url: `${shop.url}/${name}/graphql`,
    typeDefs: parse(sdl),
  }));
  const composed = composeServices(services);
  if (composed.errors) throw new Error(composed.errors.map(({ message }) => message).join("\n"));
  const file = path.join(mkdtempSync(path.join(tmpdir(), "rogatory-bench-")), "supergraph.graphql");
  writeFileSync(file, composed.supergraphSdl);
  const started: StartedGateway[] = [];
  for (const [name, script, ...args] of [
    ["Apollo Gateway", "serve-apollo.mjs", file],
    ["Hive Gateway", "serve-hive.mjs", file, "node"],
    ["Hive Gateway, Rust planner", "serve-hive.mjs", file, "rust"],
  ] as const) {
    const { child, told } = await start<{ url: string }>("gateway", path.join(peers, script), args);
    started.push({ name, url: told.url, guards: false, ...processOf(child) });
  }
  return started;
}

/** The peers are no dependency of the product: on first use npm installs them, with exact versions, for this alone. Throws where that fails. */
export function installPeers(): void {
  const lock = (folder: string): string | null => {
    const file = path.join(folder, "package-lock.json");
    return existsSync(file) ? readFileSync(file, "utf8") : null;
  };
  const installed = existsSync(path.join(peers, "node_modules")) && lock(peers) === lock(peerSources);
  mkdirSync(peers, { recursive: true });
  for (const file of readdirSync(peerSources)) copyFileSync(path.join(peerSources, file), path.join(peers, file));
  if (installed) return;
  process.stderr.write(`rogatory: installing the gateways to compare with in ${path.relative(root, peers)}\n`);
  const npm = process.env.npm_execpath;
  const [command, args]: [string, string[]] = npm === undefined ? ["npm", []] : [process.execPath, [npm]];
  const options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  const { status } = spawnSync(command, [...args, ...options], { cwd: peers, stdio: ["ignore", 2, 2] });
  if (status === 0) return;
  rmSync(path.join(peers, "node_modules"), { recursive: true, force: true });
  throw new Error(`npm could not install them: run \`npm ci --ignore-scripts\` in ${peers}, and ask again`);
}

export function stopAll(): void {
  for (const child of children) child.kill("SIGKILL");
}
