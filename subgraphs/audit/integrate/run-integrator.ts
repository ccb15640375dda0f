import { setTimeout as sleep } from "node:timers/promises";
import { ChainFault } from "../../../schema/ledger/follow-chain.js";
import { OpeningFault } from "../../../schema/ledger/openings.js";
import type { EntityManager } from "../../kit/subgraph.js";
import { runRounds } from "../run-rounds.js";
import { TreeFault } from "../tree/tree-fault.js";
import { Overtaken, setFault } from "./head.js";
import { type Integration, integrate } from "./integrate.js";
import { project } from "./project.js";

/** Milliseconds between two looks when there is nothing to do, and after a failure. */
const pause = 200;
const pauseAfterFault = 5000;

/** Leaves numbered in one step from which on more is believed to wait. */
const many = 1024;
/** Milliseconds that the projection gives way for at most, between two of its steps, and between two looks meanwhile. */
const mostGiven = 1000;
const given = 20;

/**
 * Numbers what the writers append, and projects it, until stopped: two jobs, each with its own place in the log, so that search never delays a checkpoint. They share a
 * processor: while numbering is behind, the projection gives way, but for a step a second. Any number of processes may run them: the head's compare-and-swap decides. At a broken chain or tree a job stands still, says so in the head and in a warning of the process, and
 * looks again every five seconds; a database out of reach is tried again.
 */
export function runIntegrator(
  em: () => EntityManager,
  { sealer, clock }: Omit<Integration, "em">,
): () => Promise<void> {
  let behind = false;
  const numbering = async (): Promise<number> => {
    let leaves = 0;
    try {
      leaves = await integrate({ em: em(), sealer, clock });
      return leaves;
    } finally {
      behind = leaves >= many;
    }
  };
  const projecting = async (): Promise<number> => {
    for (let waited = 0; behind && waited < mostGiven; waited += given) await sleep(given);
    return project(em());
  };
  const jobs = [numbering, projecting].map((work) => runJob(em, work));
  return async () => {
    await Promise.all(jobs.map((stop) => stop()));
  };
}

/** One job: `work` takes a step and says how many leaves it took. */
function runJob(em: () => EntityManager, work: () => Promise<number>): () => Promise<void> {
  let told: string | null = null;

  async function step(): Promise<number> {
    const leaves = await work();
    if (told !== null) await setFault(em(), null);
    told = null;
    return leaves > 0 ? 0 : pause;
  }

  async function afterFailure(error: unknown): Promise<number> {
    if (error instanceof Overtaken) return 0;
    const broken = [ChainFault, OpeningFault, TreeFault].some((kind) => error instanceof kind);
    const message = broken
      ? `the access log does not hold: ${(error as Error).message}`
      : `the access log is not integrated: ${nameOf(error)}`;
    if (message !== told)
      process.emitWarning(message, { type: "AccessLogWarning", code: broken ? "LOG_BROKEN" : "LOG_BEHIND" });
    told = message;
    if (broken) await setFault(em(), message);
    return pauseAfterFault;
  }

  return runRounds(() =>
    step()
      .catch(afterFailure)
      .catch(() => pauseAfterFault),
  );
}

/** A database's own message may carry values. */
function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}${"code" in error ? ` ${String(error.code)}` : ""}` : typeof error;
}
