import type { WitnessPolicy } from "../../../schema/ledger/witness-policy.js";
import type { EntityManager } from "../../kit/subgraph.js";
import { runRounds } from "../run-rounds.js";
import { type Signed, witnessStep } from "./witness-step.js";

/** Milliseconds between two rounds. */
const pause = 1000;

/**
 * Has the latest checkpoint signed by the witnesses of a policy, until stopped; a job of its own, so that a slow witness delays nothing. What a witness
 * refuses is said once, in a warning of the process: only people can tell whether the log or the witness is wrong.
 */
export function runWitnessing(em: () => EntityManager, policy: WitnessPolicy): () => Promise<void> {
  const signed: Signed = new Map();
  const told = new Set<string>();

  return runRounds(async () => {
    const words = await witnessStep(em, policy, signed).catch((error: Error) => [
      `witnesses are not asked: ${error.name}`,
    ]);
    for (const word of words.filter((one) => !told.has(one)))
      process.emitWarning(word, { type: "AccessLogWarning", code: "LOG_NOT_WITNESSED" });
    told.clear();
    for (const word of words) told.add(word);
    return pause;
  });
}
