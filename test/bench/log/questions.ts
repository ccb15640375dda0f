import { auditChecks } from "../../../subgraphs/audit/query/audit-checks.js";
import { chiefAuditor, frenchAuditor } from "../../subgraphs/audit/kit.js";

/** A question to the log of so many entries; `turn` makes it another one each time it is asked. */
export interface Question {
  readonly name: string;
  readonly as: typeof chiefAuditor;
  ask(turn: number): string;
}

const maltese = { ...frenchAuditor, country: "MT" };
const page = (filter: string, paging = "first: 20"): string =>
  `{ accessLog(filter: { ${filter} }, ${paging}) { nodes { index actor subject { id } outcome fields { field permitted code rows } } } }`;

/** Pages of 20: what an auditor asks first, what finds little or nothing, and every check. */
export function pageQuestions(entries: number, at: Date): Question[] {
  const asked = (name: string, ask: (turn: number) => string, as = chiefAuditor): Question => ({ name, as, ask });
  /** A warrant that is not among the large ones, and was issued early enough to be asked under. */
  const warrant = (turn: number): number => 50 + ((turn * 7919) % Math.max(1, Math.floor(entries / 40) - 3100));
  const day = (back: number): string => new Date(at.getTime() - back * 86_400_000).toISOString();
  const period = (turn: number, days: number): string =>
    `from: "${day(30 + ((turn * 37) % 650))}", to: "${day(30 + ((turn * 37) % 650) - days)}"`;
  return [
    asked("no filter", () => page("")),
    asked("the newest", () => page("", "last: 20")),
    asked("who saw this person, in two months", (turn) =>
      page(`subjectId: "u${warrant(turn) * 4}", ${period(turn, 60)}`),
    ),
    asked("who ever saw this person", (turn) => page(`subjectId: "u${warrant(turn) * 4}"`)),
    asked("a person whom nobody saw", () => page('subjectId: "nobody"')),
    asked("under a warrant", (turn) => page(`warrantId: "warrant-${warrant(turn)}"`)),
    asked("under a warrant with 10,000 records in ten million", (turn) => page(`warrantId: "warrant-${turn % 50}"`)),
    asked("the same, of another country", (turn) => page(`warrantId: "warrant-${turn % 50}"`), maltese),
    asked("in a case", (turn) => page(`caseId: "case-${Math.floor(warrant(turn) / 3)}"`)),
    asked("what one actor did", (turn) => page(`actor: "fr-court-${turn % 20}-judge-${turn % 4}"`)),
    asked("an authority's", (turn) => page(`authorityId: "de-court-${turn % 20}"`)),
    asked("a small country's", () => page('country: "MT"')),
    asked("a platform's, to its auditor", () => page('platform: "FJORDNET"'), frenchAuditor),
    asked("denials for one reason", () => page("permitted: false, code: PERSON_CONDITION")),
    asked("denials for a reason that none had", () => page("code: NOT_IN_FORCE")),
    asked("permitted against a reason", () => page("permitted: true, code: HELD")),
    asked("disclosures of a category", () => page("permitted: true, category: CONTENT")),
    asked("by a rule", () => page('ruleId: "R-EE-TRAFFIC"')),
    asked("by a rule, in one month", (turn) => page(`ruleId: "R-EE-TRAFFIC", ${period(turn, 30)}`)),
    asked("an effect that none had", () => page("effect: PERMIT_VOLUNTARY")),
    asked("emergencies", () => page("emergency: true")),
    asked("emergencies of a small country", () => page("emergency: true"), maltese),
    asked("nobody knows whether they arrived", () => page("outcome: UNKNOWN")),
    asked("who read the log", () => page("purpose: CONSULTATION")),
    asked("one hour", (turn) => page(period(turn, 1 / 24))),
    asked("one month", (turn) => page(period(turn, 30))),
    asked("one month, from its end", (turn) => page(period(turn, 30), "last: 20")),
    asked("one month of a small country", (turn) => page(period(turn, 30)), maltese),
    asked(
      "everything, from an index on",
      (turn) => `{ logEntries(from: ${(turn * 104_729) % entries}, first: 20) { index } }`,
      maltese,
    ),
    asked("which warrants and cases are named, of 100", (turn) => {
      const ids = Array.from({ length: 50 }, (_, place) => warrant(turn * 50 + place));
      return `{ namedInLog(warrantIds: ${JSON.stringify(ids.map((id) => `warrant-${id}`))}, caseIds: ${JSON.stringify(ids.map((id) => `case-${id}`))}) { warrants cases } }`;
    }),
    ...Object.keys(auditChecks).flatMap((check) => [
      asked(`check ${check}`, () => `{ auditCheck(check: ${check}, first: 20) { treeSize nodes { at text } } }`),
    ]),
    asked(
      "check RECORDED_NOT_DELIVERED, one month, a small country",
      (turn) => `{ auditCheck(check: RECORDED_NOT_DELIVERED, first: 20, ${period(turn, 30)}) { nodes { at } } }`,
      maltese,
    ),
    asked(
      "check UNUSUAL_VOLUME, one month",
      (turn) => `{ auditCheck(check: UNUSUAL_VOLUME, first: 20, ${period(turn, 30)}) { nodes { at } } }`,
    ),
  ];
}

/** Counts of all that a filter finds: no pages. */
export function countQuestions(entries: number, at: Date): Question[] {
  const count = (by: string, filter: string): string =>
    `{ accessStatistics(by: [${by}], filter: { ${filter} }) { keys permitted denied operations subjects } }`;
  const from = new Date(at.getTime() - 60 * 86_400_000).toISOString();
  const to = new Date(at.getTime() - 30 * 86_400_000).toISOString();
  const asked = (name: string, ask: (turn: number) => string): Question => ({ name, as: chiefAuditor, ask });
  return [
    asked("statistics of a warrant by category", (turn) =>
      count("CATEGORY", `warrantId: "warrant-${50 + ((turn * 7919) % Math.max(1, Math.floor(entries / 40)))}"`),
    ),
    asked("statistics of an actor by month", (turn) =>
      count("MONTH", `actor: "fr-court-${turn % 20}-judge-${turn % 4}"`),
    ),
    asked("statistics of a month by country", () => count("COUNTRY", `from: "${from}", to: "${to}"`)),
    asked("statistics of everything by country", () => count("COUNTRY", "")),
    asked("statistics of everything by code and month", () => count("CODE, MONTH", "")),
  ];
}
