import type { Logger } from "pino";
import type { ComposedGraph } from "../../schema/identity/catalog.js";
import { unconfirmedChanges } from "../../schema/identity/confirmed-changes.js";
import { readSafelist, type Safelist } from "./documents/read-safelist.js";
import { SafelistRefused } from "./documents/safelist-refused.js";
import { describeFinding, GraphRefused } from "./graph-refused.js";
import { type ReadGraph, readGraph } from "./read-graph.js";
import { MarksUnreadable, marksIn, readConfirmed } from "./read-marks.js";

export interface ReloadParts {
  /** The graph that is served now. */
  readonly read: ReadGraph;
  /** The safelist that is served now, and where it is read from; null where there is none. */
  readonly safelist: Safelist | null;
  readonly safelistFile: string | null;
  readonly folder: string;
  readonly names: readonly string[];
  /** Serves new operations on this graph, and by this safelist, from now on. Throws where it cannot be planned on. */
  readonly take: (graph: ComposedGraph, safelist: Safelist | null) => Promise<void>;
  readonly log: Logger;
}

/**
 * Reads the folder of SDL and the safelist again, on a signal, and serves what is there: where it passes like at a start, the list fits the graph, and no mark of
 * the graph that is served is lost or changed without a confirmation. Otherwise both go on as they were, and the log says why. Never throws; one at a time, in the
 * order of the signals. Resolves with the `servedDigest` from then on.
 */
export function openReload(parts: ReloadParts): () => Promise<string> {
  const { folder, safelistFile, names, take, log } = parts;
  let served: Pick<ReloadParts, "read" | "safelist"> = parts;
  let last = Promise.resolve();
  const reload = async (): Promise<void> => {
    const before = digestsOf(served);
    try {
      const read = await readGraph(folder, names);
      const safelist = safelistFile === null ? null : readSafelist(safelistFile, read.graph);
      const next = digestsOf({ read, safelist });
      if (next.graph === before.graph && next.safelist === before.safelist) {
        log.info(next, "the graph is the one that is served already");
        return;
      }
      const opened = unconfirmedChanges(marksIn(served.read.sources), marksIn(read.sources), readConfirmed(folder));
      if (opened.length > 0) throw new GraphRefused(folder, opened.map(describeFinding));
      await take(read.graph, safelist);
      served = { read, safelist };
      if (next.graph !== before.graph)
        log.info({ ...next, before: before.graph }, "new operations are answered on a new graph");
      else log.info({ ...next, before: before.safelist }, "new operations are answered by a new safelist");
    } catch (fault) {
      log.error(
        { ...before, faults: faultsOf(fault) },
        fault instanceof SafelistRefused
          ? "the safelist is refused; the graph and the list from before go on serving"
          : "the new graph is refused; the old one goes on serving",
      );
    }
  };
  return () => {
    last = last.then(reload);
    return last.then(() => servedDigest(served));
  };
}

/** Tells graphs apart, and safelists; as text. */
export function servedDigest(served: Pick<ReloadParts, "read" | "safelist">): string {
  return Object.values(digestsOf(served)).join(" ");
}

function digestsOf({ read, safelist }: Pick<ReloadParts, "read" | "safelist">): {
  readonly graph: string;
  readonly safelist?: string;
} {
  return { graph: read.digest, ...(safelist === null ? {} : { safelist: safelist.digest }) };
}

function faultsOf(fault: unknown): readonly string[] {
  if (fault instanceof GraphRefused || fault instanceof SafelistRefused) return fault.faults;
  if (fault instanceof MarksUnreadable) return fault.findings.map(describeFinding);
  return [fault instanceof Error ? fault.message : String(fault)];
}
