import { decideBest } from "../../schema/law/decide-best.js";
import { questionsForWarrant } from "../../schema/law/questions-for-warrant.js";
import type { RuleBook } from "../../schema/law/rule-book.js";
import type { ItemDecision } from "./ask-decisions.js";
import type { Authority } from "./entities/authority.js";
import type { Case } from "./entities/case.js";
import { legalQuestion } from "./legal-question.js";
import type { Draft } from "./make-draft.js";

/**
 * What the law says of each item of a demo warrant at the moment of its issue: the answer that the graph would give, by the same function and the same
 * rule book, for a demo is loaded before there is a graph that could be asked.
 */
export function decideDemo(
  { warrant, items, targets }: Draft,
  { inCase, authority, at }: { readonly inCase: Case; readonly authority: Authority; readonly at: Date },
  book: RuleBook,
): Map<string, ItemDecision> {
  return new Map(
    items.map(({ id, targetId, category }) => {
      const target = targets.find((one) => one.id === targetId);
      if (target === undefined) throw new Error(`item ${id} without its target`);
      const asked = legalQuestion({ warrant, case: inCase, authority, validatedBy: null, at }, target, category);
      const { nationality, residence, locatedIn, protectedRole, preservation, ...order } = asked;
      const inquiry = {
        order: { ...order, kind: preservation ? ("PRESERVATION" as const) : ("PRODUCTION" as const) },
        category,
        at: at.toISOString(),
        subject: { nationality, residence, locatedIn, protectedRole },
        factsBasis: "DECLARED" as const,
        providerCountry: null,
      };
      const decision = decideBest(questionsForWarrant(inquiry, book), book);
      const { effect, ruleId, deadlineHours, providerCountry, obligations: duties } = decision;
      return [id, { effect, ruleId, deadlineHours, providerCountry, duties, preservation: null }];
    }),
  );
}
