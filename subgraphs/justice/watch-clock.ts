import type { RunningSubgraph } from "../kit/subgraph.js";
import { settleDue } from "./settle-due.js";

/** Milliseconds between two looks. */
const everyMs = 15_000;

/** Looks for what became due until it is stopped. A look that fails is made again at the next; nothing that anybody reads depends on it. */
export function watchClock({ em, clock }: Pick<RunningSubgraph, "em" | "clock">): () => Promise<void> {
  let looking: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(() => settleDue(em(), clock())).catch(() => undefined);
  }, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await looking;
  };
}
