import { describe, expect, test } from "@jest/globals";
import {
  beliefOf,
  canonicalContent,
  contentHash,
  type WarrantContent,
} from "../../../subgraphs/justice/canonical-content.js";

const content: WarrantContent = {
  id: "warrant-1",
  kind: "PRODUCTION",
  caseReference: "PAR-2026/17 é",
  offenceCodes: ["FR-1881-24", "X-HATE"],
  committedOnline: true,
  offenceCountry: "FR",
  issuingAuthority: "fr-tj-paris",
  platform: "FACEBOOK",
  categories: ["USER_IDENTIFICATION", "SUBSCRIBER"],
  targets: [
    { kind: "POST_URL", value: "https://facebook.example/p/1", at: null, believed: null },
    {
      kind: "HANDLE",
      value: "quiet.heron",
      at: new Date("2026-09-02T09:00:00Z"),
      believed: beliefOf({ residence: "FR" }),
    },
  ],
  period: { from: new Date("2026-08-25T10:00:00Z"), to: new Date("2026-11-23T10:00:00Z") },
  expiresAt: new Date("2027-11-23T10:00:00.5Z"),
  solePurposeIdentification: true,
  emergency: false,
  emergencyGround: null,
  necessity: "the only lead",
  preserves: null,
  replaces: null,
};

/** Written out, not computed: whoever verifies a warrant elsewhere must come to these very bytes. */
const text =
  '{"caseReference":"PAR-2026/17 é","categories":["SUBSCRIBER","USER_IDENTIFICATION"],"committedOnline":true,"emergency":false,' +
  '"emergencyGround":null,"expiresAt":"2027-11-23T10:00:00.500Z","id":"warrant-1","issuingAuthority":"fr-tj-paris","kind":"PRODUCTION",' +
  '"necessityHash":"68af4ddb0c5081fbce79ffc5246feea331affbae7e54f3c53a3c17e602d6c16e","offenceCodes":["FR-1881-24","X-HATE"],"offenceCountry":"FR",' +
  '"period":{"from":"2026-08-25T10:00:00.000Z","to":"2026-11-23T10:00:00.000Z"},"platform":"FACEBOOK","preserves":null,"replaces":null,' +
  '"solePurposeIdentification":true,"targets":[{"at":"2026-09-02T09:00:00.000Z","believed":{"grounds":null,"locatedIn":null,' +
  '"nationality":null,"protectedRole":null,"residence":"FR"},"kind":"HANDLE","value":"quiet.heron"},' +
  '{"at":null,"believed":null,"kind":"POST_URL","value":"https://facebook.example/p/1"}],"v":1}';

describe("canonicalContent", () => {
  test("is RFC 8785 text, with sorted lists, milliseconds, null for what is absent, and the hash of the necessity", () => {
    expect(canonicalContent(content)).toBe(text);
  });

  test("has a known hash", () => {
    expect(contentHash(canonicalContent(content))).toBe(
      "7bc9b8095adb47fa1889ab58032f6b267326e6928d492f7eac28540a0f031b25",
    );
  });

  test("does not depend on the order in which categories and targets were named", () => {
    const turned = {
      ...content,
      categories: [...content.categories].reverse(),
      targets: [...content.targets].reverse(),
    };
    expect(canonicalContent(turned)).toBe(canonicalContent(content));
  });

  test("keeps the order of the offences, which breaks ties", () => {
    const turned = { ...content, offenceCodes: [...content.offenceCodes].reverse() };
    expect(canonicalContent(turned)).not.toBe(canonicalContent(content));
  });

  test.each<[string, Partial<WarrantContent>]>([
    ["a later end", { expiresAt: new Date("2027-11-23T10:00:00.501Z") }],
    ["another reason", { necessity: "another lead" }],
    ["no reason", { necessity: null }],
    ["no period", { period: null }],
    [
      "another belief",
      { targets: content.targets.map((target) => ({ ...target, believed: beliefOf({ residence: "DE" }) })) },
    ],
    ["another file number", { caseReference: "PAR-2026/18" }],
  ])("%s is another warrant", (_what, change) => {
    expect(contentHash(canonicalContent({ ...content, ...change }))).not.toBe(contentHash(canonicalContent(content)));
  });

  test("an empty belief is none", () => {
    expect(beliefOf({})).toBeNull();
    expect(beliefOf({ grounds: "profile" })).toMatchObject({ grounds: "profile", residence: null });
  });
});
