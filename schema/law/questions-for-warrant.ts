import { compileRuleBook } from "./compile-rule-book.js";
import type { Questions } from "./decide-best.js";
import { establishmentFor } from "./establishment-for.js";
import type { FactsBasis, Question, SubjectFacts } from "./question.js";
import type { Offence, RuleBook } from "./rule-book.js";
import type { AuthorityKind, DataCategory, WarrantKind } from "./vocabulary.js";

/** What a warrant and its case say, whoever its targets are. */
export interface Order {
  readonly requesting: string;
  readonly authority: AuthorityKind;
  readonly validatedBy: AuthorityKind | null;
  readonly platform: string;
  readonly kind: WarrantKind;
  /** Codes of the offence table, in the order of the case. */
  readonly offenceCodes: readonly string[];
  readonly committedOnline: boolean;
  readonly offenceCountry: string | null;
  readonly solePurposeIdentification: boolean;
  readonly emergency: boolean;
}

/** One target of an order, one category, one moment. */
export interface Inquiry {
  readonly order: Order;
  readonly category: DataCategory;
  /** Instant, RFC 3339. */
  readonly at: string;
  readonly subject: SubjectFacts;
  readonly factsBasis: FactsBasis;
  /** Where the provider is addressed, as the platform knows it; null: found by the believed residence. */
  readonly providerCountry: string | null;
}

/**
 * The one way from a warrant to questions, for previews, issue, the door and replay: one question for each offence (evaluation points 13, 14, 19).
 * `solePurposeIdentification` reaches SUBSCRIBER and USER_IDENTIFICATION alone. An offence that the table does not hold for the requesting state or
 * for all, and a provider whom nobody could address, give questions that the law denies, with the reason.
 */
export function questionsForWarrant(
  { order, category, at, subject, factsBasis, providerCountry }: Inquiry,
  book: RuleBook,
): Questions {
  const isIdentification = category === "SUBSCRIBER" || category === "USER_IDENTIFICATION";
  const addressed =
    providerCountry ?? establishmentFor(order.platform, subject.residence, order.requesting, book)?.country ?? "";
  const questionAbout = (offence: Offence | undefined): Question => ({
    at,
    requesting: order.requesting,
    authority: order.authority,
    validatedBy: order.validatedBy,
    providerCountry: addressed,
    platform: order.platform,
    category,
    offenceCategory: offence?.category ?? "",
    maxCustodialYears: offence?.maxCustodialYears ?? null,
    committedOnline: order.committedOnline,
    offenceCountry: order.offenceCountry,
    solePurposeIdentification: isIdentification && order.solePurposeIdentification,
    emergency: order.emergency,
    preservation: order.kind === "PRESERVATION",
    subject,
    factsBasis,
  });
  const [first, ...others] = order.offenceCodes.map((code) => questionAbout(findOffence(code, order.requesting, book)));
  return [first ?? questionAbout(undefined), ...others];
}

/** The offence of this code, if it is one of the requesting state or of all. */
export function findOffence(code: string, requesting: string, book: RuleBook): Offence | undefined {
  const offence = compileRuleBook(book).offences.get(code);
  return offence !== undefined && (offence.country === "*" || offence.country === requesting) ? offence : undefined;
}
