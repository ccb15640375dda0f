import { decideBest } from "../../schema/law/decide-best.js";
import type { Decision } from "../../schema/law/decision.js";
import { questionsForWarrant } from "../../schema/law/questions-for-warrant.js";
import type { RuleBook as LawBook } from "../../schema/law/rule-book.js";
import type { LegalQuestion } from "./types/legal-question.js";

/** The law's answer to one target and category of a warrant, on the declared facts; of several offences the best answer counts. */
export function answerQuestion(question: LegalQuestion, book: LawBook): Decision {
  const { at, category, preservation, nationality, residence, locatedIn, protectedRole, ...order } = question;
  const inquiry = {
    order: { ...order, kind: preservation ? ("PRESERVATION" as const) : ("PRODUCTION" as const) },
    category,
    at: new Date(at).toISOString(),
    subject: { nationality, residence, locatedIn, protectedRole },
    factsBasis: "DECLARED" as const,
    providerCountry: null,
  };
  return decideBest(questionsForWarrant(inquiry, book), book);
}
