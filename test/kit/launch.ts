import { spawn } from "node:child_process";
import path from "node:path";
import { capture } from "../leaks/captures.js";
import { root } from "./root.js";

/** The compiled program. */
export const cli = path.join(root, "dist", "gateway", "main", "cli.js");

/** A process of Rogatory that listens. */
export interface Launched {
  readonly pid: number;
  /** What it says it listens on. */
  readonly address: string;
  /** Everything it printed so far. */
  output(): string;
  /** Sends SIGTERM; resolves with the exit code, null after a signal. */
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

/** Runs the CLI, or another program, with these arguments and waits until it says where it listens. Throws with its output when it does not. */
export async function launch(args: readonly string[], env: NodeJS.ProcessEnv, program = cli): Promise<Launched> {
  const child = spawn(process.execPath, [program, ...args], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  // "close" comes when the last of its output has come.
  const exited = new Promise<number | null>((resolve) => child.once("close", resolve));
  void exited.then(() => capture(`${args.join("-")}-output`, output));
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return exited;
  };
  const address = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = /listens on (http:\/\/\S+)/.exec(output);
      if (found?.[1] !== undefined) resolve(found[1]);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", (code) =>
      reject(new Error(`rogatory ${args.join(" ")} ended with ${code} before it listened:\n${output}`)),
    );
  });
  return {
    pid: child.pid as number,
    address,
    output: () => output,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) await captureMetrics(address);
      return end("SIGTERM");
    },
    kill: async () => {
      await end("SIGKILL");
    },
  };
}

/** A process that does not answer any more has no metrics to tell; what it printed is captured all the same. */
async function captureMetrics(address: string): Promise<void> {
  const metrics = await fetch(new URL("/metrics", address), { signal: AbortSignal.timeout(2_000) }).then(
    (answer) => answer.text(),
    () => "",
  );
  capture("metrics", metrics);
}
