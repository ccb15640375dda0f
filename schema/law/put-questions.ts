import type { Questions } from "./decide-best.js";

/** What was put to the law about one category when it was decided, and the hash of the rule book that answered. */
export interface PutQuestions {
  readonly questions: Questions;
  readonly ruleBook: string;
}

/** As text: it travels between subgraphs alone, and is nowhere shown. */
export function writePutQuestions({ questions, ruleBook }: PutQuestions): string {
  return JSON.stringify({ questions, ruleBook });
}

/** Reads it back. Throws SyntaxError, or TypeError where it is something else. */
export function readPutQuestions(text: string): PutQuestions {
  const { questions, ruleBook } = JSON.parse(text) as Partial<PutQuestions>;
  if (!Array.isArray(questions) || questions.length === 0 || typeof ruleBook !== "string")
    throw new TypeError("expected the questions that were put to the law, and the hash of a rule book");
  return { questions, ruleBook };
}
