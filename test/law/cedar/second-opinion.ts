import { type Context, preparsePolicySet, statefulIsAuthorized, validate } from "@cedar-policy/cedar-wasm/nodejs";
import type { Question } from "../../../schema/law/question.js";
import type { Rule } from "../../../schema/law/rule.js";
import type { RuleBook } from "../../../schema/law/rule-book.js";
import type { Effect, LawCode } from "../../../schema/law/vocabulary.js";
import { cedarSchema, dayNumber, isEverNamed, type Purpose, scaled, sideOf, translate } from "./translate.js";

/** What Cedar says to a question, in the words of a decision. */
export interface Opinion {
  readonly effect: Effect;
  readonly permitted: boolean;
  /** The rule that decides; null: no way is open, and Cedar has no name for what is left. */
  readonly ruleId: string | null;
  /** What Cedar can tell of the code: a permission, an unmet national precondition, or neither. */
  readonly code: Extract<LawCode, "PERMITTED" | "NATIONAL_PRECONDITION"> | "OTHER";
  readonly channels: readonly string[];
}

/** Cedar, asked about one rule book. */
export class SecondOpinion {
  readonly #sides: ReadonlyMap<string, ReturnType<typeof sideOf>>;
  readonly #calendars: ReadonlyMap<string, Intl.DateTimeFormat>;
  /** Rules in the order of point 3. */
  readonly #order: ReadonlyMap<string, { readonly rule: Rule; readonly place: number }>;
  readonly #hash: string;
  readonly #policies: ReturnType<typeof translate>["policies"];
  /** The states that a rule names at any time, by its id. */
  readonly #named: ReadonlyMap<
    string,
    { readonly requesting: ReadonlySet<string>; readonly provider: ReadonlySet<string> }
  >;

  constructor(book: RuleBook) {
    this.#hash = book.hash;
    this.#policies = translate(book).policies;
    this.#sides = new Map(book.countries.map((country) => [country.alpha2, sideOf(country)]));
    // Swedes write a date as the book does.
    this.#calendars = new Map(
      book.countries.map(({ alpha2, timeZone }) => [
        alpha2,
        new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }),
      ]),
    );
    const namedBy = (patterns: readonly string[]) =>
      new Set([...this.#sides].filter(([code, side]) => isEverNamed(patterns, code, side)).map(([code]) => code));
    this.#named = new Map(
      book.rules.map(({ id, requesting, provider }) => [
        id,
        { requesting: namedBy(requesting), provider: namedBy(provider.countries) },
      ]),
    );
    const sorted = [...book.rules].sort(goesFirst);
    this.#order = new Map(sorted.map((rule, place) => [rule.id, { rule, place }]));
  }

  /** Answers a question that can be read: of two states of the book, at an instant, about an offence category of the book. Throws where a policy does not parse or fails to evaluate. */
  on(question: Question): Opinion {
    const { preservation } = question;
    const context = this.#contextOf(question);
    const asked = this.#ask(preservation ? "otherwise" : "disclose", question, context);
    const forbidden = !asked.allowed && asked.rules.length > 0;
    const ways = this.#inOrder(forbidden ? this.#ask("otherwise", question, context).rules : asked.rules);
    const idsOf = (effect: Effect) => ways.filter((rule) => rule.effect === effect).map(({ id }) => id);
    const channels = [...idsOf("MLA_ONLY"), ...idsOf("PERMIT_PRESERVATION")];
    if (forbidden) {
      const ruleId = this.#inOrder(asked.rules)[0]?.id ?? null;
      return { effect: "DENY", permitted: false, ruleId, code: "NATIONAL_PRECONDITION", channels };
    }
    const wanted = preservation ? ["PERMIT_PRESERVATION"] : effectsInOrder;
    const way = ways.find(({ effect }) => wanted.includes(effect));
    if (way === undefined) return { effect: "DENY", permitted: false, ruleId: null, code: "OTHER", channels };
    const permitted = way.effect !== "MLA_ONLY" && !preservation;
    return {
      effect: way.effect as Effect,
      permitted,
      ruleId: way.id,
      code: way.effect === "MLA_ONLY" ? "OTHER" : "PERMITTED",
      channels: permitted ? [] : channels,
    };
  }

  #contextOf(question: Question): Context {
    const { requesting, providerCountry, validatedBy, maxCustodialYears, subject } = question;
    const calendar = this.#calendars.get(requesting);
    if (calendar === undefined || !this.#sides.has(providerCountry))
      throw new Error(`${requesting} and ${providerCountry} are not both states of the book`);
    return {
      date: dayNumber(calendar.format(Date.parse(question.at))),
      platform: question.platform,
      authority: question.authority,
      offence: question.offenceCategory,
      ...(question.committedOnline ? { online: true } : {}),
      ...(question.solePurposeIdentification ? { identification: true } : {}),
      ...(question.emergency ? { emergency: true } : {}),
      ...(question.factsBasis === "KNOWN" ? { known: true } : {}),
      ...(validatedBy === null ? {} : { validatedBy }),
      ...(maxCustodialYears === null ? {} : { years: scaled(maxCustodialYears) }),
      ...(subject.nationality == null ? {} : { nationality: subject.nationality }),
      ...(subject.residence == null ? {} : { residence: subject.residence }),
      ...(subject.locatedIn == null ? {} : { locatedIn: subject.locatedIn }),
    };
  }

  #ask(purpose: Purpose, question: Question, context: Context) {
    const set = this.#setFor(`${purpose} ${question.category}`, question);
    const told = Object.entries(context).filter(([attribute]) => set.reads.has(attribute));
    const answer = statefulIsAuthorized({
      principal: { type: "State", id: question.requesting },
      action: { type: "Action", id: `${purpose} ${question.category}` },
      resource: { type: "State", id: question.providerCountry },
      context: {
        ...Object.fromEntries(told),
        requesting: this.#sideIn(set, question.requesting),
        provider: this.#sideIn(set, question.providerCountry),
      },
      entities: [],
      preparsedPolicySetId: set.name,
      validateRequest: false,
    });
    if (answer.type === "failure") throw new Error(answer.errors.map(({ message }) => message).join("; "));
    const { decision, diagnostics } = answer.response;
    if (diagnostics.errors[0] !== undefined)
      throw new Error(`${diagnostics.errors[0].policyId}: ${diagnostics.errors[0].error.message}`);
    return { allowed: decision === "allow", rules: diagnostics.reason };
  }

  /** Without the policies of rules that never name one of the two states: they could not match, and each costs Cedar time. */
  #setFor(name: string, { requesting, providerCountry }: Question): PolicySet {
    const policies = this.#policies.get(name) ?? {};
    const ofBoth = Object.keys(policies).filter((id) => {
      const named = this.#named.get(id);
      return named?.requesting.has(requesting) && named.provider.has(providerCountry);
    });
    const id = `${this.#hash} ${name}: ${ofBoth.join(" ")}`;
    return handedOver.get(id) ?? handOver(id, Object.fromEntries(ofBoth.map((rule) => [rule, policies[rule] ?? ""])));
  }

  #sideIn({ reads, sides }: PolicySet, code: string): Context {
    const known = sides.get(code);
    if (known !== undefined) return known;
    const side = Object.entries(this.#sides.get(code) ?? {}).filter(([attribute]) => reads.has(attribute));
    const made = Object.fromEntries(side);
    sides.set(code, made);
    return made;
  }

  #inOrder(ids: readonly string[]): readonly Rule[] {
    return ids
      .map((id) => this.#order.get(id))
      .filter((found) => found !== undefined)
      .sort((one, other) => one.place - other.place)
      .map(({ rule }) => rule);
  }
}

/** Policies that Cedar has parsed. */
interface PolicySet {
  readonly name: string;
  /** The attributes of the context, and of the states in it, that stand in one of them; Cedar is told no other. */
  readonly reads: ReadonlySet<string>;
  /** What is told of each state, as far as it has been asked about. */
  readonly sides: Map<string, Context>;
}

/** By their names. */
const handedOver = new Map<string, PolicySet>();

function handOver(name: string, staticPolicies: Readonly<Record<string, string>>): PolicySet {
  const parsed = preparsePolicySet(name, { staticPolicies: { ...staticPolicies } });
  if (parsed.type === "failure") throw new Error(parsed.errors.map(({ message }) => message).join("; "));
  const read = Object.values(staticPolicies).flatMap((text) => [...text.matchAll(/(?:\.| has )(\w+)/g)]);
  const made = { name, reads: new Set(read.map(([, attribute]) => attribute ?? "")), sides: new Map() };
  handedOver.set(name, made);
  return made;
}

/** What Cedar's validator finds wrong with the policies of a book (strict mode); empty: every attribute and type is right. */
export function faultsOfPolicies(book: RuleBook): readonly string[] {
  return [...translate(book).policies].flatMap(([name, staticPolicies]) => {
    const answer = validate({ schema: cedarSchema, policies: { staticPolicies: { ...staticPolicies } } });
    const errors =
      answer.type === "failure"
        ? answer.errors.map(({ message }) => message)
        : answer.validationErrors.map(({ policyId, error }) => `${policyId}: ${error.message}`);
    return errors.map((message) => `${name}: ${message}`);
  });
}

const effectsInOrder: readonly string[] = ["PERMIT_COMPULSORY", "PERMIT_EMERGENCY", "PERMIT_VOLUNTARY", "MLA_ONLY"];

/** Point 3; of two that are equal in it the one with the lesser id. */
function goesFirst(one: Rule, other: Rule): number {
  // What has no place in that order never meets what has: its place does not matter.
  const rank = ({ effect }: Rule) => effectsInOrder.indexOf(effect);
  const day = ({ validFrom }: Rule) => (validFrom === null ? 0 : dayNumber(validFrom));
  const byId = one.id < other.id ? -1 : 1;
  return rank(one) - rank(other) || one.priority - other.priority || day(other) - day(one) || byId;
}
