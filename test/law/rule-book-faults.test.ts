import { describe, expect, test } from "@jest/globals";
import { parseRuleBook } from "../../schema/law/parse-rule-book.js";
import { RuleBookError } from "../../schema/law/rule-book-error.js";
import { bookText, changedBook, type Draft, ruleOf } from "./book.js";

/**
 * A small rule book that states every member once, and each fault that a value of it can have: another kind, an empty text, a member too many, a member too few. What
 * may be absent stands in `optionalMembers`; what else is refused, at its own path.
 */

type Json = null | boolean | number | string | Json[] | { [member: string]: Json };

const full = JSON.parse(JSON.stringify(fullBook())) as { [member: string]: Json };

const optionalMembers = new Set([
  ..."sources.locator sources.url countries.euMemberUntil countries.budapest.signedOn countries.budapest.source countries.budapest.note".split(
    " ",
  ),
  ..."countries.cloudAct.instrument countries.cloudAct.inForceFrom countries.cloudAct.since countries.cloudAct.note".split(
    " ",
  ),
  ..."countries.judiciary.article7Teu countries.judiciary.article7Teu.note platforms.judiciaryPolicy.overrides platforms.note".split(
    " ",
  ),
  ..."instruments.note instruments.signedOn instruments.adoptedOn instruments.enteredIntoForce".split(" "),
  ..."judiciaryModel.indicators.years judiciaryModel.indicators.values".split(" "),
  ..."rules.pending rules.provider.crossBorderOnly rules.provider.offersServiceInRequestingState rules.unconfirmed rules.basis".split(
    " ",
  ),
  ..."rules.standalone rules.exceptions rules.gatewayConditions rules.refusalGrounds rules.typicalHours rules.sentenceExecution".split(
    " ",
  ),
  ..."rules.similarDomesticCase rules.penalty rules.providerReview rules.excludedRequesters rules.note".split(" "),
  ..."rules.issuingAuthorities.validatedBy rules.issuingAuthorities.emergencyWithoutPriorValidation".split(" "),
  ..."rules.issuingAuthorities.expostValidationHours rules.issuingAuthorities.via rules.issuingAuthorities.note".split(
    " ",
  ),
  ..."rules.dualCriminality.checkedBy rules.dualCriminality.exempt rules.independentJudiciary.basis".split(" "),
  ..."rules.deadlines.enforcingAuthorityReviewHours rules.deadlines.enforcingAuthorityEmergencyReviewHours".split(" "),
  ..."rules.deadlines.from rules.deadlines.source rules.userNotification.citation rules.preservation.form rules.preservation.note".split(
    " ",
  ),
  ..."rules.subjectRestrictions.excludeNationality rules.subjectRestrictions.excludePermanentResidentsOf".split(" "),
  ..."rules.subjectRestrictions.excludeLocatedIn".split(" "),
  ..."minMaxCustodialYears committedOnline solePurposeIdentification victimDeviceOnVictimRequest missingPerson"
    .split(" ")
    .map((fact) => `rules.offence.options.${fact}`),
]);

/** Every value of the book with its path, and a way to put another in its place. */
interface Place {
  readonly path: string;
  readonly name: string;
  readonly value: Json;
}

function placesOf(value: Json, path = "$", name = ""): readonly Place[] {
  const here = { path, name, value };
  if (Array.isArray(value)) return [here, ...value.flatMap((item, index) => placesOf(item, `${path}[${index}]`, name))];
  if (typeof value !== "object" || value === null) return [here];
  return [
    here,
    ...Object.entries(value).flatMap(([member, item]) =>
      placesOf(item, `${path}.${member}`, name === "" ? member : `${name}.${member}`),
    ),
  ];
}

/** The book with another value at a path; undefined: without it. */
function withAt(path: string, value: Json | undefined): Json {
  const steps = path.match(/[^$.[\]]+/g) ?? [];
  const copy = structuredClone(full) as Json;
  if (steps.length === 0) return value ?? null;
  const last = steps.at(-1) as string;
  const parent = steps.slice(0, -1).reduce((at, step) => (at as { [member: string]: Json })[step] as Json, copy) as {
    [member: string]: Json;
  };
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

function refusalOf(json: Json): RuleBookError | null {
  try {
    parseRuleBook(json);
    return null;
  } catch (error) {
    if (error instanceof RuleBookError) return error;
    throw error;
  }
}

const places = placesOf(full);
const objects = places.filter(({ value }) => typeof value === "object" && value !== null && !Array.isArray(value));
const members = places.filter(({ path }) => /\.[^.[\]]+$/.test(path));

describe("a rule book that states everything", () => {
  test("is read", () => {
    expect(refusalOf(full)).toBeNull();
    expect(places.length).toBeGreaterThan(250);
  });

  test("a member that is no part of an object is refused by its name, with those that are", () => {
    for (const { path, value } of objects) {
      const names = Object.keys(value as object);
      const refused = refusalOf(withAt(path, { ...(value as object), colour: "red" }));
      expect([path, refused?.path]).toEqual([path, `${path}.colour`]);
      const known = /found "red", expected no such member \(known are (.*)\)$/.exec(refused?.message ?? "")?.[1];
      expect(known?.split(", ")).toEqual(expect.arrayContaining(names));
    }
  });

  test("a member that is missing is refused, but for those that may be", () => {
    const absent: string[] = [];
    for (const { path, name } of members) {
      const refused = refusalOf(withAt(path, undefined));
      if (optionalMembers.has(name)) {
        absent.push(name);
        // What it stands for may be needed elsewhere: the refusal is then not that it is missing.
        expect([path, refused?.message ?? ""]).not.toEqual([path, expect.stringContaining("expected this member")]);
      } else if (name === "rules.offence.mode")
        expect(refused?.message).toContain(`at ${path} found nothing, expected one of ALL, `);
      else
        expect([path, refused?.path, refused?.message]).toEqual([
          path,
          path,
          `rule book refused: at ${path} found nothing, expected this member`,
        ]);
    }
    expect(new Set(absent)).toEqual(optionalMembers);
  });

  test("a value of another kind is refused, with what was found", () => {
    const kinds: readonly (readonly [Json, string])[] = [
      [{ other: 1 }, "an object"],
      [[{ other: 1 }], "a list"],
      [-1.5, "-1.5"],
      ["", '""'],
      [null, "null"],
    ];
    for (const { path, value } of places.filter((place) => place.value !== null)) {
      for (const [wrong, shown] of kinds) {
        const refused = refusalOf(withAt(path, wrong));
        // Of an offence test the mode is read first.
        const at = /offence$/.test(path) ? `${path}.mode` : path;
        if (refused === null) {
          // Null is a value where a member may be null; the book has one where it is not.
          expect([path, wrong]).toEqual([path, null]);
          expect(nullableMembers).toContain(path.replace(/\[\d+\]/g, ""));
        } else if (Array.isArray(wrong) && Array.isArray(value))
          expect([path, refused.path.startsWith(path)]).toEqual([path, true]);
        else if (
          typeof wrong === "object" &&
          wrong !== null &&
          typeof value === "object" &&
          value !== null &&
          !Array.isArray(value)
        )
          expect([path, refused.path.startsWith(path)]).toEqual([path, true]);
        else
          expect([path, refused.path, refused.message]).toEqual([
            path,
            at,
            expect.stringContaining(`found ${at === path ? shown : "nothing"}, expected `),
          ]);
      }
    }
  });
});

const nullableMembers = [
  "$.countries.boundByEEvidence.from",
  "$.countries.budapest.inForceFrom",
  "$.countries.cets224.signedOn",
  "$.countries.cets224.ratifiedOn",
  "$.countries.judiciary.wjp2020",
  "$.countries.judiciary.article7Teu.closedOn",
  "$.offences.categories.eEvidenceAnnexIV",
  "$.platforms.holds.retentionDays",
  "$.platforms.judiciaryPolicy",
  "$.platforms.judiciaryPolicy.overrides.until",
  "$.instruments.inForceFrom",
  "$.instruments.inForceTo",
  "$.rules.validFrom",
  "$.rules.validTo",
  "$.rules.notification",
  "$.rules.notification.exemptIf",
  "$.rules.deadlines",
  "$.rules.deadlines.normalHours",
  "$.rules.deadlines.emergencyHours",
  "$.rules.subjectRestrictions",
  "$.rules.userNotification",
  "$.rules.preservation",
  "$.rules.preservation.extensionDays",
];

// biome-ignore format: one form is one line.
const forms: readonly (readonly [path: string, good: readonly Json[], bad: readonly Json[], expected: string])[] = [
  ["$.version", ["10.20.30"], ["1.2", "1.2.3.4", "v1.2.3", "1.2.3-rc"], "a version such as 0.1.0"],
  ["$.asOf", ["2024-02-29"], ["2023-02-29", "2026", "2026-01", "2026-1-1", "12026-01-01", "+012026-01-01", "+012026-01", "2026-01-01Z", "2026-13-01"], "a calendar date such as 2026-08-18"],
  ["$.countries[0].alpha3", ["FRA"], ["FRAN", "fra", "1FRA"], "an ISO 3166-1 alpha-3 code such as FRA"],
  ["$.countries[0].cets224.asOf", ["2026-02"], ["2026-02-01", "12026-02"], "a month such as 2026-02"],
  ["$.countries[0].cloudAct.since", ["2022-03", "2022-03-01"], ["2022", "12022-03", "2022-03-011"], "a month or a day such as 2022-03"],
  ["$.countries[0].judiciary.wjp2020.overall", [0, 1], [1.01, -0.01], "a number from 0 to 1"],
  ["$.offences.categories[0].code", [], ["Terrorism", "TERROR ISM", "-X", "X-", "1 X"], "an identifier in upper case such as R-EE-IDENT"],
  ["$.offences.categories[0].eEvidenceAnnexIV", [1, 32], [0, 33], "a whole number from 1 to 32"],
  ["$.offences.categories[0].eEvidenceAnnexIV", [], [1.5], "a whole number from 1 to 32"],
  ["$.offences.national[0].country", ["*", "FR"], ["**", "FRA", "fr", "*-FR"], "an ISO 3166-1 alpha-2 code, or * for all"],
  ["$.offences.national[0].maxCustodialYears", [0, 100], [-1, 101], "a number from 0 to 100"],
  ["$.platforms[0].code", ["FACE_2"], ["face", "FACE-2", " FACE"], "a platform code such as FACEBOOK"],
  ["$.platforms[0].establishments[0].country", ["US"], ["USA", "us", "*"], "an ISO 3166-1 alpha-2 code such as FR"],
  ["$.platforms[0].establishments[0].languages[0]", ["fr"], ["FR", "fra", "xfr"], "an ISO 639-1 code such as en"],
  ["$.platforms[0].holds[0].retentionDays", [1, 36_525], [0, 36_526], "a whole number from 1 to 36525"],
  ["$.platforms[0].judiciaryPolicy.line", [0, 1], [1.1], "a number from 0 to 1"],
  ["$.instruments[0].parties[0]", ["*", "*-FR", "FR", "group:EU27", "platform:FACEBOOK"], ["EU27", "platform:", "x*", "*-", "*-FRA", "platform:FACEBOOK!"], "FR, group:NAME, platform:CODE, * or *-FR"],
  ["$.rules[0].id", ["R-EE_1"], ["r", "R--1", "R-"], "an identifier in upper case such as R-EE-IDENT"],
  ["$.rules[0].requesting[0]", ["*", "*-FR", "FR", "group:BUDAPEST"], ["FRA", "x*", "*-FRA", "group:eu", "xFR", "platform:FACEBOOK"], "FR, group:NAME, * or *-FR"],
  ["$.rules[0].provider.platforms[0]", ["*", "*-FACEBOOK", "FACEBOOK"], ["facebook", "*-", "x*", "FACEBOOK!"], "FACEBOOK, * or *-FACEBOOK"],
  ["$.rules[0].deadlines.normalHours", [0, 87_660], [-1, 87_661], "a number from 0 to 87660"],
  ["$.rules[0].offence.options[0].minMaxCustodialYears", [0, 100], [-1, 101], "a number from 0 to 100"],
  ["$.rules[0].preservation.days", [1, 3650], [0, 3651, 1.5], "a whole number from 1 to 3650"],
  ["$.rules[0].preservation.extensionDays", [1, 3650], [0, 3651], "a whole number from 1 to 3650"],
  ["$.rules[0].priority", [0, 1000], [-1, 1001], "a whole number from 0 to 1000"],
  ["$.rules[0].sentenceExecution.minMonths", [1, 1200], [0, 1201], "a whole number from 1 to 1200"],
  ["$.rules[0].citation[0]", [], [" ", 7], "text"],
  ["$.rules[0].confirmed", [], ["true", 1], "true or false"],
  ["$.rules[0].citation", [[]], ["S-LAW"], "a list"],
  ["$.rules[0].dualCriminality", [], [[], "no"], "an object"],
];

describe("the form of each value", () => {
  test.each(forms)("%s", (path, good, bad, expected) => {
    for (const value of good) {
      const refused = refusalOf(withAt(path, value));
      // A code may be right in its form and name nothing: that is another fault.
      expect([value, refused?.message ?? ""]).not.toEqual([value, expect.stringContaining(`expected ${expected}`)]);
    }
    for (const value of bad)
      expect([value, refusalOf(withAt(path, value))?.message]).toEqual([
        value,
        expect.stringMatching(new RegExp(`^rule book refused: at \\S+ found .*, expected ${escaped(expected)}$`)),
      ]);
  });

  test("a long value is shown by its beginning", () => {
    expect(refusalOf(withAt("$.version", "x".repeat(100)))?.message).toBe(
      `rule book refused: at $.version found "${"x".repeat(79)}…, expected a version such as 0.1.0`,
    );
    expect(refusalOf(withAt("$.version", "x".repeat(79)))?.message).toContain(`"${"x".repeat(79)}…, `);
    expect(refusalOf(withAt("$.version", "x".repeat(78)))?.message).toContain(`"${"x".repeat(78)}", `);
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

// biome-ignore format: one fault is one line.
const references: readonly (readonly [string, (d: Draft) => void, string, string])[] = [
  ["a category of an offence", (d) => { d.offences.national[0]!.category = "SPITTING"; }, "$.offences.national[0].category", '"SPITTING", expected the code of an offence category'],
  ["a state of an offence", (d) => { d.offences.national[0]!.country = "XX"; }, "$.offences.national[0].country", '"XX", expected a country of this book'],
  ["a source of a membership", (d) => { d.countries[0]!.budapest.source = "S-NO"; }, "$.countries[0].budapest.source", '"S-NO", expected the id of a source'],
  ["an instrument of an agreement", (d) => { d.countries[0]!.cloudAct.instrument = "I-NO"; }, "$.countries[0].cloudAct.instrument", '"I-NO", expected the id of an instrument'],
  ["a state of an establishment", (d) => { d.platforms[0]!.establishments[0]!.country = "XX"; }, "$.platforms[0].establishments[0].country", '"XX", expected a country of this book'],
  ["a state that an establishment serves", (d) => { d.platforms[0]!.establishments[0]!.servesResidentsOf = ["FR", "XX"]; }, "$.platforms[0].establishments[0].servesResidentsOf[1]", '"XX", expected a country of this book'],
  ["a state of an override", (d) => { d.platforms[0]!.judiciaryPolicy!.overrides = [{ country: "XX", from: "2026-01-01", until: null, officers: ["A", "B"], reason: "r" }]; }, "$.platforms[0].judiciaryPolicy.overrides[0].country", '"XX", expected a country of this book'],
  ["an override that ends on its first day", (d) => { d.platforms[0]!.judiciaryPolicy!.overrides = [{ country: "FR", from: "2026-01-01", until: "2026-01-01", officers: ["A", "B"], reason: "r" }]; }, "$.platforms[0].judiciaryPolicy.overrides[0].until", "2026-01-01, expected a day after 2026-01-01"],
  ["an override signed by one", (d) => { d.platforms[0]!.judiciaryPolicy!.overrides = [{ country: "FR", from: "2026-01-01", until: null, officers: ["A"], reason: "r" }]; }, "$.platforms[0].judiciaryPolicy.overrides[0].officers", "one name, expected two officers who sign an override"],
  ["a party of an instrument", (d) => { d.instruments[0]!.parties = ["XX"]; }, "$.instruments[0].parties[0]", '"XX", expected a country of this book'],
  ["a source of an instrument", (d) => { d.instruments[0]!.citation = ["S-NO"]; }, "$.instruments[0].citation[0]", '"S-NO", expected the id of a source'],
  ["a state left out by a pattern", (d) => { d.rules[0]!.requesting = ["*-XX"]; }, "$.rules[0].requesting[0]", '"XX", expected a country of this book'],
  ["a state of a provider", (d) => { d.rules[0]!.provider.countries = ["XX"]; }, "$.rules[0].provider.countries[0]", '"XX", expected a country of this book'],
  ["a group", (d) => { d.rules[0]!.provider.countries = ["group:G7"]; }, "$.rules[0].provider.countries[0]", '"G7", expected one of the groups EU27, EU_EEVIDENCE, BUDAPEST, CETS224_RATIFIED, NONE'],
  ["an excluded state", (d) => { d.rules[0]!.subjectRestrictions = { excludeLocatedIn: ["FR", "XX"] }; }, "$.rules[0].subjectRestrictions.excludeLocatedIn[1]", '"XX", expected a country of this book'],
  ["a rule that ends on its first day", (d) => { Object.assign(d.rules[0]!, { validFrom: "2026-01-01", validTo: "2026-01-01" }); }, "$.rules[0].validTo", "2026-01-01, expected a day after 2026-01-01"],
  ["an instrument twice", (d) => { d.instruments[1]!.id = d.instruments[0]!.id; }, "$.instruments[1].id", "an id that no other entry has"],
  ["a source twice", (d) => { d.sources[1]!.id = d.sources[0]!.id; }, "$.sources[1].id", "an id that no other entry has"],
  ["an offence category twice", (d) => { d.offences.categories[1]!.code = d.offences.categories[0]!.code; }, "$.offences.categories[1].code", "an id that no other entry has"],
  ["an offence twice", (d) => { d.offences.national[1]!.code = d.offences.national[0]!.code; }, "$.offences.national[1].code", "an id that no other entry has"],
  ["a platform twice", (d) => { d.platforms[1]!.code = d.platforms[0]!.code; }, "$.platforms[1].code", "an id that no other entry has"],
  ["an establishment twice", (d) => { d.platforms[0]!.establishments[1]!.id = d.platforms[0]!.establishments[0]!.id; }, "$.platforms[0].establishments[1].id", "an id that no other entry has"],
  ["a three-letter code twice", (d) => { d.countries[1]!.alpha3 = d.countries[0]!.alpha3; }, "$.countries[1].alpha3", "an id that no other entry has"],
  ["a preservation without days", (d) => { ruleOf(d, "R-EE-PRESERVE").preservation = null; }, "$.rules[19].preservation", "null, expected for how many days a preservation order preserves"],
  ["a band twice", (d) => { d.judiciaryModel.proposedPolicy.bands[1]!.state = "ESTABLISHED"; }, "$.judiciaryModel.proposedPolicy.bands[1].state", "an id that no other entry has"],
  ["no band from which on a state passes", (d) => { d.judiciaryModel.proposedPolicy.bands.shift(); }, "$.judiciaryModel.proposedPolicy.bands", "no band ESTABLISHED, expected one: the line of every provider that has set none"],
  ["a member that has left and has not", (d) => { Object.assign(d.countries[0]!, { euMember: true, euMemberUntil: "2020-01-31" }); }, "$.countries[0].euMemberUntil", "2020-01-31, expected no end of a membership that goes on"],
  ["bound since never", (d) => { Object.assign(d.countries[0]!.boundByEEvidence, { bound: true, from: null }); }, "$.countries[0].boundByEEvidence.from", "null, expected the day from which it is bound"],
  ["a party since never", (d) => { Object.assign(d.countries[0]!.budapest, { party: true, inForceFrom: null }); }, "$.countries[0].budapest.inForceFrom", "null, expected the day of entry into force"],
  ["ratified on no day", (d) => { Object.assign(d.countries[0]!.cets224, { status: "RATIFIED", ratifiedOn: null }); }, "$.countries[0].cets224.ratifiedOn", "null, expected the day of ratification"],
  ["a fact that no question carries, said to be false", (d) => { d.rules[0]!.provider.offersServiceInRequestingState = false; }, "$.rules[0].provider.offersServiceInRequestingState", "it in a rule of effect PERMIT_VOLUNTARY, expected this condition only in a rule that never permits by itself: no question carries the fact"],
  ["a hold in an emergency without hours", (d) => { const it = ruleOf(d, "R-EE-TRAFFIC"); it.notification!.emergencySuspensive = true; delete it.deadlines!.enforcingAuthorityEmergencyReviewHours; }, "$.rules[17].deadlines.enforcingAuthorityEmergencyReviewHours", "nothing, expected the hours of a notification that suspends"],
  ["a hold without any deadlines", (d) => { ruleOf(d, "R-EE-TRAFFIC").deadlines = null; }, "$.rules[17].deadlines.enforcingAuthorityReviewHours", "nothing, expected the hours of a notification that suspends"],
];

describe("what a rule book refers to is there", () => {
  test.each(references)("%s", (_name, change, path, message) => {
    const draft = JSON.parse(bookText) as Draft;
    change(draft);
    const refused = refusalOf(draft as unknown as Json);
    expect(refused?.path).toBe(path);
    expect(refused?.message).toBe(
      message.startsWith("an id") ? refused?.message : `rule book refused: at ${path} found ${message}`,
    );
    expect(refused?.message).toContain(message);
  });

  test("a member of no EU, a party to nothing, a notification that holds nothing, words that are no source: all read", () => {
    const read = changedBook((d) => {
      Object.assign(d.countries[0]!.boundByEEvidence, { bound: false, from: null });
      Object.assign(d.countries[0]!.cets224, { status: "SIGNED", ratifiedOn: null });
      d.offences.national[0]!.citation = ["a commentary"];
      const traffic = ruleOf(d, "R-EE-TRAFFIC");
      Object.assign(traffic.notification!, { suspensive: false, emergencySuspensive: true });
      traffic.deadlines = null;
      Object.assign(ruleOf(d, "R-BUD-ART18"), { effect: "PERMIT_COMPULSORY" });
    });
    expect(read.rules.length).toBe(32);
  });

  test.each(["PERMIT_COMPULSORY_NATIONAL", "FORMALITY", "PROVIDER_MUST_REPORT"] as const)(
    "a rule of effect %s may rest on a fact that no question carries: it never permits",
    (effect) => {
      const read = changedBook((d) => {
        Object.assign(ruleOf(d, "R-BUD-ART18"), { effect, standalone: true });
      });
      expect(read.rules.find(({ id }) => id === "R-BUD-ART18")?.provider.offersServiceInRequestingState).toBe(true);
    },
  );

  const defaults: readonly (readonly [string, (rule: Draft["rules"][number]) => void])[] = [
    [
      "another effect",
      (it) => {
        it.effect = "MLA_ONLY";
      },
    ],
    [
      "some requesting states",
      (it) => {
        it.requesting = ["FR"];
      },
    ],
    [
      "some provider countries",
      (it) => {
        it.provider.countries = ["FR"];
      },
    ],
    [
      "some platforms",
      (it) => {
        it.provider.platforms = ["FACEBOOK"];
      },
    ],
    [
      "across borders",
      (it) => {
        it.provider.crossBorderOnly = true;
      },
    ],
    [
      "some categories",
      (it) => {
        it.dataCategories = ["CONTENT", "TRAFFIC"];
      },
    ],
    [
      "some offences",
      (it) => {
        it.offence = { mode: "LISTED", categories: ["OTHER"] };
      },
    ],
    [
      "some authorities",
      (it) => {
        it.issuingAuthorities = [{ kinds: ["JUDGE"] }];
      },
    ],
    [
      "not in force",
      (it) => {
        it.pending = true;
      },
    ],
    [
      "no ground by itself",
      (it) => {
        it.standalone = false;
      },
    ],
  ];
  test.each(defaults)("a default for %s is none", (_name, change) => {
    const draft = JSON.parse(bookText) as Draft;
    change(ruleOf(draft, "R-DEFAULT"));
    expect(refusalOf(draft as unknown as Json)?.message).toBe(
      "rule book refused: at $.rules found no default, expected a rule of effect DENY that reaches every request: the answer where nothing else does",
    );
  });
});

/** One of everything, every member stated. */
function fullBook(): unknown {
  const day = "2020-01-01";
  const citation = ["S-LAW"];
  return {
    version: "1.0.0",
    asOf: day,
    disclaimer: "none",
    knownGaps: ["none"],
    sources: [{ id: "S-LAW", what: "a law", locator: "Art. 1", url: "https://law.example", confirmed: true }],
    countries: [
      {
        alpha2: "FR",
        alpha3: "FRA",
        name: "France",
        timeZone: "Europe/Paris",
        euMember: false,
        euMemberUntil: day,
        boundByEEvidence: { bound: false, from: day, confirmed: true },
        budapest: { party: false, signedOn: day, inForceFrom: day, confirmed: true, source: "S-LAW", note: "n" },
        cets224: { status: "SIGNED", signedOn: day, ratifiedOn: day, confirmed: true, asOf: "2026-02" },
        cloudAct: { status: "NONE", instrument: "I-1", inForceFrom: day, since: "2020-01", confirmed: true, note: "n" },
        judiciary: {
          wjp2020: { overall: 0.5, sf1_2: 0.5, sf7_4: 0.5, sf8_6: 0.5 },
          confirmed: true,
          article7Teu: { openedOn: day, closedOn: day, confirmed: true, note: "n" },
        },
      },
    ],
    offences: {
      categories: [{ code: "OTHER", label: "other", eEvidenceAnnexIV: 1 }],
      national: [
        { country: "FR", code: "FR-1", label: "l", category: "OTHER", maxCustodialYears: 1, citation, confirmed: true },
      ],
    },
    platforms: [
      {
        code: "P",
        name: "P",
        establishments: [
          { id: "p", country: "FR", name: "P", servesResidentsOf: ["*"], languages: ["fr"], confirmed: true },
        ],
        holds: [{ category: "CONTENT", fields: ["User.email"], retentionDays: 1 }],
        acceptance: "MANUAL",
        judiciaryPolicy: {
          metric: "min(WJP-1.2, WJP-8.6)",
          line: 0.5,
          since: day,
          overrides: [{ country: "FR", from: day, until: "2021-01-01", officers: ["A", "B"], reason: "r" }],
        },
        note: "n",
      },
    ],
    instruments: [
      {
        id: "I-1",
        name: "I",
        kind: "NATIONAL_LAW",
        parties: ["*"],
        inForceFrom: day,
        inForceTo: "2021-01-01",
        citation,
        confirmed: true,
        note: "n",
        signedOn: day,
        adoptedOn: day,
        enteredIntoForce: day,
      },
    ],
    rules: [
      {
        id: "R-1",
        instrument: "I-1",
        effect: "PERMIT_COMPULSORY_NATIONAL",
        validFrom: day,
        validTo: "2021-01-01",
        pending: false,
        requesting: ["FR"],
        provider: { countries: ["FR"], platforms: ["*"], crossBorderOnly: false, offersServiceInRequestingState: true },
        dataCategories: ["CONTENT"],
        offence: {
          mode: "ANY_OF",
          options: [
            {
              minMaxCustodialYears: 1,
              committedOnline: true,
              solePurposeIdentification: true,
              victimDeviceOnVictimRequest: true,
              missingPerson: true,
            },
          ],
        },
        issuingAuthorities: [
          {
            kinds: ["POLICE"],
            validatedBy: ["JUDGE"],
            emergencyWithoutPriorValidation: true,
            expostValidationHours: 1,
            via: "v",
            note: "n",
          },
        ],
        dualCriminality: { required: true, checkedBy: "c", exempt: "e" },
        independentJudiciary: { required: true, basis: "b" },
        notification: {
          to: "ENFORCING_AUTHORITY",
          when: "SIMULTANEOUS",
          exemptIf: "offence in issuing state AND subject resides in issuing state",
          suspensive: false,
          emergencySuspensive: false,
        },
        deadlines: {
          normalHours: 1,
          emergencyHours: 1,
          enforcingAuthorityReviewHours: 1,
          enforcingAuthorityEmergencyReviewHours: 1,
          from: "f",
          source: "s",
        },
        subjectRestrictions: {
          excludeNationality: ["FR"],
          excludePermanentResidentsOf: ["FR"],
          excludeLocatedIn: ["FR"],
        },
        useRestrictions: ["u"],
        userNotification: { default: "INFORM", by: "PROVIDER", delay: "d", citation: "c" },
        preservation: { days: 1, extensionDays: 1, form: "f", note: "n" },
        citation,
        confirmed: true,
        unconfirmed: ["u"],
        priority: 1,
        basis: "PRESS_REPORT",
        standalone: false,
        exceptions: [{ platforms: ["P"], from: day, reason: "r" }],
        gatewayConditions: ["g"],
        refusalGrounds: ["r"],
        typicalHours: 1,
        sentenceExecution: { minMonths: 1 },
        similarDomesticCase: true,
        penalty: "p",
        providerReview: "p",
        excludedRequesters: "e",
        note: "n",
      },
      ...(["R-LAST"] as const).map((id) => ({
        id,
        instrument: "I-1",
        effect: "DENY",
        validFrom: null,
        validTo: null,
        requesting: ["*"],
        provider: { countries: ["*"], platforms: ["*"] },
        dataCategories: ["SUBSCRIBER", "USER_IDENTIFICATION", "TRAFFIC", "CONTENT"],
        offence: { mode: "ALL" },
        issuingAuthorities: [],
        dualCriminality: { required: false },
        independentJudiciary: { required: false },
        notification: null,
        deadlines: null,
        subjectRestrictions: null,
        useRestrictions: [],
        userNotification: null,
        preservation: null,
        citation: [],
        confirmed: true,
        priority: 99,
      })),
    ],
    judiciaryModel: {
      purpose: "p",
      fields: ["f"],
      indicators: [{ id: "i", source: "s", label: "l", scale: "s", years: "y", values: "v" }],
      proposedPolicy: {
        confirmed: true,
        basis: "b",
        metric: "min(WJP-1.2, WJP-8.6)",
        bands: [{ state: "ESTABLISHED", min: 0.5 }],
        missing: "REVIEW",
        overrides: "o",
      },
      valuesLocation: "v",
      publication: "p",
    },
  };
}
