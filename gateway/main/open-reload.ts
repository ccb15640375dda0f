import type { Logger } from "pino";
import type { ComposedGraph } from "../../schema/identity/catalog.js";
import { unconfirmedChanges } from "../../schema/identity/confirmed-changes.js";
import { describeFinding, GraphRefused } from "./graph-refused.js";
import { type ReadGraph, readGraph } from "./read-graph.js";
import { MarksUnreadable, marksIn, readConfirmed } from "./read-marks.js";

export interface ReloadParts {
  /** The graph that is served now. */
  readonly read: ReadGraph;
  readonly folder: string;
  readonly names: readonly string[];
  /** Serves new operations on this graph from now on. Throws where it cannot be planned on. */
  readonly take: (graph: ComposedGraph) => Promise<void>;
  readonly log: Logger;
}

/**
 * Reads the folder of SDL again, on a signal, and serves what is there: where it passes like at a start, and no mark of the graph that is served is lost or
 * changed without a confirmation. Otherwise the old graph goes on serving, and the log says why. Never throws; one at a time, in the order of the signals.
 */
export function openReload({ read, folder, names, take, log }: ReloadParts): () => Promise<void> {
  let served = read;
  let last = Promise.resolve();
  const reload = async (): Promise<void> => {
    try {
      const next = await readGraph(folder, names);
      if (next.digest === served.digest) {
        log.info({ graph: served.digest }, "the graph is the one that is served already");
        return;
      }
      const opened = unconfirmedChanges(marksIn(served.sources), marksIn(next.sources), readConfirmed(folder));
      if (opened.length > 0) throw new GraphRefused(folder, opened.map(describeFinding));
      await take(next.graph);
      log.info({ graph: next.digest, before: served.digest }, "new operations are answered on a new graph");
      served = next;
    } catch (fault) {
      log.error(
        { graph: served.digest, faults: faultsOf(fault) },
        "the new graph is refused; the old one goes on serving",
      );
    }
  };
  return () => {
    last = last.then(reload);
    return last;
  };
}

function faultsOf(fault: unknown): readonly string[] {
  if (fault instanceof GraphRefused) return fault.faults;
  if (fault instanceof MarksUnreadable) return fault.findings.map(describeFinding);
  return [fault instanceof Error ? fault.message : String(fault)];
}
