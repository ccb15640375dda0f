import { decideBest } from "./decide-best.js";
import type { Decision } from "./decision.js";
import type { SubjectFacts } from "./question.js";
import { type Order, questionsForWarrant } from "./questions-for-warrant.js";
import type { RuleBook } from "./rule-book.js";
import { type AuthorityKind, authorityKinds, type DataCategory } from "./vocabulary.js";

/**
 * Whether the issuing authority may ask for a category. COMPETENT says nothing about whether the law permits: where it denies everybody, the
 * authority is not the obstacle, and the door will say why.
 */
export type Competence =
  | { readonly category: DataCategory; readonly kind: "COMPETENT" }
  /** With a validation by one of `by` the rule would permit. */
  | {
      readonly category: DataCategory;
      readonly kind: "NEEDS_VALIDATION";
      readonly ruleId: string | null;
      readonly by: readonly AuthorityKind[];
    }
  /** Only another authority, one of `could`, might ask. */
  | {
      readonly category: DataCategory;
      readonly kind: "NOT_COMPETENT";
      readonly ruleId: string | null;
      readonly could: readonly AuthorityKind[];
    };

/**
 * For each category: is the kind of the authority what stands in the way? It is, where another kind with the same facts would be permitted and this one
 * is not. Decided on the declared facts of every target; the target that it stands in the way of counts.
 */
export function competenceObstacles(
  {
    order,
    categories,
    subjects,
    at,
  }: { order: Order; categories: readonly DataCategory[]; subjects: readonly SubjectFacts[]; at: string },
  book: RuleBook,
): readonly Competence[] {
  return categories.map((category) => {
    const found = subjects
      .map((subject) => obstacleFor(order, category, subject, at, book))
      .filter((it) => it !== null);
    return found.find(({ kind }) => kind === "NOT_COMPETENT") ?? found[0] ?? { category, kind: "COMPETENT" };
  });
}

function obstacleFor(
  order: Order,
  category: DataCategory,
  subject: SubjectFacts,
  at: string,
  book: RuleBook,
): Exclude<Competence, { kind: "COMPETENT" }> | null {
  const decideAs = (authority: AuthorityKind, validatedBy: AuthorityKind | null): Decision => {
    const asked = {
      order: { ...order, authority, validatedBy },
      category,
      at,
      subject,
      factsBasis: "DECLARED" as const,
      providerCountry: null,
    };
    return decideBest(questionsForWarrant(asked, book), book);
  };
  if (grants(decideAs(order.authority, order.validatedBy))) return null;

  const validations = authorityKinds
    .map((by) => ({ by, decision: decideAs(order.authority, by) }))
    .filter(({ decision }) => grants(decision));
  const [validated] = validations;
  if (validated !== undefined) {
    const by = validations.map((validation) => validation.by);
    return { category, kind: "NEEDS_VALIDATION", ruleId: validated.decision.ruleId, by };
  }
  const others = authorityKinds
    .map((could) => ({ could, decision: decideAs(could, null) }))
    .filter(({ decision }) => grants(decision));
  const [other] = others;
  if (other === undefined) return null;
  return { category, kind: "NOT_COMPETENT", ruleId: other.decision.ruleId, could: others.map(({ could }) => could) };
}

/** What the order asks for is granted: disclosure, or the preservation that a preservation order asks for. */
function grants({ permitted, effect }: Decision): boolean {
  return permitted || effect === "PERMIT_PRESERVATION";
}
