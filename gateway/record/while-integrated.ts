import { LogUnavailable } from "../door/types.js";
import { permitsAnything } from "./draft.js";
import type { FollowedIntegration } from "./follow-integration.js";
import type { Recorder } from "./open-recorder.js";

/** The recorder as the door may use it: while integration is behind, nothing that permits is taken, and the log will tell of it. Denials go on. */
export function whileIntegrated(
  recorder: Pick<Recorder, "append" | "note" | "refuse">,
  integration: Pick<FollowedIntegration, "behind">,
): Pick<Recorder, "append" | "note"> {
  return {
    note: recorder.note,
    async append(drafts) {
      if (permitsAnything(drafts) && integration.behind()) {
        recorder.refuse(drafts.length, "NOT_INTEGRATED");
        throw new LogUnavailable("the log is recorded and not integrated in time");
      }
      return recorder.append(drafts);
    },
  };
}
