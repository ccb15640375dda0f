import { describe, expect, test } from "@jest/globals";
import { competenceObstacles } from "../../schema/law/competence-obstacles.js";
import { decideBest } from "../../schema/law/decide-best.js";
import { establishmentFor } from "../../schema/law/establishment-for.js";
import { type Order, questionsForWarrant } from "../../schema/law/questions-for-warrant.js";
import { dataCategories } from "../../schema/law/vocabulary.js";
import { ask, book, changedBook, ruleOf, storyMoment } from "./book.js";

const order: Order = {
  requesting: "FR",
  authority: "JUDGE",
  validatedBy: null,
  platform: "FACEBOOK",
  kind: "PRODUCTION",
  offenceCodes: ["FR-1881-24"],
  committedOnline: true,
  offenceCountry: "FR",
  solePurposeIdentification: true,
  emergency: false,
};
const inquiry = {
  order,
  category: "SUBSCRIBER",
  at: storyMoment,
  subject: { residence: "FR" },
  factsBasis: "DECLARED",
  providerCountry: null,
} as const;

describe("from a warrant to questions", () => {
  test("the offence comes from the table, the provider's country from the believed residence", () => {
    expect(questionsForWarrant(inquiry, book)).toEqual([
      ask({
        category: "SUBSCRIBER",
        offenceCategory: "RACISM_XENOPHOBIA",
        maxCustodialYears: 1,
        committedOnline: true,
        offenceCountry: "FR",
        solePurposeIdentification: true,
        subject: { residence: "FR" },
      }),
    ]);
  });

  test.each([
    ["SUBSCRIBER", true],
    ["USER_IDENTIFICATION", true],
    ["TRAFFIC", false],
    ["CONTENT", false],
  ] as const)("the sole purpose of identification is said of %s: %s", (category, said) => {
    expect(questionsForWarrant({ ...inquiry, category }, book)[0].solePurposeIdentification).toBe(said);
  });

  test("one question for each offence; a preservation order asks for preservation", () => {
    const questions = questionsForWarrant(
      { ...inquiry, order: { ...order, kind: "PRESERVATION", offenceCodes: ["FR-1881-24", "X-HATE"] } },
      book,
    );
    expect(questions.map(({ maxCustodialYears, preservation }) => [maxCustodialYears, preservation])).toEqual([
      [1, true],
      [3, true],
    ]);
  });

  test("what is not in the tables stays open: no offence, no sentence, nobody to address", () => {
    const nobody = { ...order, platform: "NOBODY", offenceCodes: [] };
    const [question] = questionsForWarrant({ ...inquiry, order: nobody }, book);
    expect(question).toMatchObject({ offenceCategory: "", maxCustodialYears: null, providerCountry: "" });
  });

  test("where no residence is believed, the provider is addressed as for the requesting state", () => {
    const from = (requesting: string) =>
      questionsForWarrant({ ...inquiry, order: { ...order, requesting }, subject: {} }, book)[0].providerCountry;
    expect([from("FR"), from("IN")]).toEqual(["IE", "US"]);
  });

  test("what the platform knows of its country goes before what is believed", () => {
    expect(questionsForWarrant({ ...inquiry, providerCountry: "US" }, book)[0].providerCountry).toBe("US");
  });

  test.each([
    [["GB-TA-58"], "an offence of another state"],
    [["NO-SUCH"], "an offence that is in no table"],
    [[], "no offence"],
    [["TERRORISM"], "a category in place of an offence"],
  ])("%j: %s is denied", (offenceCodes) => {
    const decision = decideBest(questionsForWarrant({ ...inquiry, order: { ...order, offenceCodes } }, book), book);
    expect(decision).toMatchObject({ effect: "DENY", code: "NO_ROUTE" });
    expect(decision.reason).toMatch(/No offence is named that this rule book knows/);
  });
});

describe("several offences: the best answer counts", () => {
  const content = { ...inquiry, category: "CONTENT" } as const;
  const answer = (...offenceCodes: string[]) =>
    decideBest(questionsForWarrant({ ...content, order: { ...order, offenceCodes } }, book), book);
  test("hate speech alone is below the threshold, terrorism beside it is not, in any order", () => {
    expect(answer("FR-1881-24").code).toBe("OFFENCE_BELOW_THRESHOLD");
    expect(answer("FR-1881-24", "FR-CP-421-2-5").ruleId).toBe("R-EE-CONTENT");
    expect(answer("FR-CP-421-2-5", "FR-1881-24").ruleId).toBe("R-EE-CONTENT");
  });

  test("of two denials the one of the rule with the lower priority number", () => {
    const [below, nothing] = [
      ask({ category: "TRAFFIC" }),
      ask({ category: "TRAFFIC", maxCustodialYears: 5, providerCountry: "FR" }),
    ];
    expect(decideBest([nothing, below], book).ruleId).toBe("R-FR-60-1-2");
  });

  test("of two equal answers that of the first offence", () => {
    expect(answer("FR-1881-24", "X-MINOR").reason).toMatch(/RACISM_XENOPHOBIA/);
    expect(answer("X-MINOR", "FR-1881-24").reason).toMatch(/here: OTHER/);
  });
});

describe("whom to address", () => {
  test.each([
    ["FACEBOOK", "FR", "DE", "facebook-ie"],
    ["FACEBOOK", "GB", "FR", "facebook-us"],
    ["FACEBOOK", null, "FR", "facebook-ie"],
    ["FACEBOOK", null, "IN", "facebook-us"],
    ["FACEBOOK", "RU", "US", "facebook-ie"],
    ["FACEBOOK", "PK", "FR", "facebook-us"],
    ["FJORDNET", "FR", "FR", "fjordnet-dk"],
  ])("%s, believed residence %s, requesting %s: %s", (platform, residence, requesting, id) => {
    expect(establishmentFor(platform, residence, requesting, book)?.id).toBe(id);
  });

  test("nobody at a platform that the book does not know", () => {
    expect(establishmentFor("NOBODY", "FR", "FR", book)).toBeNull();
  });

  test("one that names the country outright goes before one that serves everybody, whatever their order", () => {
    const reversed = changedBook(({ platforms }) => {
      for (const { establishments } of platforms) establishments.reverse();
    });
    expect(establishmentFor("FACEBOOK", "FR", "DE", reversed)?.id).toBe("facebook-ie");
    expect(establishmentFor("FACEBOOK", "GB", "FR", reversed)?.id).toBe("facebook-us");
  });

  const serving = (...patterns: readonly string[][]) =>
    changedBook(({ platforms: [platform] }) => {
      const [establishment] = platform?.establishments ?? [];
      if (platform === undefined || establishment === undefined) throw new Error("no establishment");
      platform.establishments = patterns.map((servesResidentsOf, place) => ({
        ...establishment,
        id: `place-${place}`,
        servesResidentsOf,
      }));
    });
  test.each([
    ["of two that name the country, the first", "FR", [["FR"], ["DE", "FR"]], "place-0"],
    ["of two that serve it otherwise, the first", "FR", [["DE"], ["DE", "group:EU27"], ["*"]], "place-1"],
    ["a country that the book does not know is served by one for all", "ZZ", [["group:EU27"], ["*"]], "place-1"],
    ["and by one for all but another", "ZZ", [["FR"], ["*-FR"]], "place-1"],
    ["but by no group and no other country", "ZZ", [["group:BUDAPEST", "FR"]], undefined],
    ["one for all but this country does not serve it", "FR", [["*-FR"]], undefined],
  ] as const)("%s", (_law, residence, patterns, id) => {
    const law = serving(...patterns.map((served) => [...served]));
    expect(establishmentFor(law.platforms[0]?.code ?? "", residence, "DE", law)?.id).toBe(id);
  });
});

describe("is the authority the obstacle?", () => {
  const german = { ...order, requesting: "DE", offenceCodes: ["DE-STGB-130"], offenceCountry: "DE" };
  const obstacles = (changed: Partial<Order>, residence = "DE") =>
    competenceObstacles(
      { order: { ...german, ...changed }, categories: dataCategories, subjects: [{ residence }], at: storyMoment },
      book,
    );

  test("a judge may ask for all four", () => {
    expect(obstacles({}).map(({ kind }) => kind)).toEqual(["COMPETENT", "COMPETENT", "COMPETENT", "COMPETENT"]);
  });

  test("a prosecutor needs a validation for traffic and content, and the rule says by whom", () => {
    expect(obstacles({ authority: "PUBLIC_PROSECUTOR" }).slice(1)).toEqual([
      { category: "USER_IDENTIFICATION", kind: "COMPETENT" },
      {
        category: "TRAFFIC",
        kind: "NEEDS_VALIDATION",
        ruleId: "R-EE-TRAFFIC",
        by: ["JUDGE", "COURT", "INVESTIGATING_JUDGE"],
      },
      {
        category: "CONTENT",
        kind: "NEEDS_VALIDATION",
        ruleId: "R-EE-CONTENT",
        by: ["JUDGE", "COURT", "INVESTIGATING_JUDGE"],
      },
    ]);
  });

  test("with the validation it is competent", () => {
    expect(
      obstacles({ authority: "PUBLIC_PROSECUTOR", validatedBy: "JUDGE" }).every(({ kind }) => kind === "COMPETENT"),
    ).toBe(true);
  });

  test("an administrative authority may not ask at all; others could", () => {
    expect(obstacles({ authority: "ADMINISTRATIVE_AUTHORITY" })[0]).toEqual({
      category: "SUBSCRIBER",
      kind: "NOT_COMPETENT",
      ruleId: "R-EE-IDENT",
      could: ["JUDGE", "COURT", "INVESTIGATING_JUDGE", "PUBLIC_PROSECUTOR"],
    });
  });

  test("what the law denies to everybody is no matter of competence", () => {
    const hate = competenceObstacles(
      {
        order: { ...order, authority: "PUBLIC_PROSECUTOR" },
        categories: ["TRAFFIC", "CONTENT"],
        subjects: [{ residence: "FR" }],
        at: storyMoment,
      },
      book,
    );
    expect(hate.map(({ kind }) => kind)).toEqual(["COMPETENT", "COMPETENT"]);
    const russian = { ...order, requesting: "RU", offenceCodes: ["X-HATE"], authority: "POLICE" as const };
    expect(
      competenceObstacles({ order: russian, categories: ["SUBSCRIBER"], subjects: [{}], at: storyMoment }, book)[0]
        ?.kind,
    ).toBe("COMPETENT");
  });

  test("one target for whom the authority is the obstacle is enough", () => {
    const subjects = [{ residence: "RU" }, { residence: "US" }];
    const police = {
      ...order,
      requesting: "US",
      platform: "FACEBOOK",
      offenceCodes: ["X-HATE"],
      authority: "POLICE" as const,
    };
    expect(competenceObstacles({ order: police, categories: ["CONTENT"], subjects, at: storyMoment }, book)).toEqual([
      { category: "CONTENT", kind: "NOT_COMPETENT", ruleId: "R-US-WARRANT", could: ["JUDGE", "COURT"] },
    ]);
  });

  test("of several targets for whom it is, the first counts; one whom only another authority can reach goes before", () => {
    const by = (authority: Order["authority"], ...residences: string[]) =>
      competenceObstacles(
        {
          order: { ...german, authority, platform: "FACEBOOK" },
          categories: ["CONTENT"],
          subjects: residences.map((residence) => ({ residence })),
          at: storyMoment,
        },
        twoRules,
      )[0];
    expect(by("PUBLIC_PROSECUTOR", "DE", "GB")).toMatchObject({ kind: "NEEDS_VALIDATION", ruleId: "R-EE-CONTENT" });
    expect(by("PUBLIC_PROSECUTOR", "GB", "DE")).toMatchObject({ kind: "NEEDS_VALIDATION", ruleId: "R-GB-US-DAA" });
    expect(by("GRAND_JURY", "DE", "GB")).toMatchObject({ kind: "NOT_COMPETENT", ruleId: "R-EE-CONTENT" });
    expect(by("GRAND_JURY", "GB", "DE")).toMatchObject({ kind: "NOT_COMPETENT", ruleId: "R-GB-US-DAA" });
    expect(by("POLICE", "GB", "DE")).toMatchObject({ kind: "NOT_COMPETENT", ruleId: "R-EE-CONTENT" });
  });
  const twoRules = changedBook((document) => {
    Object.assign(ruleOf(document, "R-GB-US-DAA"), {
      requesting: ["DE"],
      offence: { mode: "ALL" },
      issuingAuthorities: [{ kinds: ["PUBLIC_PROSECUTOR", "POLICE"], validatedBy: ["JUDGE"] }, { kinds: ["JUDGE"] }],
    });
    ruleOf(document, "R-EE-CONTENT").issuingAuthorities = [
      { kinds: ["PUBLIC_PROSECUTOR"], validatedBy: ["JUDGE"] },
      { kinds: ["JUDGE"] },
    ];
  });

  test("what is not known of the person excludes nothing: her facts are declared ones", () => {
    const british = { ...order, requesting: "GB", offenceCodes: ["GB-TA-58"], authority: "GRAND_JURY" as const };
    const asked = {
      order: british,
      categories: ["CONTENT"],
      subjects: [{ residence: "GB" }],
      at: storyMoment,
    } as const;
    expect(competenceObstacles(asked, book)[0]).toMatchObject({ kind: "NOT_COMPETENT", ruleId: "R-GB-US-DAA" });
  });

  test("the police may preserve under the Budapest Convention", () => {
    const preserve = { ...order, requesting: "FR", kind: "PRESERVATION" as const, authority: "POLICE" as const };
    expect(
      competenceObstacles(
        { order: preserve, categories: ["CONTENT"], subjects: [{ residence: "US" }], at: storyMoment },
        book,
      )[0]?.kind,
    ).toBe("COMPETENT");
  });

  test("where a preservation is what is asked for, others could have it", () => {
    expect(obstacles({ kind: "PRESERVATION", authority: "ADMINISTRATIVE_AUTHORITY" })[0]).toMatchObject({
      kind: "NOT_COMPETENT",
      ruleId: "R-EE-PRESERVE",
    });
  });
});
