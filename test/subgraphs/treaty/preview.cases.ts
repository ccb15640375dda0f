import { describe, expect, test } from "@jest/globals";
import type { Principal } from "../../../schema/principal.js";
import { askerOf, engineer, firstBook, parisJudge, type TreatyUnderTest } from "./treaty-under-test.js";

/** The root `preview`. */
export function testPreview(treaty: () => TreatyUnderTest): void {
  const ask = askerOf(treaty);
  describe("preview", () => {
    const query = `query ($i: PreviewInput!) { preview(input: $i) {
    decisions { category permitted code rule { id } obligations { kind } } competence { code message field rule { id } } missing { code field rule { id } } addressee { id } ruleBook { hash } } }`;
    const hate = { committedOnline: true, offenceCountry: "FR", offences: [{ code: "FR-1881-24" }] };
    const preview = async (input: object, known: Record<string, unknown>, principal: Principal = parisJudge) => {
      treaty().graph.answer = known;
      return (
        await ask(
          query,
          {
            i: {
              platform: "FACEBOOK",
              categories: ["SUBSCRIBER", "USER_IDENTIFICATION", "TRAFFIC", "CONTENT"],
              ...input,
            },
          },
          principal,
        )
      ).preview;
    };
    const judge = { kind: "JUDGE", country: "FR" };

    test("speaks for the authority of the token, about the offences of the case, and finds the addressee", async () => {
      const answer = await preview(
        { caseId: "case-1", believed: { residence: "FR" } },
        { authority: judge, case: hate },
      );
      expect(
        answer.decisions.map((decision: { rule: { id: string }; permitted: boolean }) => [
          decision.rule.id,
          decision.permitted,
        ]),
      ).toEqual([
        ["R-EE-IDENT", true],
        ["R-EE-IDENT", true],
        ["R-FR-60-1-2", false],
        ["R-DEFAULT", false],
      ]);
      expect(answer).toMatchObject({
        addressee: { id: "facebook-ie" },
        competence: [],
        missing: [],
        ruleBook: { hash: firstBook.hash },
      });
      expect(treaty().graph.asked.at(-1)?.variables).toEqual({
        authority: "fr-tj-paris",
        case: "case-1",
        hasCase: true,
      });
    });

    test("says which categories need a validation, by whom and under which rule", async () => {
      const prosecutor: Principal = { ...parisJudge, country: "DE", authority: "de-sta-berlin" };
      const input = { offenceCodes: ["DE-STGB-130"], offenceCountry: "DE", believed: { residence: "DE" } };
      const known = { authority: { kind: "PUBLIC_PROSECUTOR", country: "DE" } };
      const answer = await preview(input, known, prosecutor);
      expect(answer.competence).toEqual([
        {
          code: "VALIDATION_MISSING",
          message: "TRAFFIC needs a validation by JUDGE, COURT or INVESTIGATING_JUDGE (R-EE-TRAFFIC).",
          field: ["categories", "2"],
          rule: { id: "R-EE-TRAFFIC" },
        },
        {
          code: "VALIDATION_MISSING",
          message: "CONTENT needs a validation by JUDGE, COURT or INVESTIGATING_JUDGE (R-EE-CONTENT).",
          field: ["categories", "3"],
          rule: { id: "R-EE-CONTENT" },
        },
      ]);
      expect((await preview({ ...input, validatedBy: "JUDGE" }, known, prosecutor)).competence).toEqual([]);
    });

    test("says who could order it where the authority cannot", async () => {
      const answer = await preview(
        { offenceCodes: ["FR-1881-24"], committedOnline: true, categories: ["SUBSCRIBER"] },
        { authority: { kind: "ADMINISTRATIVE_AUTHORITY", country: "FR" } },
      );
      expect(answer.competence).toEqual([
        {
          code: "AUTHORITY_NOT_COMPETENT",
          message:
            "SUBSCRIBER cannot be ordered by ADMINISTRATIVE_AUTHORITY; JUDGE, COURT, INVESTIGATING_JUDGE or PUBLIC_PROSECUTOR could (R-EE-IDENT).",
          field: ["categories", "0"],
          rule: { id: "R-EE-IDENT" },
        },
      ]);
    });

    test("says what the answer hangs on", async () => {
      const british: Principal = { ...parisJudge, country: "GB", authority: "gb-cc-london" };
      const answer = await preview(
        { offenceCodes: ["GB-TA-58"], believed: { residence: "GB" } },
        { authority: { kind: "JUDGE", country: "GB" } },
        british,
      );
      expect(answer.missing).toEqual([{ code: "PERSON_FACTS", field: ["believed"], rule: { id: "R-GB-US-DAA" } }]);
      const unknownHome = await preview(
        { offenceCodes: ["X-HATE"] },
        { authority: { kind: "JUDGE", country: "DE" } },
        { ...parisJudge, country: "DE", authority: "de-ag-berlin" },
      );
      expect(unknownHome.missing.map(({ code }: { code: string }) => code)).toEqual(["OFFENCE_COUNTRY", "RESIDENCE"]);
    });

    test("without an authority, a case or an offence it says so and decides nothing", async () => {
      expect(await preview({ offenceCodes: ["X-HATE"] }, {}, engineer)).toMatchObject({
        decisions: [],
        missing: [{ code: "AUTHORITY" }],
      });
      expect(await preview({ caseId: "case-9" }, { authority: judge, case: null })).toMatchObject({
        decisions: [],
        missing: [{ code: "CASE", field: ["caseId"] }],
      });
      const noOffence = await preview({ believed: { residence: "FR" } }, { authority: judge });
      expect(noOffence.missing).toMatchObject([{ code: "OFFENCE" }]);
      expect(noOffence.decisions.every((decision: { permitted: boolean }) => !decision.permitted)).toBe(true);
    });

    test("a subgraph that asks back speaks for its caller", async () => {
      const service: Principal = {
        sub: "justice",
        role: "SERVICE",
        service: "justice",
        country: null,
        authority: null,
        platform: null,
        onBehalfOf: parisJudge,
      };
      expect(
        (await preview({ offenceCodes: ["FR-1881-24"], categories: ["SUBSCRIBER"] }, { authority: judge }, service))
          .decisions,
      ).toHaveLength(1);
    });

    test("an offence may be committed in a country that the rule book does not know", async () => {
      treaty().graph.answer = { authority: judge };
      const input = {
        platform: "FACEBOOK",
        offenceCodes: ["X-HATE"],
        offenceCountry: "PK",
        categories: ["SUBSCRIBER"],
      };
      const { data, errors } = await treaty().ask(query, { i: input }, parisJudge);
      expect(errors).toBeUndefined();
      expect(data.preview.decisions).toHaveLength(1);
    });

    test("without a category there is nothing to decide, and that is said", async () => {
      treaty().graph.answer = { authority: judge };
      const input = { platform: "FACEBOOK", offenceCodes: ["X-HATE"], categories: [], believed: { residence: "FR" } };
      const { data } = await treaty().ask(query, { i: input }, parisJudge);
      expect(data.preview.missing.map(({ code }: { code: string }) => code)).toEqual(["CATEGORIES"]);
    });

    test.each([
      ["REGISTER", { offenceCodes: ["X-HATE"] }, { authority: null }],
      ["REGISTER", { offenceCodes: ["X-HATE"] }, { authority: { kind: "JUDGE", country: "DE" } }],
      ["OFFENCE", { offenceCodes: ["GB-TA-58"] }, { authority: judge }],
      ["OFFENCE", { offenceCodes: ["NO-SUCH"] }, { authority: judge }],
      ["PLATFORM", { platform: "NOWHERE" }, { authority: judge }],
    ])("is refused: %s for %j", async (refusal, input, known) => {
      treaty().graph.answer = known;
      const { data, errors } = await treaty().ask(
        query,
        { i: { platform: "FACEBOOK", categories: ["SUBSCRIBER"], ...input } },
        parisJudge,
      );
      expect([data, errors?.[0]?.extensions.refusal]).toEqual([{ preview: null }, refusal]);
    });
  });
}
