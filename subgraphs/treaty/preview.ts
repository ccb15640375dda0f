import { type Competence, competenceObstacles } from "../../schema/law/competence-obstacles.js";
import { compileRuleBook } from "../../schema/law/compile-rule-book.js";
import { decideBest } from "../../schema/law/decide-best.js";
import type { Decision } from "../../schema/law/decision.js";
import { describeKinds } from "../../schema/law/describe-authorities.js";
import { establishmentFor } from "../../schema/law/establishment-for.js";
import type { SubjectFacts } from "../../schema/law/question.js";
import { type Order, questionsForWarrant } from "../../schema/law/questions-for-warrant.js";
import type { Establishment, RuleBook as LawBook } from "../../schema/law/rule-book.js";
import type { AuthorityKind, DataCategory } from "../../schema/law/vocabulary.js";

export interface PreviewedOrder {
  readonly order: Order;
  readonly categories: readonly DataCategory[];
  readonly believed: SubjectFacts;
  /** Instant, RFC 3339. */
  readonly at: string;
}

/** Something the caller should know of, with the rule behind it. */
export interface Remark {
  readonly code: string;
  readonly message: string;
  readonly field: readonly string[] | null;
  readonly ruleId: string | null;
}

export interface PreviewedAnswer {
  readonly decisions: readonly Decision[];
  readonly competence: readonly Remark[];
  readonly validations: readonly { readonly category: DataCategory; readonly by: readonly AuthorityKind[] }[];
  readonly missing: readonly Remark[];
  readonly addressee: Establishment | null;
}

/** What the law says to an order, on what the authority believes: the answer for each category, who could act instead, and what the answer hangs on. */
export function previewOrder({ order, categories, believed, at }: PreviewedOrder, book: LawBook): PreviewedAnswer {
  const decisions = categories.map((category) => {
    return decideBest(
      questionsForWarrant(
        { order, category, at, subject: believed, factsBasis: "DECLARED", providerCountry: null },
        book,
      ),
      book,
    );
  });
  const competence = competenceObstacles({ order, categories, subjects: [believed], at }, book);
  return {
    decisions,
    competence: competence
      .map((found, index) => describeCompetence(found, index, order))
      .filter((remark) => remark !== null),
    validations: competence.flatMap((found) =>
      found.kind === "NEEDS_VALIDATION" ? [{ category: found.category, by: found.by }] : [],
    ),
    missing: [...missingCategories(categories), ...missingFacts(order, believed, decisions, book)],
    addressee: establishmentFor(order.platform, believed.residence, order.requesting, book),
  };
}

function describeCompetence(found: Competence, index: number, { authority }: Order): Remark | null {
  const field = ["categories", String(index)];
  switch (found.kind) {
    case "COMPETENT":
      return null;
    case "NEEDS_VALIDATION":
      return {
        code: "VALIDATION_MISSING",
        message: `${found.category} needs a validation by ${describeKinds(found.by)} (${found.ruleId}).`,
        field,
        ruleId: found.ruleId,
      };
    case "NOT_COMPETENT":
      return {
        code: "AUTHORITY_NOT_COMPETENT",
        message: `${found.category} cannot be ordered by ${authority}; ${describeKinds(found.could)} could (${found.ruleId}).`,
        field,
        ruleId: found.ruleId,
      };
  }
}

function missingCategories(categories: readonly DataCategory[]): readonly Remark[] {
  if (categories.length > 0) return [];
  return [{ code: "CATEGORIES", message: "Name at least one category of data.", field: ["categories"], ruleId: null }];
}

/** Facts that were not given and on which a rule that permits hangs: the exemption from notification, and what it asks about the person. */
function missingFacts(
  order: Order,
  believed: SubjectFacts,
  decisions: readonly Decision[],
  book: LawBook,
): readonly Remark[] {
  const remarks: Remark[] = [];
  if (order.offenceCodes.length === 0) {
    remarks.push({
      code: "OFFENCE",
      message: "No offence is named: give `offenceCodes`, or a case that has them.",
      field: ["offenceCodes"],
      ruleId: null,
    });
  }
  const notified = decisions.find(({ obligations }) =>
    obligations.some(({ kind }) => kind === "NOTIFY_ENFORCING_AUTHORITY"),
  );
  if (notified !== undefined && order.offenceCountry === null) {
    remarks.push({
      code: "OFFENCE_COUNTRY",
      message:
        "It is not said where the offence was committed: at home, and about a resident, no notification is needed.",
      field: ["offenceCountry"],
      ruleId: notified.ruleId,
    });
  }
  if (believed.residence == null && decisions.length > 0) {
    remarks.push({
      code: "RESIDENCE",
      message:
        "It is not said where the person is believed to live: the provider is addressed where it serves the requesting state.",
      field: ["believed", "residence"],
      ruleId: notified?.ruleId ?? null,
    });
  }
  for (const ruleId of new Set(decisions.filter(({ permitted }) => permitted).map((decision) => decision.ruleId))) {
    const untold = factsAskedFor(ruleId, book).filter((fact) => believed[fact] == null);
    if (untold.length > 0) {
      remarks.push({
        code: "PERSON_FACTS",
        message: `${ruleId} asks about the person, and nothing is believed about: ${untold.join(", ")}. At the door an unknown fact is a condition not met.`,
        field: ["believed"],
        ruleId,
      });
    }
  }
  return remarks;
}

function factsAskedFor(ruleId: string | null, book: LawBook): readonly ("nationality" | "residence" | "locatedIn")[] {
  const asked = ruleId === null ? null : compileRuleBook(book).rules.get(ruleId)?.rule.subjectRestrictions;
  if (asked === null || asked === undefined) return [];
  return [
    ...(asked.excludeNationality === undefined ? [] : ["nationality" as const]),
    ...(asked.excludePermanentResidentsOf === undefined ? [] : ["residence" as const]),
    ...(asked.excludeLocatedIn === undefined ? [] : ["locatedIn" as const]),
  ];
}
