import { describe, expect, test } from "@jest/globals";
import { askerOf, firstBook, type TreatyUnderTest } from "./treaty-under-test.js";

/** Fields that treaty adds to entities of others, and its own entities by key. */
export function testWarrantFields(treaty: () => TreatyUnderTest): void {
  const ask = askerOf(treaty);
  describe("fields of a warrant", () => {
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) {
    ... on WarrantItem { decision { effect code permitted deadlineHours rule { id } obligations { kind } } } ... on Rule { id summary } ... on Offence { label } ... on RuleBook { version } ... on Country { name } ... on Instrument { name } } }`;
    const question = {
      at: "2026-11-23T10:00:00.000Z",
      requesting: "DE",
      authority: "JUDGE",
      validatedBy: null,
      platform: "FACEBOOK",
      category: "CONTENT",
      offenceCodes: ["DE-STGB-130"],
      committedOnline: true,
      offenceCountry: "DE",
      solePurposeIdentification: true,
      emergency: false,
      preservation: false,
      nationality: null,
      residence: "FR",
      locatedIn: null,
      protectedRole: null,
    };
    const entities = async (...representations: object[]) => (await ask(query, { r: representations }))._entities;

    test("an item is decided on the question that justice puts; of several offences the best answer counts", async () => {
      const [item] = await entities({ __typename: "WarrantItem", id: "item-1", question });
      expect(item.decision).toMatchObject({
        effect: "PERMIT_COMPULSORY",
        rule: { id: "R-EE-CONTENT" },
        deadlineHours: 240,
      });
      expect(item.decision.obligations.map(({ kind }: { kind: string }) => kind)).toEqual([
        "NOTIFY_ENFORCING_AUTHORITY",
        "HOLD",
        "INFORM_USER",
      ]);
      const french = { ...question, requesting: "FR", offenceCountry: "FR" };
      const [hate, both] = await entities(
        { __typename: "WarrantItem", id: "item-2", question: { ...french, offenceCodes: ["FR-1881-24"] } },
        {
          __typename: "WarrantItem",
          id: "item-3",
          question: { ...french, offenceCodes: ["FR-1881-24", "FR-CP-421-2-5"] },
        },
      );
      expect([hate.decision.code, both.decision.rule.id]).toEqual(["OFFENCE_BELOW_THRESHOLD", "R-EE-CONTENT"]);
    });

    test("what a record names can be read: rule, offence, instrument, country, rule book", async () => {
      const found = await entities(
        { __typename: "Rule", id: "R-EE-IDENT" },
        { __typename: "Rule", id: "R-NO-SUCH" },
        { __typename: "Offence", code: "DE-STGB-130" },
        { __typename: "Instrument", id: "ETS-185" },
        { __typename: "Country", code: "IE" },
        { __typename: "RuleBook", hash: firstBook.hash },
      );
      expect(found).toMatchObject([
        { id: "R-EE-IDENT" },
        null,
        { label: "incitement to hatred (section 130(1))" },
        { name: "Convention on Cybercrime (Budapest)" },
        { name: "Ireland" },
        { version: "0.1.0" },
      ]);
    });
  });
}
