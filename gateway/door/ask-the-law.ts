import { decideBest, type Questions } from "../../schema/law/decide-best.js";
import type { Decision } from "../../schema/law/decision.js";
import type { FactsBasis, SubjectFacts } from "../../schema/law/question.js";
import { questionsForWarrant } from "../../schema/law/questions-for-warrant.js";
import type { RuleBook } from "../../schema/law/rule-book.js";
import type { DataCategory } from "../../schema/law/vocabulary.js";
import type { Subject } from "./types.js";
import type { DoorWarrant } from "./warrant.js";

/** What the door puts to the law about one person and category. */
interface DoorInquiry {
  readonly warrant: DoorWarrant;
  readonly category: DataCategory;
  readonly facts: SubjectFacts;
  readonly basis: FactsBasis;
  /** The platform's known fact; null: found by the believed residence. */
  readonly providerCountry: string | null;
  readonly at: Date;
  readonly book: RuleBook;
}

/** The law's answer, and the questions that a replay needs. */
export interface LawAnswer {
  readonly decision: Decision;
  readonly questions: Questions;
}

/** Asks the law about one person and category under a warrant, through the mapping that previews and replays use. Pure. */
function askTheLaw({ warrant, category, facts, basis, providerCountry, at, book }: DoorInquiry): LawAnswer {
  const order = {
    requesting: warrant.country,
    authority: warrant.authorityKind,
    validatedBy: warrant.validatingAuthorityKind,
    platform: warrant.platform,
    kind: warrant.kind,
    offenceCodes: warrant.offenceCodes,
    committedOnline: warrant.committedOnline,
    offenceCountry: warrant.offenceCountry,
    solePurposeIdentification: warrant.solePurposeIdentification,
    emergency: warrant.emergency,
  };
  const inquiry = { order, category, at: at.toISOString(), subject: facts, factsBasis: basis, providerCountry };
  const questions = questionsForWarrant(inquiry, book);
  return { decision: decideBest(questions, book), questions };
}

/** The law's answers about one person. */
export interface BothAnswers {
  /** On what the authority declared of her; asked when it is wanted, since a permission needs no more words than its own. */
  declared(): LawAnswer;
  /** On what the platform knows of her; null: nobody is known yet. */
  readonly known: LawAnswer | null;
}

/** The law on one person and category: on the facts declared of her, and on those known of the subject, where there is one. Pure. */
export function askOnDeclaredAndKnown(
  about: Pick<DoorInquiry, "warrant" | "category" | "at" | "book">,
  believed: SubjectFacts,
  subject: Subject | null,
): BothAnswers {
  let asked: LawAnswer | undefined;
  const declared = (): LawAnswer => {
    asked ??= askTheLaw({ ...about, facts: believed, basis: "DECLARED", providerCountry: null });
    return asked;
  };
  if (subject === null) return { declared, known: null };
  const { providerCountry } = subject.facts;
  const facts = subject.facts as SubjectFacts;
  return { declared, known: askTheLaw({ ...about, facts, basis: "KNOWN", providerCountry }) };
}
