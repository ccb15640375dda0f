import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { compileRuleBook } from "../../../schema/law/compile-rule-book.js";
import type { RuleBook as LawBook } from "../../../schema/law/rule-book.js";
import type { DataCategory } from "../../../schema/law/vocabulary.js";
import { DataCategoryEnum } from "../../kit/enums.js";
import { Refusal } from "../../kit/refusal.js";
import { GraphQLCountryCode, GraphQLDate } from "../../kit/scalars.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { RuleBook } from "../entities/rule-book.js";
import { listRules } from "../list-rules.js";
import { currentBook } from "../rule-books.js";
import { Country } from "../types/country.js";
import type { Decision } from "../types/decision.js";
import { Instrument } from "../types/instrument.js";
import { Offence } from "../types/offence.js";
import { Rule } from "../types/rule.js";
import { viewBook, viewCountry, viewInstrument, viewOffence, viewRule } from "../views.js";

/** The rule book in force, to read. Open to every role. */
@Resolver()
export class LawQueries {
  @Query(() => RuleBook, {
    nullable: true,
    description: "The one in force; or the one of this hash, which may be in force no more.",
  })
  async ruleBook(
    @Ctx() context: SubgraphContext,
    @Arg("hash", () => String, { nullable: true }) hash: string | null,
  ): Promise<Decision["ruleBook"] | null> {
    if (hash == null) return viewBook(await currentBook(context));
    return context.em.findOne(RuleBook, { hash });
  }

  @Query(() => [Country], { nullable: true })
  async countries(@Ctx() context: SubgraphContext): Promise<Country[]> {
    const book = await currentBook(context);
    return book.countries.map((country) => viewCountry(country, today(context), book));
  }

  @Query(() => Country, { nullable: true })
  async country(
    @Ctx() context: SubgraphContext,
    @Arg("code", () => GraphQLCountryCode) code: string,
  ): Promise<Country | null> {
    const book = await currentBook(context);
    const country = compileRuleBook(book).countries.get(code);
    return country === undefined ? null : viewCountry(country, today(context), book);
  }

  @Query(() => [Instrument], { nullable: true })
  async instruments(@Ctx() context: SubgraphContext): Promise<Instrument[]> {
    const book = await currentBook(context);
    return book.instruments.map((instrument) => viewInstrument(instrument, book));
  }

  @Query(() => [Rule], {
    nullable: true,
    description: "In order of precedence. Without `asOf` also those that are pending or past.",
  })
  async rules(
    @Ctx() context: SubgraphContext,
    @Arg("asOf", () => GraphQLDate, { nullable: true }) asOf: Date | null,
    @Arg("requesting", () => GraphQLCountryCode, { nullable: true }) requesting: string | null,
    @Arg("providerCountry", () => GraphQLCountryCode, { nullable: true }) providerCountry: string | null,
    @Arg("category", () => DataCategoryEnum, { nullable: true }) category: DataCategory | null,
  ): Promise<Rule[]> {
    const book = await currentBook(context);
    for (const code of [requesting, providerCountry]) refuseUnknownCountry(code, book);
    const filter = {
      asOf: dayOf(asOf),
      requesting: requesting ?? null,
      providerCountry: providerCountry ?? null,
      category: category ?? null,
    };
    return listRules(filter, book).map((compiled) => viewRule(compiled, book));
  }

  @Query(() => [Offence], { nullable: true, description: "Of a country: also those of every country (*)." })
  async offences(
    @Ctx() context: SubgraphContext,
    @Arg("country", () => GraphQLCountryCode, { nullable: true }) country: string | null,
    @Arg("category", () => String, { nullable: true }) category: string | null,
  ): Promise<Offence[]> {
    const book = await currentBook(context);
    refuseUnknownCountry(country, book);
    if (category != null && !compileRuleBook(book).offenceCategories.has(category)) throw new Refusal("OFFENCE");
    return book.offences.national
      .filter((offence) => country == null || offence.country === country || offence.country === "*")
      .filter((offence) => category == null || offence.category === category)
      .map(viewOffence);
  }
}

/** Throws Refusal COUNTRY for a code that the rule book does not know. */
export function refuseUnknownCountry(code: string | null | undefined, book: LawBook): void {
  if (code != null && !compileRuleBook(book).countries.has(code)) throw new Refusal("COUNTRY");
}

/** The calendar date of a Date scalar. */
export function dayOf(date: Date | null | undefined): string | null {
  return date == null ? null : date.toISOString().slice(0, 10);
}

function today({ clock }: SubgraphContext): string {
  return clock().toISOString().slice(0, 10);
}
