import { refusals } from "../../schema/refusals.js";
import type { Code } from "../respond/codes.js";

/** What a client is told of a failure. No subgraph's words are in it. */
export interface Failure {
  readonly code: Code;
  readonly message: string;
}

export const unavailable: Failure = {
  code: "SUBGRAPH_UNAVAILABLE",
  message: "The service that answers for this cannot be reached. Ask again later.",
};
export const faulty: Failure = { code: "INTERNAL", message: "The service that answers for this failed." };
export const misshapen: Failure = {
  code: "INTERNAL",
  message: "The service that answers for this gave an answer that does not fit the schema.",
};
/** The same words whatever it was: they tell nothing of what was dropped. */
export const excessive: Failure = {
  code: "INTERNAL",
  message: "The service that answers for this gave more than it was asked for; what goes beyond was dropped.",
};
export const tooMany: Failure = {
  code: "OPERATION_TOO_COSTLY",
  message: "More accounts stand behind this than can be looked through at once: name the port, or a shorter window.",
};
export const logUnavailable: Failure = {
  code: "LOG_UNAVAILABLE",
  message: "Withheld: the access log cannot be written, and nothing is disclosed without a record.",
};

const told = new Map<string, Failure>(
  Object.entries(refusals).map(([name, { code, message }]) => [name, { code, message }]),
);

/** The failure that a subgraph's error stands for: the refusal it names, in our words, or that it failed. */
export function failureOf(error: unknown): Failure {
  const extensions =
    typeof error === "object" && error !== null ? (error as { extensions?: unknown }).extensions : null;
  if (typeof extensions !== "object" || extensions === null) return faulty;
  const { refusal, code } = extensions as { refusal?: unknown; code?: unknown };
  if (typeof refusal === "string") return told.get(refusal) ?? faulty;
  return code === unavailable.code ? unavailable : faulty;
}
