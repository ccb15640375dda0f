import type { GraphQLFormattedError } from "graphql";
import { codes, isCode } from "./codes.js";

/** What decides the HTTP status of an answer. */
export interface Outcome {
  readonly data?: Readonly<Record<string, unknown>> | null | undefined;
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
  /** The access log could not be written, so identity data was kept back. */
  readonly logFailed: boolean;
}

/**
 * 503 after a failure of the log, whatever else was answered; 200 as soon as one root field has a value, or nothing went wrong; otherwise the status of the
 * first error's code.
 */
export function answerStatus({ data, errors = [], logFailed }: Outcome): number {
  if (logFailed) return codes.LOG_UNAVAILABLE;
  if (errors.length === 0 || hasValue(data)) return 200;
  const code = errors[0]?.extensions?.code;
  return isCode(code) ? codes[code] : codes.INTERNAL;
}

function hasValue(data: Outcome["data"]): boolean {
  return (
    data !== null && data !== undefined && Object.values(data).some((value) => value !== null && value !== undefined)
  );
}
