import { compileRuleBook } from "../../schema/law/compile-rule-book.js";
import type { ResolveReference } from "../kit/subgraph.js";
import { RuleBook } from "./entities/rule-book.js";
import { currentBook, newestBookWith } from "./rule-books.js";
import { viewCountry, viewInstrument, viewOffence, viewRule } from "./views.js";

/** Entities by their keys. What a record names stays readable: a rule, instrument or offence comes from the newest book that has it. */
export const references: Readonly<Record<string, ResolveReference>> = {
  async Rule({ id }: { id: string }, context) {
    const book = await newestBookWith(context, (candidate) => compileRuleBook(candidate).rules.has(id));
    const compiled = book === null ? undefined : compileRuleBook(book).rules.get(id);
    return book === null || compiled === undefined ? null : viewRule(compiled, book);
  },
  async Instrument({ id }: { id: string }, context) {
    const book = await newestBookWith(context, (candidate) => compileRuleBook(candidate).instruments.has(id));
    const instrument = book === null ? undefined : compileRuleBook(book).instruments.get(id);
    return book === null || instrument === undefined ? null : viewInstrument(instrument, book);
  },
  async Offence({ code }: { code: string }, context) {
    const book = await newestBookWith(context, (candidate) => compileRuleBook(candidate).offences.has(code));
    const offence = book === null ? undefined : compileRuleBook(book).offences.get(code);
    return offence === undefined ? null : viewOffence(offence);
  },
  async Country({ code }: { code: string }, context) {
    const book = await currentBook(context);
    const country = compileRuleBook(book).countries.get(code);
    return country === undefined ? null : viewCountry(country, context.clock().toISOString().slice(0, 10), book);
  },
  RuleBook: ({ hash }: { hash: string }, context) => context.em.findOne(RuleBook, { hash }),
  WarrantItem: (item) => item,
  ReplayedDecision: (replayed) => replayed,
};
