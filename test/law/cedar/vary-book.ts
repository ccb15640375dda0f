import type { RuleBook } from "../../../schema/law/rule-book.js";
import { authorityKinds, ruleEffects } from "../../../schema/law/vocabulary.js";
import type { Random } from "../../fuzz/random.js";
import { changedBook, type Draft } from "../book.js";

type DraftRule = Draft["rules"][number];

/** The first rule book with another law: twelve changes to its rules and policies, so that constructs meet which do not meet in it. The same for the same seed. */
export function varyBook(random: Random): RuleBook {
  return changedBook((book) => {
    for (let change = 0; change < 12; change++) {
      const rule = random.pick(book.rules.filter(({ id }) => id !== "R-DEFAULT"));
      random.pick(changes)(rule, random, book);
    }
  });
}

const days = ["2004-07-01", "2018-05-25", "2019-06-25", "2024-01-31", "2026-08-18", "2026-11-23"];
const states = ["FR", "US", "GB", "DE", "JP", "BR", "DK", "AU", "IE"];
const listed = ["TERRORISM", "THREAT_TO_LIFE", "RACISM_XENOPHOBIA", "OTHER"];
const lines = [0.4, 0.5, 0.6, 0.7, 0.8];

const changes: readonly ((rule: DraftRule, random: Random, book: Draft) => void)[] = [
  (rule, random) => {
    rule.pending = random.chance(0.5);
  },
  (rule, random) => {
    rule.validFrom = random.chance(0.3) ? null : random.pick(days);
    rule.validTo = null;
  },
  (rule, random) => {
    if (rule.validFrom === null || rule.validFrom < "2026-12-01")
      rule.validTo = random.pick(["2026-12-01", "2027-06-01"]);
  },
  (rule, random) => {
    const { offersServiceInRequestingState: _, ...provider } = rule.provider;
    rule.provider = provider;
    rule.effect = random.pick(ruleEffects);
    if (rule.effect === "PERMIT_PRESERVATION") rule.preservation ??= { days: 90, extensionDays: null };
  },
  (rule, random) => {
    rule.priority = random.pick([5, 10, 20, 20, 30]);
  },
  (rule, random) => {
    rule.provider.platforms = random.pick([["*"], ["FACEBOOK"], ["*-FJORDNET"], ["FJORDNET", "YOUTUBE"]]);
  },
  (rule, random) => {
    rule.provider.crossBorderOnly = random.chance(0.5);
  },
  (rule, random) => {
    rule.requesting = random.pick([
      ["*"],
      ["FR", "DE"],
      ["*-US"],
      ["group:EU27", "GB"],
      ["group:NONE"],
      ["group:BUDAPEST", "group:EU_EEVIDENCE"],
    ]);
  },
  (rule, random) => {
    rule.offence = random.pick<DraftRule["offence"]>([
      { mode: "ALL" },
      { mode: "LISTED", categories: listed },
      { mode: "THRESHOLD", minMaxCustodialYears: random.pick([1, 3, 5]) },
      { mode: "THRESHOLD_OR_LISTED", minMaxCustodialYears: 3, categories: listed.slice(0, 2) },
      {
        mode: "ANY_OF",
        options: [
          { minMaxCustodialYears: 5 },
          { minMaxCustodialYears: 1, committedOnline: true },
          { missingPerson: true },
        ],
      },
      {
        mode: "ANY_OF",
        options: [{ committedOnline: false, missingPerson: false }, { victimDeviceOnVictimRequest: true }],
      },
      { mode: "ANY_OF", options: [{ solePurposeIdentification: true }] },
    ]);
  },
  (rule, random) => {
    rule.issuingAuthorities = random.pick<DraftRule["issuingAuthorities"]>([
      [],
      [{ kinds: ["JUDGE", "COURT"] }],
      [{ kinds: ["POLICE"], validatedBy: ["JUDGE"], emergencyWithoutPriorValidation: random.chance(0.5) }],
      [
        { kinds: [random.pick(authorityKinds)] },
        { kinds: [random.pick(authorityKinds)], validatedBy: [random.pick(authorityKinds)] },
      ],
    ]);
  },
  (rule, random) => {
    rule.subjectRestrictions = random.pick([
      null,
      { excludeNationality: [random.pick(states)] },
      { excludePermanentResidentsOf: ["US", "FR"] },
      { excludeLocatedIn: ["GB"], excludeNationality: ["AU", "GB"] },
    ]);
  },
  (rule, random) => {
    rule.exceptions = [
      {
        platforms: random.pick([["FACEBOOK"], ["*-FACEBOOK"], ["*"]]),
        from: random.pick(days),
        reason: "a planted exception",
      },
    ];
  },
  (rule, random) => {
    rule.standalone = random.chance(0.5);
  },
  (rule, random) => {
    rule.independentJudiciary = { required: random.chance(0.7) };
  },
  (_rule, random, book) => {
    const platform = random.pick(book.platforms);
    const overrides = [
      {
        country: random.pick(states),
        from: "2024-01-31",
        until: random.pick([null, "2026-11-23"]),
        officers: ["A", "B"],
        reason: "planted",
      },
    ];
    platform.judiciaryPolicy = {
      metric: "min(WJP-1.2, WJP-8.6)",
      line: random.pick(lines),
      since: random.pick(days),
      overrides,
    };
  },
  (_rule, random, book) => {
    const band = book.judiciaryModel.proposedPolicy.bands.find(({ state }) => state === "ESTABLISHED");
    if (band !== undefined) band.min = random.pick(lines);
  },
];
