import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { openDevelopmentIssuer } from "../../gateway/authenticate/development-issuer.js";
import { openClock } from "../../gateway/main/clock.js";
import { capture, captureHome, countAnswer, temporaryFolder } from "../leaks/captures.js";
import { type Disclosed, scanAnswer } from "../leaks/scan-answer.js";
import { cli, launch } from "./launch.js";
import { root } from "./root.js";

/** The moment at which the stories of the README stand. */
export const storyMoment = "2026-11-23T10:00:00Z";

export interface Claims {
  readonly role: string;
  readonly country?: string;
  readonly authority?: string;
  readonly platform?: string;
  readonly sub?: string;
  readonly ttl?: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: journeys read answers of many shapes and assert every value
  readonly body: { data?: any; errors?: readonly AnswerError[]; extensions?: any };
  /** The identity values that it gave, where they may stand. */
  readonly disclosed: readonly Disclosed[];
}

export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly extensions: { readonly code: string; readonly decision?: any };
}

/** A running Rogatory of its own, started as a user starts it, spoken to over HTTP. */
export interface Rogatory {
  readonly pid: number;
  readonly url: string;
  readonly home: string;
  /** Everything the process printed so far. */
  output(): string;
  /** A development token. */
  token(claims: Claims): Promise<string>;
  ask(token: string, query: string, variables?: Record<string, unknown>): Promise<Answer>;
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

export interface StartOptions {
  /** ROGATORY_NOW. */
  readonly now?: string;
  /** DATABASE_URL; absent: the embedded database. */
  readonly databaseUrl?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Options of the command, beside the settings. */
  readonly args?: readonly string[];
  /** A home to start in again; it is then left in place. */
  readonly home?: string;
  /** A program that takes the place of the CLI. */
  readonly program?: string;
}

/** Starts `rogatory start` on a free port in a home of its own and waits until it listens. Throws with its output when it does not. */
export async function startRogatory(options: StartOptions = {}): Promise<Rogatory> {
  const home = options.home ?? mkdtempSync(path.join(tmpdir(), "rogatory-test-"));
  const env = environment(home, options);
  const running = await launch(["start", ...(options.args ?? [])], env, options.program);
  const url = running.address.replace(/\/graphql$/, "");
  const tokens = new Map<string, Promise<string>>();
  return {
    pid: running.pid,
    url,
    home,
    output: running.output,
    token: (claims) => {
      const key = JSON.stringify(claims);
      const made = tokens.get(key) ?? makeToken(claims, env);
      tokens.set(key, made);
      return made;
    },
    ask: (token, query, variables) => post(`${url}/graphql`, token, { query, variables }),
    stop: async () => {
      const code = await running.stop();
      captureHome(home);
      if (options.home === undefined) rmSync(home, { recursive: true, force: true });
      return code;
    },
    kill: running.kill,
  };
}

/** A development token as the token command makes it under the settings of the process it is for, without a process for each. */
export async function makeToken(claims: Claims, env: NodeJS.ProcessEnv): Promise<string> {
  const { ROGATORY_HOME: home = "", ROGATORY_NOW: now } = env;
  const issuer = await openDevelopmentIssuer(home, openClock(now === undefined ? null : new Date(now)));
  return issuer.token(claims);
}

/** Runs a command of the CLI to its end. */
export function runCli(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, ...args], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.once("close", (code) => {
      capture(`${args[0]}-output`, stdout + stderr);
      resolve({ code, stdout, stderr });
    });
  });
}

/** The environment of a process that knows nothing of the machine's own settings; under TEST_LONG_WAY it keeps no operations. */
export function environment(home: string, options: StartOptions): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    PORT: "0",
    ROGATORY_HOME: home,
    TMPDIR: temporaryFolder(),
    ...(process.env.TEST_LONG_WAY === undefined ? {} : { ROGATORY_KNOWN_OPERATIONS: "0" }),
    ...(options.now === undefined ? {} : { ROGATORY_NOW: options.now }),
    ...(options.databaseUrl === undefined ? {} : { DATABASE_URL: options.databaseUrl }),
    ...options.env,
  };
}

/** Posts one GraphQL request and reads the answer, whatever its status. Throws Leak. */
export async function post(url: string, token: string | null, body: unknown): Promise<Answer> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  return readAnswer(response, body);
}

/** Reads an answer of the gateway, and searches it for identity data where none may stand. `request` is what was asked, as far as it is GraphQL. Throws Leak. */
export async function readAnswer(response: Response, request: unknown): Promise<Answer> {
  const { status, headers } = response;
  const text = await response.text();
  const disclosed = scanAnswer({ request, headers, text });
  countAnswer(disclosed.length);
  return { status, headers, body: JSON.parse(text) as Answer["body"], disclosed };
}
