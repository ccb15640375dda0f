import cluster from "node:cluster";
import { fileURLToPath } from "node:url";
import type { PrimaryAnswers, WorkerAnswers } from "./answers.js";
import type { End, WorkerProcess } from "./lead-workers.js";
import { openLine } from "./line.js";

const program = fileURLToPath(new URL("../cli.js", import.meta.url));

/** Starts the command of this process once more, as a worker that shares its port. `environment`: what is another one for it. */
export function forkWorker(answers: PrimaryAnswers, environment: Readonly<Record<string, string>>): WorkerProcess {
  cluster.setupPrimary({ exec: program, args: process.argv.slice(2) });
  const worker = cluster.fork(environment);
  // A worker that has gone meanwhile is heard of by its end.
  const line = openLine<WorkerAnswers>((message) => worker.send(message, () => undefined), answers);
  worker.on("message", line.take);
  const ended = new Promise<End>((resolve) => {
    worker.once("exit", (code: number | null, signal: string | null) => resolve({ code, signal }));
    worker.once("error", () => resolve({ code: null, signal: null }));
  });
  return { id: worker.id, pid: worker.process.pid, line, ended, kill: () => void worker.process.kill("SIGKILL") };
}
