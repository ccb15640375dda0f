import type { Alarm } from "../../schema/ledger/vocabulary.js";
import type { Run } from "./run.js";

/** Raises an alarm about the half whose answer is being read. */
export type Report = (alarm: Alarm) => void;

export function reportOn(half: string, { door }: Pick<Run, "door">): Report {
  return (alarm) => door.alarm(alarm, half);
}
