import { beforeAll, describe, expect, test } from "@jest/globals";
import { generateSigningKey, type SigningKey } from "../../gateway/authenticate/signing-key.js";
import { anotherThan, findIdentifiers } from "../../gateway/probe/find-identifiers.js";
import type { Finding } from "../../gateway/probe/finding.js";
import { probeSubgraph } from "../../gateway/probe/probe-subgraph.js";
import { openSubgraphUnderProbe } from "../../gateway/probe/subgraph-under-probe.js";
import { type SearchOmission, serveSearches } from "./careless-searches.js";

let trusted: SigningKey;
let foreign: SigningKey;
beforeAll(async () => {
  [trusted, foreign] = [await generateSigningKey(), await generateSigningKey()];
});

/** What is found about the root field of a subgraph that forgets this. */
async function probe(
  omissions: readonly SearchOmission[],
  platform: string | null = "FACEBOOK",
): Promise<readonly Finding[]> {
  const subgraph = await serveSearches(new Set(omissions));
  try {
    const probed = openSubgraphUnderProbe(subgraph.url, "people", { trusted, foreign }, () => new Date());
    const findings: Finding[] = [];
    for await (const finding of probeSubgraph(probed, { ids: new Map(), platform })) findings.push(finding);
    return findings.filter(({ type }) => type === "Query");
  } finally {
    await subgraph.close();
  }
}
const named = (findings: readonly Finding[], wanted: Finding["outcome"]): string[] =>
  findings.filter(({ outcome }) => outcome === wanted).map(({ check }) => check);

describe("a root field that searches", () => {
  test("passes every check where nothing is forgotten", async () => {
    const findings = await probe([]);
    expect(named(findings, "PASSED")).toHaveLength(8);
    expect(findings.every(({ fields }) => fields.join() === "Query.accountsByEmail")).toBe(true);
    expect(named(findings, "FAILED")).toEqual([]);
  });

  test.each<[SearchOmission, string]>([
    ["grant", "search-without-a-grant"],
    ["search", "search-not-granted"],
    ["identifier", "search-for-another-identifier"],
    ["field", "search-of-another-field"],
    ["category", "search-of-another-category"],
    ["unknown", "search-with-an-unknown-member"],
    ["platform", "search-of-another-platform"],
    ["finds-nobody", "right-search"],
  ])("where it does not look at the %s, it fails %s and nothing else", async (omission, check) => {
    const findings = await probe([omission]);
    expect(named(findings, "FAILED")).toEqual([check]);
    expect(JSON.stringify(findings)).not.toContain("specimen-77");
  });

  test("is not tried where nobody says among whose accounts", async () => {
    expect(await probe([], null)).toMatchObject([
      { outcome: "NOT_TRIED", check: "right-search", sentence: expect.stringContaining("--platform") },
    ]);
  });
});

describe("identifiers among known values", () => {
  const values = [
    new Map([
      [
        "u1",
        {
          email: "A@mail.example",
          phone: "+33 1 23 45 67 89",
          rows: { nodes: [{ address: "192.0.2.1", port: 1, seenAt: "2026-09-02T09:00:00Z" }] },
        },
      ],
    ]),
  ];
  test("an address, a number; an Internet address beside its time", () => {
    expect(findIdentifiers("EMAIL", values)).toEqual([{ kind: "EMAIL", email: "a@mail.example" }]);
    expect(findIdentifiers("PHONE", values)).toEqual([{ kind: "PHONE", phone: "+33123456789" }]);
    expect(findIdentifiers("IP_ADDRESS", values)).toEqual([
      {
        kind: "IP_ADDRESS",
        address: "192.0.2.1",
        port: null,
        from: "2026-09-02T08:30:00.000Z",
        to: "2026-09-02T09:30:00.000Z",
      },
    ]);
    expect(findIdentifiers("EMAIL", [])).toEqual([]);
  });

  test.each(["EMAIL", "PHONE", "IP_ADDRESS"] as const)("another %s is another", (kind) => {
    const [one] = findIdentifiers(kind, values);
    expect(one && anotherThan(one)).toMatchObject({ kind });
    expect(one && anotherThan(one)).not.toEqual(one);
  });
});
