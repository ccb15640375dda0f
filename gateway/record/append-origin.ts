import type { OriginLeaf } from "../../schema/ledger/leaf.js";
import type { LogStore } from "../../schema/ledger/log-store.js";
import { sealLeaf } from "./draft.js";
import { openEpoch } from "./epoch.js";
import { keepHistory } from "./history.js";
import { within } from "./within.js";

/** Appends, as an epoch of one batch, the leaf by which the log goes on under another origin. Returns the epoch's raw public key. Throws what the store says. */
export async function appendOrigin(
  store: LogStore,
  succession: Pick<OriginLeaf, "origin" | "previous" | "lost">,
  at: Date,
): Promise<Buffer> {
  const epoch = openEpoch();
  const drafts = [
    keepHistory().opening(epoch),
    { references: {}, clear: { type: "ORIGIN", ...succession } } as const,
    { references: {}, clear: { type: "WRITER_CLOSE" } } as const,
  ];
  const { batch, openings } = epoch.seal(drafts.map((draft) => sealLeaf(draft, at)));
  await within(store.timeoutMs, (signal) => store.append(batch, openings, signal));
  return epoch.writer;
}
