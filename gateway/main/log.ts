import type { Logger } from "pino";
import pino from "pino";

/**
 * The process log: JSON lines on stderr, so that stdout stays for what a command prints. Structured and escaped by construction; what comes from a client is
 * capped by whoever writes it, and variables, literals and tokens are never written at all.
 */
export function openLog(level: "info" | "warn" | "silent", name: string): Logger {
  return pino(
    { level, base: { process: name }, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  );
}
