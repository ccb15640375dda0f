import type { RunningSubgraph } from "../../subgraphs/kit/subgraph.js";
import type { LeafDraft } from "../record/draft.js";
import { openRecorder } from "../record/open-recorder.js";
import { openLog } from "./log.js";
import type { Settings } from "./settings.js";
import { withSubgraph } from "./with-subgraph.js";

/** Appends to the log in an epoch of its own. Throws LogUnavailable: then what it tells of must not happen. */
export type RecordInLog = (drafts: readonly LeafDraft[]) => Promise<void>;

/** Lets a command work on the access log, and record in it what it does, before it does it. */
export function withAudit<T>(
  settings: Settings,
  work: (audit: RunningSubgraph, record: RecordInLog) => Promise<T>,
): Promise<T> {
  return withSubgraph("audit", settings, (audit, openLogStore) =>
    work(audit, async (drafts) => {
      const recorder = await openRecorder({
        store: await openLogStore(),
        clock: audit.clock,
        log: openLog("warn", "log"),
      });
      try {
        await recorder.append(drafts);
      } finally {
        await recorder.close();
      }
    }),
  );
}
