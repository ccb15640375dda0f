import type { OutcomeLeaf } from "../../schema/ledger/leaf.js";
import type { Alarm } from "../../schema/ledger/vocabulary.js";
import { asWord, type LeafDraft } from "./draft.js";

/** What became of one ACCESS leaf. Leaves that permit nothing need none: nothing could leave. */
export type AccessOutcome = OutcomeLeaf["of"][number];

/** Bytes of outcomes in one leaf. */
const maxOutcomeBytes = 6000;

/** The drafts of an operation's outcomes: as many leaves as it takes (8 KiB each, 256 outcomes). */
export function outcomeDrafts(operationId: string, outcomes: readonly AccessOutcome[]): LeafDraft[] {
  const leaves: AccessOutcome[][] = [];
  let room = 0;
  for (const outcome of outcomes) {
    const bytes = JSON.stringify(outcome).length + 1;
    if (leaves.length === 0 || bytes > room) {
      leaves.push([]);
      room = maxOutcomeBytes;
    }
    leaves.at(-1)?.push(outcome);
    room -= bytes;
  }
  return leaves.map((of) => ({ references: {}, clear: { type: "OUTCOME", operationId: asWord(operationId), of } }));
}

/** The draft of an alarm: something that must not happen, happened. */
export function alarmDraft(alarm: Alarm, operationId: string | null, service: string | null): LeafDraft {
  return { references: {}, clear: { type: "ALARM", alarm, operationId: operationId && asWord(operationId), service } };
}
