import { decideBest, type Questions } from "../../schema/law/decide-best.js";
import type { Decision } from "../../schema/law/decision.js";
import type { FactsBasis, SubjectFacts } from "../../schema/law/question.js";
import { questionsForWarrant } from "../../schema/law/questions-for-warrant.js";
import type { RuleBook } from "../../schema/law/rule-book.js";
import type { DataCategory } from "../../schema/law/vocabulary.js";
import type { Subject } from "./types.js";
import type { DoorWarrant } from "./warrant.js";

/** What the door puts to the law about one person and category. */
export interface DoorInquiry {
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

/** Answers given under a book and a warrant as it was read, by what else was put. They end with the warrant, which is read anew for every operation. */
const given = new WeakMap<RuleBook, WeakMap<DoorWarrant, Map<string, LawAnswer>>>();

/**
 * Asks the law about one person and category under a warrant, through the mapping that previews and replays use. Pure, so persons of whom the same is known
 * have one answer, and a thousand of them ask once.
 */
export function askTheLaw(inquiry: DoorInquiry): LawAnswer {
  const { book, warrant, category, facts, basis, providerCountry, at } = inquiry;
  const ofBook = given.get(book) ?? new WeakMap<DoorWarrant, Map<string, LawAnswer>>();
  given.set(book, ofBook);
  const ofWarrant = ofBook.get(warrant) ?? new Map<string, LawAnswer>();
  ofBook.set(warrant, ofWarrant);
  const key = JSON.stringify([category, basis, providerCountry, at.getTime(), facts]);
  const answer = ofWarrant.get(key) ?? answerOf(inquiry);
  ofWarrant.set(key, answer);
  return answer;
}

function answerOf({ warrant, category, facts, basis, providerCountry, at, book }: DoorInquiry): LawAnswer {
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

/** The law's answers about one person: on what the authority declared of her, and on what the platform knows; null: nobody is known yet. */
export interface BothAnswers {
  readonly declared: LawAnswer;
  readonly known: LawAnswer | null;
}

/** Asks the law twice about one person and category: on the facts declared of her, and on those known of the subject, where there is one. Pure. */
export function askOnDeclaredAndKnown(
  about: Pick<DoorInquiry, "warrant" | "category" | "at" | "book">,
  believed: SubjectFacts,
  subject: Subject | null,
): BothAnswers {
  const declared = askTheLaw({ ...about, facts: believed, basis: "DECLARED", providerCountry: null });
  if (subject === null) return { declared, known: null };
  const { providerCountry } = subject.facts;
  const facts = subject.facts as SubjectFacts;
  return { declared, known: askTheLaw({ ...about, facts, basis: "KNOWN", providerCountry }) };
}
