import { describe, expect, test } from "@jest/globals";
import { askerOf, firstBook, type TreatyUnderTest } from "./treaty-under-test.js";

/** Roots that show the rule book in force. */
export function testReading(treaty: () => TreatyUnderTest): void {
  const ask = askerOf(treaty);
  describe("the law to read", () => {
    test("matrix: one cell for each state and category, each on the date of its own capital", async () => {
      const query = `query ($d: Date) { matrix(asOf: $d, providerCountry: "IE", platform: "FACEBOOK", offenceCategory: "RACISM_XENOPHOBIA", maxCustodialYears: 5) { requesting category effect rule { id } } }`;
      const before = (await ask(query, { d: "2026-08-17" })).matrix;
      const after = (await ask(query, { d: "2026-08-18" })).matrix;
      expect([before.length, after.length]).toEqual([340, 340]);
      const german = (cells: { requesting: string; category: string; effect: string; rule: { id: string } }[]) =>
        cells.filter(({ requesting }) => requesting === "DE").map(({ effect }) => effect);
      expect(german(before)).toEqual(["DENY", "DENY", "DENY", "DENY"]);
      expect(german(after)).toEqual([
        "PERMIT_COMPULSORY",
        "PERMIT_COMPULSORY",
        "PERMIT_COMPULSORY",
        "PERMIT_COMPULSORY",
      ]);
    });

    test("rules: by day, state, provider's country and category, in words", async () => {
      const query =
        "query ($d: Date, $r: CountryCode, $p: CountryCode) { rules(asOf: $d, requesting: $r, providerCountry: $p, category: CONTENT) { id } }";
      const ids = async (variables: object) =>
        (await ask(query, { ...variables })).rules.map(({ id }: { id: string }) => id);
      expect(await ids({ d: "2026-08-17", r: "DE", p: "IE" })).toEqual(["R-DEFAULT", "R-DSA-18"]);
      expect(await ids({ d: "2026-08-18", r: "DE", p: "IE" })).toEqual([
        "R-EE-CONTENT",
        "R-EE-PRESERVE",
        "R-DEFAULT",
        "R-DSA-18",
      ]);
      expect(await ids({ r: "RS", p: "JP" })).toContain("R-224-ART9");
      const { rules } = await ask(
        "{ rules(requesting: FR, providerCountry: IE, category: TRAFFIC) { id effect offence authorities restrictions summary validFrom pending instrument { id rules { id } } citations { title } } }"
          .replace("FR", '"FR"')
          .replace("IE", '"IE"'),
      );
      const precondition = rules.find(({ id }: { id: string }) => id === "R-FR-60-1-2");
      expect(precondition).toMatchObject({
        effect: "NATIONAL_PRECONDITION",
        validFrom: "2022-03-03",
        pending: false,
        instrument: { id: "FR-CPP-60-1-2", rules: [{ id: "R-FR-60-1-2" }] },
      });
      expect(precondition.offence).toMatch(
        /^one of: a maximum of at least 3 years; a maximum of at least 1 year and committed online and for the sole purpose of identification/,
      );
    });

    test("countries, with the instruments they are party to and a provider's policy that is no ranking", async () => {
      const { countries, country, none } = await ask(`{ countries { code } none: country(code: "PK") { code }
      country(code: "FR") { name instruments { id } judiciary { state policyOf source year values { indicator value } notice } } }`);
      expect(countries).toHaveLength(85);
      expect(none).toBeNull();
      expect(country).toMatchObject({
        name: "France",
        judiciary: {
          state: "MEETS_PROVIDER_POLICY",
          policyOf: "FACEBOOK",
          year: 2020,
          values: [
            { indicator: "WJP-1.2", value: 0.67 },
            { indicator: "WJP-8.6", value: 0.64 },
          ],
        },
      });
      expect(country.instruments.map(({ id }: { id: string }) => id)).toEqual(
        expect.arrayContaining(["US-FR-MLAT", "ETS-185", "EU-2023-1543"]),
      );
      expect(country.judiciary.notice).toMatch(/no statement about any court/);
      const states = await ask(
        '{ br: country(code: "BR") { judiciary { state } } ch: country(code: "CH") { judiciary { state values { value } } } }',
      );
      expect(states).toEqual({
        br: { judiciary: { state: "REVIEW_BY_PERSON" } },
        ch: { judiciary: { state: "NO_FIGURE", values: [] } },
      });
    });

    test("offences of a state and of all; instruments; the book", async () => {
      const { offences, instruments, ruleBook } = await ask(
        '{ offences(country: "FR", category: "RACISM_XENOPHOBIA") { code maxCustodialYears } instruments { id kind } ruleBook { version hash knownGaps disclaimer } }',
      );
      expect(offences).toEqual([
        { code: "FR-1881-24", maxCustodialYears: 1 },
        { code: "X-HATE", maxCustodialYears: 3 },
      ]);
      expect(instruments).toHaveLength(22);
      expect(ruleBook).toMatchObject({
        version: "0.1.0",
        hash: firstBook.hash,
        disclaimer: expect.stringMatching(/not legal advice/),
      });
      expect(ruleBook.knownGaps).toHaveLength(10);
    });

    test.each([
      ["COUNTRY", '{ rules(requesting: "PK") { id } }'],
      ["COUNTRY", '{ offences(country: "PK") { code } }'],
      ["OFFENCE", '{ offences(category: "SPITTING") { code } }'],
      ["COUNTRY", '{ matrix(providerCountry: "PK", platform: "FACEBOOK", offenceCategory: "OTHER") { effect } }'],
      ["OFFENCE", '{ matrix(providerCountry: "IE", platform: "FACEBOOK", offenceCategory: "SPITTING") { effect } }'],
    ])("is refused: %s for %s", async (refusal, query) => {
      expect((await treaty().ask(query)).errors?.[0]?.extensions).toEqual({ code: "BAD_USER_INPUT", refusal });
    });
  });
}
