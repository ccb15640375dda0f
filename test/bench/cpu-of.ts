import { readFileSync } from "node:fs";

/** Ticks in a second, as Linux counts them for user programs everywhere (USER_HZ). */
const ticks = 100;

/** Seconds of processor time, user and system, that a running process has used; NaN where the system does not say. */
export function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) / ticks;
  } catch {
    return Number.NaN;
  }
}
