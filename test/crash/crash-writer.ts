import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { root } from "../kit/root.js";

const program = path.join(root, "dist", "test", "crash", "writer.js");

/** Runs the writer until it gave so many lines, kills it, and resolves with the leaf hashes (hex) that reached us. Throws where it ended by itself. */
export async function crashWriter(target: string, mode: "sound" | "broken", lines: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [program, target, mode], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const received: string[] = [];
  let count = 0;
  // What is in the pipe when it dies reached us too; a line that was cut short did not.
  for await (const line of createInterface({ input: child.stdout })) {
    if (/^[0-9a-f]{64}( [0-9a-f]{64})*$/.test(line)) received.push(...line.split(" "));
    count += 1;
    if (count === lines) child.kill("SIGKILL");
  }
  const code = await exited;
  if (code !== null) throw new Error(`the writer ended by itself, with ${code}, after ${count} lines`);
  return received;
}
