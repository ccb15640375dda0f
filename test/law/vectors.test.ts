import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { instantOn } from "../../schema/law/calendar-date.js";
import { decide } from "../../schema/law/decide.js";
import type { SubjectFacts } from "../../schema/law/question.js";
import type { AuthorityKind, DataCategory } from "../../schema/law/vocabulary.js";
import { ask, book } from "./book.js";

interface Vector {
  readonly id: string;
  readonly why: string;
  readonly date: string;
  readonly requesting: string;
  readonly providerCountry: string;
  readonly platform: string;
  readonly dataCategory: DataCategory;
  readonly offence: string;
  readonly maxCustodialYears: number;
  readonly authority: AuthorityKind;
  readonly subject: SubjectFacts;
  readonly emergency: boolean;
  readonly preservation: boolean;
  readonly committedOnline?: boolean;
  readonly solePurposeIdentification?: boolean;
  readonly offenceCommittedIn?: string;
  readonly expect: string;
  readonly rule: string;
  readonly deadlineHours?: number;
  readonly notify?: boolean;
}

const vectors = JSON.parse(readFileSync("test/cases/vectors.json", "utf8")) as readonly Vector[];

describe("dated requests with the expected answer (test/cases/vectors.json)", () => {
  test.each(vectors)("$id $date: $expect by $rule, $why", (vector) => {
    const timeZone = book.countries.find(({ alpha2 }) => alpha2 === vector.requesting)?.timeZone ?? "UTC";
    const decision = decide(
      ask({
        at: instantOn(vector.date, timeZone),
        requesting: vector.requesting,
        providerCountry: vector.providerCountry,
        platform: vector.platform,
        category: vector.dataCategory,
        offenceCategory: vector.offence,
        maxCustodialYears: vector.maxCustodialYears,
        authority: vector.authority,
        subject: vector.subject,
        emergency: vector.emergency,
        preservation: vector.preservation,
        committedOnline: vector.committedOnline ?? false,
        solePurposeIdentification: vector.solePurposeIdentification ?? false,
        offenceCountry: vector.offenceCommittedIn ?? null,
      }),
      book,
    );
    expect(decision).toMatchObject({ effect: vector.expect, ruleId: vector.rule });
    if (vector.deadlineHours !== undefined) expect(decision.deadlineHours).toBe(vector.deadlineHours);
    if (vector.notify !== undefined) {
      expect(decision.obligations.some(({ kind }) => kind === "NOTIFY_ENFORCING_AUTHORITY")).toBe(vector.notify);
    }
  });

  test("all of them are there", () => {
    expect(vectors.length).toBe(15);
  });
});
