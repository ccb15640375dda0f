import { Arg, Ctx, Float, Query, Resolver } from "type-graphql";
import { compileRuleBook } from "../../../schema/law/compile-rule-book.js";
import { decide } from "../../../schema/law/decide.js";
import type { Question } from "../../../schema/law/question.js";
import type { RuleBook as LawBook } from "../../../schema/law/rule-book.js";
import type { AuthorityKind } from "../../../schema/law/vocabulary.js";
import { AuthorityKindEnum } from "../../kit/enums.js";
import { Refusal } from "../../kit/refusal.js";
import { GraphQLCountryCode, GraphQLDate } from "../../kit/scalars.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { drawMatrix } from "../draw-matrix.js";
import { previewOrder, type Remark } from "../preview.js";
import { type MissingParty, readOrder } from "../read-order.js";
import { currentBook } from "../rule-books.js";
import { Decision } from "../types/decision.js";
import { PreviewInput, QuestionInput } from "../types/inputs.js";
import { MatrixCell, Preview, type UserError } from "../types/preview.js";
import { viewBook, viewDecision, viewRule } from "../views.js";
import { dayOf, refuseUnknownCountry } from "./law-queries.js";

/** What the law would say: dry runs, on what the caller states. No person and no platform is asked. */
@Resolver()
export class DecisionQueries {
  @Query(() => Decision, {
    nullable: true,
    description: "The law alone: one category, one offence. A country that the rule book does not know is denied.",
  })
  async decide(
    @Ctx() context: SubgraphContext,
    @Arg("question", () => QuestionInput) input: QuestionInput,
  ): Promise<Decision> {
    const book = await currentBook(context);
    refuseUnknownOffence(input.offenceCategory, book);
    refuseNegative(input.maxCustodialYears);
    return viewDecision(decide(questionOf(input, context.clock()), book), book);
  }

  @Query(() => Preview, {
    nullable: true,
    description: "The same in the words of an authority. It finds the establishment to address by itself.",
  })
  async preview(
    @Ctx() context: SubgraphContext,
    @Arg("input", () => PreviewInput) input: PreviewInput,
  ): Promise<Preview> {
    const book = await currentBook(context);
    if (!compileRuleBook(book).platforms.has(input.platform)) throw new Refusal("PLATFORM");
    const order = await readOrder(input, book, context);
    if (typeof order === "string")
      return {
        decisions: [],
        competence: [],
        validations: [],
        missing: [missingParties[order]],
        addressee: null,
        ruleBook: viewBook(book),
      };
    const at = (input.at ?? context.clock()).toISOString();
    const { grounds: _, ...believed } = input.believed ?? {};
    const answer = previewOrder({ order, categories: input.categories, believed, at }, book);
    return {
      decisions: answer.decisions.map((decision) => viewDecision(decision, book)),
      competence: answer.competence.map((remark) => viewRemark(remark, book)),
      validations: answer.validations,
      missing: answer.missing.map((remark) => viewRemark(remark, book)),
      addressee: answer.addressee,
      ruleBook: viewBook(book),
    };
  }

  @Query(() => [MatrixCell], {
    nullable: true,
    description: "One cell for each requesting state and category, on a day (today).",
  })
  async matrix(
    @Ctx() context: SubgraphContext,
    @Arg("asOf", () => GraphQLDate, { nullable: true }) asOf: Date | null,
    @Arg("providerCountry", () => GraphQLCountryCode) providerCountry: string,
    @Arg("platform", () => String) platform: string,
    @Arg("offenceCategory", () => String) offenceCategory: string,
    @Arg("maxCustodialYears", () => Float, { nullable: true }) maxCustodialYears: number | null,
    @Arg("authority", () => AuthorityKindEnum, { defaultValue: "JUDGE" }) authority: AuthorityKind,
    @Arg("committedOnline", () => Boolean, { defaultValue: false }) committedOnline: boolean,
    @Arg("solePurposeIdentification", () => Boolean, {
      defaultValue: false,
      description: "Said of SUBSCRIBER and USER_IDENTIFICATION.",
    })
    solePurposeIdentification: boolean,
  ): Promise<MatrixCell[]> {
    const book = await currentBook(context);
    refuseUnknownCountry(providerCountry, book);
    refuseUnknownOffence(offenceCategory, book);
    refuseNegative(maxCustodialYears);
    const { rules } = compileRuleBook(book);
    const day = dayOf(asOf) ?? context.clock();
    const asked = {
      providerCountry,
      platform,
      offenceCategory,
      maxCustodialYears: maxCustodialYears ?? null,
      authority,
      committedOnline,
      solePurposeIdentification,
    };
    return drawMatrix(asked, day, book).map(({ requesting, category, effect, ruleId }) => {
      const rule = rules.get(ruleId ?? "");
      if (rule === undefined) throw new Error("a decision of a rule book with a default names a rule");
      return { requesting, category, effect, rule: viewRule(rule, book) };
    });
  }
}

const missingParties: Readonly<Record<MissingParty, UserError>> = {
  CASE: { code: "CASE", message: "There is no such case among those that you see.", field: ["caseId"], rule: null },
  AUTHORITY: {
    code: "AUTHORITY",
    message: "A preview speaks for an authority of the register, and the token names none: ask `decide`.",
    field: null,
    rule: null,
  },
};

function questionOf(input: QuestionInput, now: Date): Question {
  const { grounds: _, ...subject } = input.subject ?? {};
  return {
    at: (input.at ?? now).toISOString(),
    requesting: input.requesting,
    authority: input.authority,
    validatedBy: input.validatedBy ?? null,
    providerCountry: input.providerCountry,
    platform: input.platform,
    category: input.category,
    offenceCategory: input.offenceCategory,
    maxCustodialYears: input.maxCustodialYears ?? null,
    committedOnline: input.committedOnline === true,
    offenceCountry: input.offenceCountry ?? null,
    solePurposeIdentification: input.solePurposeIdentification === true,
    emergency: input.emergency === true,
    preservation: input.preservation === true,
    subject,
    factsBasis: "DECLARED",
  };
}

function viewRemark({ code, message, field, ruleId }: Remark, book: LawBook): UserError {
  const compiled = ruleId === null ? undefined : compileRuleBook(book).rules.get(ruleId);
  return { code, message, field, rule: compiled === undefined ? null : viewRule(compiled, book) };
}

function refuseUnknownOffence(category: string, book: LawBook): void {
  if (!compileRuleBook(book).offenceCategories.has(category)) throw new Refusal("OFFENCE");
}

function refuseNegative(years: number | null | undefined): void {
  if (years != null && years < 0) throw new Refusal("YEARS");
}
