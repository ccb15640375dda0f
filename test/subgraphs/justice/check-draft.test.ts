import "reflect-metadata";
import { describe, expect, test } from "@jest/globals";
import { checkDraft } from "../../../subgraphs/justice/check-draft.js";
import type { DraftWarrantInput, TargetInput } from "../../../subgraphs/justice/types/inputs.js";

const now = new Date("2026-11-23T10:00:00Z");
const heron: TargetInput = { kind: "HANDLE", value: "quiet.heron" };
const sound: DraftWarrantInput = {
  caseId: "case-1",
  kind: "PRODUCTION",
  platform: "FACEBOOK",
  categories: ["SUBSCRIBER", "USER_IDENTIFICATION"],
  targets: [heron],
  period: { from: new Date("2026-09-01T00:00:00Z"), to: new Date("2026-11-01T00:00:00Z") },
  solePurposeIdentification: true,
  emergency: false,
};

const faults = (change: Partial<DraftWarrantInput>) =>
  checkDraft({ ...sound, ...change }, now).map(({ code, field }) => `${code} ${field?.join(".")}`);

describe("the form of a draft", () => {
  test("a sound one has no fault", () => {
    expect(faults({})).toEqual([]);
    expect(faults({ period: { from: now, to: new Date("2027-01-01T00:00:00Z") } })).toEqual([]);
  });

  test.each<[string, Partial<DraftWarrantInput>]>([
    ["PRESERVES_PRODUCTION preserves", { kind: "PRESERVATION", preserves: "warrant-1" }],
    ["EMERGENCY_GROUND emergencyGround", { emergency: true }],
    [
      "EMERGENCY_CATEGORY categories",
      { emergency: true, emergencyGround: "life at risk", categories: ["SUBSCRIBER", "TRAFFIC"] },
    ],
    ["EMERGENCY_GROUND emergencyGround", { emergencyGround: "life at risk" }],
    ["CATEGORIES_EMPTY categories", { categories: [], period: null }],
    ["CATEGORY_TWICE categories.1", { categories: ["SUBSCRIBER", "SUBSCRIBER"] }],
    ["SOLE_PURPOSE_MISSING solePurposeIdentification", { solePurposeIdentification: false }],
    ["TARGETS_EMPTY targets", { targets: [] }],
    [
      "TOO_MANY_TARGETS targets",
      { targets: Array.from({ length: 101 }, (_, n) => ({ kind: "HANDLE", value: `h${n}` })) },
    ],
    ["TARGET_TWICE targets.1", { targets: [heron, { ...heron, believed: { residence: "FR" } }] }],
    ["PERIOD_MISSING period", { period: null }],
    ["PERIOD_TOO_EARLY period.from", { period: { from: new Date("0000-01-01T00:00:00Z"), to: now } }],
    ["TARGET_TIME targets.0.at", { targets: [{ ...heron, at: new Date("1969-12-31T23:59:59Z") }] }],
    ["PERIOD_EMPTY period", { period: { from: now, to: now } }],
    ["EXPIRES_IN_PAST expiresAt", { expiresAt: now }],
    ["TEXT_TOO_LONG necessity", { necessity: "x".repeat(4_001) }],
    ["TEXT_UNREADABLE necessity", { necessity: "a\u0000b" }],
    ["TEXT_UNREADABLE necessity", { necessity: "half \ud800" }],
    ["TEXT_EMPTY necessity", { necessity: " " }],
    ["TEXT_TOO_LONG targets.0.believed.grounds", { targets: [{ ...heron, believed: { grounds: "x".repeat(4_001) } }] }],
  ])("%s", (fault, change) => {
    expect(faults(change)).toEqual([fault]);
  });

  test("a period may be absent for SUBSCRIBER alone", () => {
    expect(faults({ categories: ["SUBSCRIBER"], solePurposeIdentification: false, period: null })).toEqual([]);
    for (const category of ["TRAFFIC", "CONTENT"] as const) {
      expect(faults({ categories: ["SUBSCRIBER", category], period: null })).toEqual(["PERIOD_MISSING period"]);
    }
  });

  test("every fault is told at once", () => {
    expect(faults({ categories: [], targets: [], expiresAt: new Date(0) })).toEqual([
      "CATEGORIES_EMPTY categories",
      "TARGETS_EMPTY targets",
      "EXPIRES_IN_PAST expiresAt",
    ]);
  });

  test.each<[TargetInput["kind"], string[], string[]]>([
    ["ACCOUNT_ID", ["u01", "10000.2_3"], ["", "u 01", "a/b", "x\n"]],
    ["HANDLE", ["quiet.heron", "élodie"], ["@quiet", "two words", "a/b"]],
    [
      "POST_URL",
      ["https://facebook.example/a/posts/1"],
      ["facebook.example/a", "http://facebook.example/a", "https://", "https://a b"],
    ],
    ["EMAIL", ["a@mail.example"], ["a@b", "a.example", "a b@mail.example"]],
    ["PHONE", ["+33123456789"], ["0123456789", "+0123456", "+33 1 23"]],
  ])("a value of kind %s", (kind, right, wrong) => {
    for (const value of right) expect(faults({ targets: [{ kind, value }] })).toEqual([]);
    for (const value of wrong) {
      expect(faults({ targets: [{ kind, value }] })).toEqual([
        expect.stringMatching(/^(TARGET_VALUE|TEXT_EMPTY) targets.0.value$/),
      ]);
    }
  });

  test("an IP address is one at a time", () => {
    const at = new Date("2026-09-02T09:00:00Z");
    for (const value of ["198.51.100.16", "2001:db8:1::3"]) {
      expect(faults({ targets: [{ kind: "IP_ADDRESS", value, at }] })).toEqual([]);
    }
    expect(faults({ targets: [{ kind: "IP_ADDRESS", value: "198.51.100.16" }] })).toEqual([
      "TARGET_TIME_MISSING targets.0.at",
    ]);
    expect(faults({ targets: [{ kind: "IP_ADDRESS", value: "198.51.100.0/24", at }] })).toEqual([
      "TARGET_VALUE targets.0.value",
    ]);
    expect(faults({ targets: [{ kind: "IP_ADDRESS", value: "fe80::1%eth0", at }] })).toEqual([
      "TARGET_VALUE targets.0.value",
    ]);
  });

  test("the message says what is expected", () => {
    const [error] = checkDraft({ ...sound, targets: [{ kind: "PHONE", value: "0123" }] }, now);
    expect(error?.message).toBe(
      "A target of kind PHONE is a number in international form (E.164), such as +33123456789.",
    );
  });
});
