import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { askerOf, firstBook, type TreatyUnderTest } from "./treaty-under-test.js";

/** The root `decide`. */
export function testDecide(treaty: () => TreatyUnderTest): void {
  const ask = askerOf(treaty);
  describe("decide", () => {
    const query = `query ($q: Question!) { decide(question: $q) {
    effect code permitted reason rule { id instrument { id } } deadlineHours providerCountry
    unmet { rule { id } fact expected actual } channels { id } nextSteps { kind rule { id } typicalDays } obligations { kind owner dueHours } citations { id title confirmed }
    ruleBook { version hash asOf } } }`;
    const question = {
      requesting: "FR",
      authority: "JUDGE",
      providerCountry: "IE",
      platform: "FACEBOOK",
      category: "TRAFFIC",
      offenceCategory: "RACISM_XENOPHOBIA",
      maxCustodialYears: 1,
      committedOnline: true,
    };

    interface Vector {
      id: string;
      date: string;
      requesting: string;
      providerCountry: string;
      platform: string;
      dataCategory: string;
      offence: string;
      maxCustodialYears: number;
      authority: string;
      subject: object;
      emergency: boolean;
      preservation: boolean;
      committedOnline?: boolean;
      solePurposeIdentification?: boolean;
      offenceCommittedIn?: string;
      expect: string;
      rule: string;
      deadlineHours?: number;
      notify?: boolean;
    }
    const vectors = JSON.parse(readFileSync("test/cases/vectors.json", "utf8")) as Vector[];
    test.each(vectors)("$id: $expect by $rule", async (vector) => {
      const { decide } = await ask(query, {
        q: {
          at: `${vector.date}T10:00:00Z`,
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
          committedOnline: vector.committedOnline,
          solePurposeIdentification: vector.solePurposeIdentification,
          offenceCountry: vector.offenceCommittedIn,
        },
      });
      expect({ effect: decide.effect, rule: decide.rule.id }).toEqual({ effect: vector.expect, rule: vector.rule });
      if (vector.deadlineHours !== undefined) expect(decide.deadlineHours).toBe(vector.deadlineHours);
      if (vector.notify !== undefined)
        expect(decide.obligations.some((duty: { kind: string }) => duty.kind === "NOTIFY_ENFORCING_AUTHORITY")).toBe(
          vector.notify,
        );
    });

    test("answers for now where no moment is given, with rules, citations and the book that decided", async () => {
      const { decide } = await ask(query, { q: question });
      expect(decide).toMatchObject({
        effect: "DENY",
        code: "NATIONAL_PRECONDITION",
        permitted: false,
        rule: { id: "R-FR-60-1-2", instrument: { id: "FR-CPP-60-1-2" } },
        unmet: [
          {
            rule: { id: "R-FR-60-1-2" },
            fact: "offence",
            actual: "RACISM_XENOPHOBIA, maximum 1 year, committed online",
          },
          { rule: { id: "R-EE-TRAFFIC" }, fact: "offence" },
        ],
        channels: [{ id: "R-EE-PRESERVE" }],
        nextSteps: [{ kind: "ASK_FEWER_CATEGORIES" }, { kind: "PRESERVE_NOW", rule: { id: "R-EE-PRESERVE" } }],
        ruleBook: { version: "0.1.0", hash: firstBook.hash, asOf: "2026-11-23" },
      });
      expect(decide.citations[0]).toEqual({
        id: "S-CPP-60-1-2",
        title: "French Code de procedure penale article 60-1-2 (loi 2022-299)",
        confirmed: true,
      });
    });

    test("a fact about the person stays unsaid", async () => {
      const { decide } = await ask(query, {
        q: {
          ...question,
          requesting: "GB",
          providerCountry: "US",
          category: "CONTENT",
          offenceCategory: "TERRORISM",
          maxCustodialYears: 15,
          subject: { nationality: "US" },
        },
      });
      expect(decide).toMatchObject({
        code: "PERSON_CONDITION",
        unmet: [{ rule: { id: "R-GB-US-DAA" }, fact: "person", actual: null }],
      });
      expect(JSON.stringify(decide)).not.toMatch(/national/i);
    });

    test("a state that the book does not know is denied, with the reason", async () => {
      const { decide } = await ask(query, { q: { ...question, requesting: "PK" } });
      expect(decide).toMatchObject({
        effect: "DENY",
        code: "NO_ROUTE",
        rule: { id: "R-DEFAULT" },
        reason: '"PK" is no requesting state of this rule book.',
      });
    });

    test("an unknown offence category is bad input", async () => {
      const { data, errors } = await treaty().ask(query, { q: { ...question, offenceCategory: "SPITTING" } });
      expect(data).toEqual({ decide: null });
      expect(errors?.[0]?.extensions).toEqual({ code: "BAD_USER_INPUT", refusal: "OFFENCE" });
    });
  });
}
