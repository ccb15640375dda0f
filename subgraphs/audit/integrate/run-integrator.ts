import { ChainFault } from "../../../schema/ledger/follow-chain.js";
import type { EntityManager } from "../../kit/subgraph.js";
import { runRounds } from "../run-rounds.js";
import { TreeFault } from "../tree/tree-fault.js";
import { Overtaken, setFault } from "./head.js";
import { type Integration, integrate } from "./integrate.js";
import { project } from "./project.js";
import { OpeningFault } from "./record-of-leaf.js";

/** Milliseconds between two looks when there is nothing to do, and after a failure. */
const pause = 200;
const pauseAfterFault = 5000;

/**
 * Numbers and projects what the writers append, until stopped. Any number of processes may run it: the head's compare-and-swap decides. At a broken chain or tree
 * it stands still, says so in the head and in a warning of the process, and looks again every five seconds; a database out of reach is tried again.
 */
export function runIntegrator(
  em: () => EntityManager,
  { sealer, clock }: Omit<Integration, "em">,
): () => Promise<void> {
  let told: string | null = null;

  async function step(): Promise<number> {
    const numbered = await integrate({ em: em(), sealer, clock });
    const projected = await project(em());
    if (told !== null) await setFault(em(), null);
    told = null;
    return numbered + projected > 0 ? 0 : pause;
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
