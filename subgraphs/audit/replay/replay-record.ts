import { decideBest, type Questions } from "../../../schema/law/decide-best.js";
import type { Decision } from "../../../schema/law/decision.js";
import { writePutQuestions } from "../../../schema/law/put-questions.js";
import { type LawCode, lawCodes } from "../../../schema/law/vocabulary.js";
import type { AccessLeaf } from "../../../schema/ledger/leaf.js";
import { parseLeaf } from "../../../schema/ledger/leaf-bytes.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { FieldAccess } from "../entities/field-access.js";
import { findRecord } from "../query/find-record.js";
import type { Scope } from "../query/scope.js";
import type { ReplayedDecision } from "../types/replayed-decision.js";
import { openQuestion } from "./open-question.js";
import { readBooks, type TwoBooks } from "./read-books.js";

/** Puts the questions of a record to the law again, field by field. Null where there is no such record in the scope; none where somebody read the log. */
export async function replayRecord(
  { em, graph }: SubgraphContext,
  index: number,
  scope: Scope,
): Promise<ReplayedDecision[] | null> {
  const record = await findRecord(em, index, scope);
  if (record === null) return null;
  if (record.ofLog) return [];
  const fields = await em.find(FieldAccess, { index }, { orderBy: { position: "asc" } });
  const leaf = parseLeaf(Buffer.from(record.leaf, "utf8")) as AccessLeaf;
  const question = await openQuestion(em, index, leaf);
  const books =
    typeof question === "string" || leaf.ruleBook === null ? null : await readBooks(graph, leaf.ruleBook.hash);
  return fields.map((recorded) => {
    const id = `replay-${index}-${recorded.position}`;
    const put = typeof question === "string" || !wasPut(recorded) ? undefined : question[recorded.category];
    return {
      ...{ id, recorded, field: recorded.field, erased: question === "ERASED" },
      ...(put === undefined || books === null ? unasked : again(put, books)),
    };
  });
}

const unasked = { question: "", differs: false };

/** Whether the law was asked about this field; else the warrant or the principal decided before. */
function wasPut({ code }: FieldAccess): boolean {
  return code === "HELD" || lawCodes.includes(code as LawCode);
}

function again(questions: Questions, { ofThen, ofNow }: TwoBooks): Pick<ReplayedDecision, "question" | "differs"> {
  const question = writePutQuestions({ questions, ruleBook: ofThen.hash });
  return { question, differs: outcomeOf(decideBest(questions, ofThen)) !== outcomeOf(decideBest(questions, ofNow)) };
}

/** What two decisions must have in common to be the same: what they come to, and by which rule. */
function outcomeOf({ permitted, effect, code, ruleId }: Decision): string {
  return JSON.stringify([permitted, effect, code, ruleId]);
}
