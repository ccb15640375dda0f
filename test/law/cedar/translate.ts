import type { AuthorityTest, OffenceOption, OffenceTest, Rule, SubjectRestrictions } from "../../../schema/law/rule.js";
import type { Country, RuleBookDocument } from "../../../schema/law/rule-book.js";
import { type DataCategory, dataCategories } from "../../../schema/law/vocabulary.js";

/**
 * A rule book as Cedar policies, written from the document and the numbered points of its evaluation alone: nothing of `schema/law` but its types and words takes
 * part, so that what both say is really said twice. The text of a policy is what a second reader understood of a rule.
 *
 * The principal is the requesting state, the resource the state in which the provider is addressed; all else stands in the context (`cedarSchema`).
 */
export interface CedarBook {
  /** By the name of the question ("disclose CONTENT"): the text of each policy, by the id of its rule. */
  readonly policies: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

/**
 * What is asked: which ways are open to data, a disclosure among them; or which are open but for a disclosure: to a preservation order, and where a national
 * precondition stands in the way.
 */
export const purposes = ["disclose", "otherwise"] as const;
export type Purpose = (typeof purposes)[number];

/** Years and figures count in ten-thousandths: Cedar knows whole numbers alone. */
export const scaled = (value: number): number => Math.round(value * 10_000);
/** A calendar date as a number that sorts: 2026-08-18 is 20260818. */
export const dayNumber = (date: string): number => Number(date.replaceAll("-", ""));
/** The end of what does not end. */
export const never = 9_999_99_99;

/** Every attribute that a policy may read. What is not known and what is not so is left out: each attribute costs Cedar some microseconds. */
export const cedarSchema = `
entity State;
type Side = { euUntil?: Long, eEvidenceFrom?: Long, budapestFrom?: Long, cets224From?: Long, figure?: Long };
type Asked = {
  date: Long, requesting: Side, provider: Side, platform: String, authority: String, validatedBy?: String, offence: String, years?: Long,
  online?: Bool, identification?: Bool, emergency?: Bool, known?: Bool, nationality?: String, residence?: String, locatedIn?: String
};
${purposes
  .flatMap((purpose) => dataCategories.map((category) => `action "${purpose} ${category}"`))
  .map((action) => `${action} appliesTo { principal: [State], resource: [State], context: Asked };`)
  .join("\n")}
`;

/** The dated memberships of a state, and its figure, as a policy reads them. */
export function sideOf({ euMember, euMemberUntil, boundByEEvidence, budapest, cets224, judiciary }: Country): Side {
  const side: Side = {};
  if (euMember || euMemberUntil !== undefined) side.euUntil = euMember ? never : dayNumber(euMemberUntil ?? "0");
  if (boundByEEvidence.bound) side.eEvidenceFrom = dayNumber(boundByEEvidence.from ?? "0");
  if (budapest.party) side.budapestFrom = dayNumber(budapest.inForceFrom ?? "0");
  if (cets224.status === "RATIFIED") side.cets224From = dayNumber(cets224.ratifiedOn ?? "0");
  if (judiciary.wjp2020 !== null) side.figure = scaled(Math.min(judiciary.wjp2020.sf1_2, judiciary.wjp2020.sf8_6));
  return side;
}

interface Side {
  euUntil?: number;
  eEvidenceFrom?: number;
  budapestFrom?: number;
  cets224From?: number;
  figure?: number;
}

export function translate(book: RuleBookDocument): CedarBook {
  const policies = new Map<string, Record<string, string>>();
  for (const purpose of purposes) {
    for (const category of dataCategories) policies.set(`${purpose} ${category}`, {});
  }
  for (const rule of book.rules) {
    // Points 5 and 10: what is no ground by itself, and what is not in force, is no policy.
    if (rule.standalone === false || rule.pending === true) continue;
    for (const purpose of purposesOf(rule)) {
      for (const category of rule.dataCategories) {
        const name = `${purpose} ${category}` as const;
        const set = policies.get(name);
        if (set !== undefined) set[rule.id] = policyOf(rule, name, book);
      }
    }
  }
  return { policies };
}

/** Points 1, 3 and 15: which questions a rule has a say in. A denial is what is left where no policy permits. */
function purposesOf({ effect }: Rule): readonly Purpose[] {
  switch (effect) {
    case "PERMIT_COMPULSORY":
    case "PERMIT_EMERGENCY":
    case "PERMIT_VOLUNTARY":
    case "NATIONAL_PRECONDITION":
      return ["disclose"];
    case "PERMIT_PRESERVATION":
    case "MLA_ONLY":
      return ["disclose", "otherwise"];
    default:
      return [];
  }
}

function policyOf(rule: Rule, action: `${Purpose} ${DataCategory}`, book: RuleBookDocument): string {
  const scope = `(principal, action == Action::"${action}", resource)`;
  const reach = and(
    anyCountry("principal", "context.requesting", rule.requesting),
    anyCountry("resource", "context.provider", rule.provider.countries),
    rule.provider.crossBorderOnly === true ? "principal != resource" : "true",
    anyPlatform(rule.provider.platforms),
    rule.validFrom === null ? "true" : `context.date >= ${dayNumber(rule.validFrom)}`,
    rule.validTo === null ? "true" : `context.date < ${dayNumber(rule.validTo)}`,
    ...(rule.exceptions ?? []).map(
      ({ platforms, from }) => `!(${anyPlatform(platforms)} && context.date >= ${dayNumber(from)})`,
    ),
  );
  const test = and(offence(rule.offence), authority(rule.issuingAuthorities));
  if (rule.effect === "NATIONAL_PRECONDITION") return `forbid ${scope} when { ${reach} && !(${test}) };`;
  const emergency = rule.effect === "PERMIT_EMERGENCY" ? is("emergency", true) : "true";
  return `permit ${scope} when { ${and(reach, emergency, test, persons(rule.subjectRestrictions), judiciary(rule, book))} };`;
}

const groups: Readonly<Record<string, (side: string) => string>> = {
  EU27: (side) => `${side} has euUntil && context.date < ${side}.euUntil`,
  EU_EEVIDENCE: (side) => `${side} has eEvidenceFrom && context.date >= ${side}.eEvidenceFrom`,
  BUDAPEST: (side) => `${side} has budapestFrom && context.date >= ${side}.budapestFrom`,
  CETS224_RATIFIED: (side) => `${side} has cets224From && context.date >= ${side}.cets224From`,
  NONE: () => "false",
};

const memberAtAnyTime: Readonly<Record<string, (side: Side) => boolean>> = {
  EU27: ({ euUntil }) => euUntil !== undefined,
  EU_EEVIDENCE: ({ eEvidenceFrom }) => eEvidenceFrom !== undefined,
  BUDAPEST: ({ budapestFrom }) => budapestFrom !== undefined,
  CETS224_RATIFIED: ({ cets224From }) => cets224From !== undefined,
  NONE: () => false,
};

/** Whether a pattern names the state at any time at all. Where none does, `anyCountry` is false whatever else is asked. */
export function isEverNamed(patterns: readonly string[], code: string, side: Side): boolean {
  return patterns.some((pattern) => {
    if (pattern.startsWith("*-")) return pattern.slice(2) !== code;
    if (pattern.startsWith("group:")) return memberAtAnyTime[pattern.slice("group:".length)]?.(side) ?? false;
    return pattern === "*" || pattern === code;
  });
}

function anyCountry(state: "principal" | "resource", side: string, patterns: readonly string[]): string {
  return or(
    ...patterns.map((pattern) => {
      if (pattern === "*") return "true";
      if (pattern.startsWith("*-")) return `${state} != State::"${pattern.slice(2)}"`;
      if (pattern.startsWith("group:")) return groups[pattern.slice("group:".length)]?.(side) ?? "false";
      return `${state} == State::"${pattern}"`;
    }),
  );
}

function anyPlatform(patterns: readonly string[]): string {
  return or(
    ...patterns.map((pattern) => {
      if (pattern === "*") return "true";
      return pattern.startsWith("*-")
        ? `context.platform != "${pattern.slice(2)}"`
        : `context.platform == "${pattern}"`;
    }),
  );
}

/** Point 8. */
function offence(test: OffenceTest): string {
  switch (test.mode) {
    case "ALL":
      return "true";
    case "LISTED":
      return among("context.offence", test.categories);
    case "THRESHOLD":
      return years(test.minMaxCustodialYears);
    case "THRESHOLD_OR_LISTED":
      return or(years(test.minMaxCustodialYears), among("context.offence", test.categories));
    case "ANY_OF":
      return or(...test.options.map(option));
  }
}

function option(stated: OffenceOption): string {
  return and(
    stated.minMaxCustodialYears === undefined ? "true" : years(stated.minMaxCustodialYears),
    stated.committedOnline === undefined ? "true" : is("online", stated.committedOnline),
    stated.solePurposeIdentification === undefined ? "true" : is("identification", stated.solePurposeIdentification),
    // No question carries these two: they are false.
    String(stated.victimDeviceOnVictimRequest !== true),
    String(stated.missingPerson !== true),
  );
}

function years(least: number): string {
  return `context has years && context.years >= ${scaled(least)}`;
}

/** Point 7. */
function authority(entries: readonly AuthorityTest[]): string {
  if (entries.length === 0) return "true";
  return or(
    ...entries.map(({ kinds, validatedBy, emergencyWithoutPriorValidation }) =>
      and(
        among("context.authority", kinds),
        validatedBy === undefined
          ? "true"
          : or(
              `context has validatedBy && ${among("context.validatedBy", validatedBy)}`,
              emergencyWithoutPriorValidation === true ? is("emergency", true) : "false",
            ),
      ),
    ),
  );
}

/** Point 4. */
function persons(restrictions: SubjectRestrictions | null): string {
  const { excludeNationality, excludePermanentResidentsOf, excludeLocatedIn } = restrictions ?? {};
  const reached = (fact: string, countries: readonly string[] | undefined) =>
    countries === undefined
      ? "true"
      : `(if context has ${fact} then !${among(`context.${fact}`, countries)} else ${is("known", false)})`;
  return and(
    reached("nationality", excludeNationality),
    reached("residence", excludePermanentResidentsOf),
    reached("locatedIn", excludeLocatedIn),
  );
}

/** Point 9: the provider's own line from its first day on, and its overrides; else the line that the book proposes. */
function judiciary(rule: Rule, { platforms, judiciaryModel }: RuleBookDocument): string {
  if (rule.effect !== "PERMIT_VOLUNTARY" || !rule.independentJudiciary.required) return "true";
  const reaches = (line: number) => `context.requesting has figure && context.requesting.figure >= ${scaled(line)}`;
  const established = judiciaryModel.proposedPolicy.bands.find(({ state }) => state === "ESTABLISHED");
  let test = established === undefined ? "false" : reaches(established.min);
  for (const { code, judiciaryPolicy } of platforms) {
    if (judiciaryPolicy === null) continue;
    const overrides = (judiciaryPolicy.overrides ?? []).map(
      ({ country, from, until }) =>
        `principal == State::"${country}" && context.date >= ${dayNumber(from)} && context.date < ${until === null ? never : dayNumber(until)}`,
    );
    const own = or(reaches(judiciaryPolicy.line), ...overrides);
    test = `(if context.platform == "${code}" && context.date >= ${dayNumber(judiciaryPolicy.since)} then ${own} else ${test})`;
  }
  return test;
}

function is(flag: string, expected: boolean): string {
  return expected ? `context has ${flag}` : `!(context has ${flag})`;
}

function among(value: string, words: readonly string[]): string {
  return `${JSON.stringify(words)}.contains(${value})`;
}

function and(...tests: readonly string[]): string {
  const open = tests.filter((test) => test !== "true");
  return open.length === 0 ? "true" : open.map((test) => `(${test})`).join(" && ");
}

function or(...tests: readonly string[]): string {
  if (tests.includes("true")) return "true";
  const open = tests.filter((test) => test !== "false");
  return open.length === 0 ? "false" : `(${open.map((test) => `(${test})`).join(" || ")})`;
}
