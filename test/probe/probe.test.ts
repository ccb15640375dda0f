import { beforeAll, describe, expect, test } from "@jest/globals";
import { generateSigningKey, type SigningKey } from "../../gateway/authenticate/signing-key.js";
import type { Finding } from "../../gateway/probe/finding.js";
import { probeSubgraph } from "../../gateway/probe/probe-subgraph.js";
import { openSubgraphUnderProbe } from "../../gateway/probe/subgraph-under-probe.js";
import { type Omission, serveCarelessly } from "./careless-subgraph.js";

let trusted: SigningKey;
let foreign: SigningKey;
beforeAll(async () => {
  [trusted, foreign] = [await generateSigningKey(), await generateSigningKey()];
});

async function probe(omissions: readonly Omission[], ids: Record<string, string[]> = {}): Promise<readonly Finding[]> {
  const subgraph = await serveCarelessly(trusted.publicJwk, new Set(omissions));
  try {
    const probed = openSubgraphUnderProbe(subgraph.url, "comments", { trusted, foreign }, () => new Date());
    const findings: Finding[] = [];
    for await (const finding of probeSubgraph(probed, { ids: new Map(Object.entries(ids)), platform: "FACEBOOK" }))
      findings.push(finding);
    return findings;
  } finally {
    await subgraph.close();
  }
}
const failedIn = (findings: readonly Finding[]): string[] => [
  ...new Set(findings.filter(({ outcome }) => outcome === "FAILED").map(({ check }) => check)),
];

test("a subgraph that forgets nothing passes every check, and each was tried on one type at least", async () => {
  const findings = await probe([]);
  expect(failedIn(findings)).toEqual([]);
  const tried = new Set(findings.filter(({ outcome }) => outcome === "PASSED").map(({ check }) => check));
  expect(findings.filter(({ check }) => !tried.has(check))).toEqual([]);
});

/** What each omission alone is found by. Those of one row do not touch each other, and are found in one run. */
const rows: readonly Partial<Record<Omission, readonly string[]>>[] = [
  {
    "key-id": ["call-by-an-unknown-key", "grant-by-an-unknown-key"],
    "alg-none": ["call-unsigned", "grant-unsigned"],
    "alg-hmac": ["call-by-the-public-key", "grant-by-the-public-key"],
    typ: ["call-of-another-type", "grant-of-another-type"],
    kind: ["call-is-a-grant", "grant-is-a-call-token"],
    iss: ["call-of-another-issuer", "grant-of-another-issuer"],
    aud: ["call-for-another-service", "grant-for-another-service"],
    exp: ["call-expired", "grant-expired"],
    life: ["call-too-long", "call-without-life", "grant-too-long", "grant-without-life"],
    future: ["call-from-the-future", "grant-from-the-future"],
  },
  {
    "call-token-for-service": ["call-missing"],
    op: ["grant-of-another-operation"],
    digest: ["grant-of-another-body", "body-changed"],
    warrant: ["grant-without-warrant"],
    receipt: ["grant-without-record"],
    "unknown-claims": ["grant-with-an-unknown-claim"],
    replay: ["grant-used-twice", "grant-listed-again"],
    "unknown-scope": ["scope-with-an-unknown-member"],
    leaves: ["scope-without-record"],
  },
  {
    listed: ["call-not-listed", "grant-not-listed", "grant-moved"],
    "one-disclosure": ["call-with-several-disclosures", "grant-with-several-disclosures"],
    hash: ["call-of-another-hash", "grant-of-another-hash"],
    digests: ["call-of-an-overfull-batch", "grant-of-an-overfull-batch"],
    "unknown-batch": ["call-of-an-unknown-batch", "grant-of-an-unknown-batch"],
    salt: ["call-without-salt", "grant-without-salt"],
  },
  {
    "response-key": ["alias"],
    entity: ["entity-not-granted"],
    category: ["category-not-granted"],
    "own-facts": [
      "facts-differ-providerCountry",
      "facts-differ-residence",
      "facts-differ-nationality",
      "facts-differ-locatedIn",
      "facts-differ-protectedRole",
      "facts-echoed",
    ],
    period: ["period-missing", "period-elsewhere"],
    roots: ["roots"],
  },
  { field: ["field-not-granted", "alias", "fragments"], subject: ["subject-differs", "subject-echoed"] },
  { rows: ["period-elsewhere"], "echoed-facts": ["subject-echoed", "facts-echoed"] },
  { "echoed-subject": ["subject-echoed", "facts-echoed"] },
  { "one-for-all": ["batch"] },
  {
    signature: [
      "call-by-an-unknown-key",
      "call-by-a-foreign-key",
      "call-unsigned",
      "call-by-the-public-key",
      "call-changed",
      "grant-by-an-unknown-key",
      "grant-by-a-foreign-key",
      "grant-unsigned",
      "grant-by-the-public-key",
      "grant-changed",
      "grant-moved",
    ],
  },
  { "answers-nothing": ["right-grant"] },
];

describe("a subgraph that forgets something fails the checks of that name, and no others", () => {
  test.each(rows.map((row) => [Object.keys(row).join(", "), row] as const))("%s", async (_names, row) => {
    const findings = await probe(Object.keys(row) as Omission[]);
    expect(failedIn(findings).sort()).toEqual([...new Set(Object.values(row).flat())].sort());
  });

  test("one that tires and answers nobody any more passes no check by that", async () => {
    expect(failedIn(await probe(["tires"]))).toContain("right-grant-at-the-end");
  });

  test("one that answers everybody fails whatever is about a grant", async () => {
    const failed = failedIn(await probe(["grant"]));
    expect(failed).toEqual(expect.arrayContaining(["grant-missing", "batch", "field-not-granted", "facts-echoed"]));
  });

  test("one that answers calls of nobody fails the checks of calls", async () => {
    const failed = failedIn(await probe(["call-token"]));
    expect(failed).toContain("call-missing");
    expect(failed.filter((check) => !check.startsWith("call-"))).toEqual([]);
  });

  test.each<[string, Omission]>([
    ["its error messages", "error-text"],
    ["a header", "header"],
  ])(
    "one that keeps the field shut and lets the value out in %s fails, and the value is in no finding",
    async (_where, omission) => {
      const findings = await probe([omission]);
      const missing = findings.find(({ check }) => check === "grant-missing");
      expect(missing?.problems).toEqual(["a value of Comment.sentWith left", "a value of Comment.sentFrom left"]);
      expect(JSON.stringify(findings)).not.toMatch(/Specimen|198\.51/);
    },
  );
});

describe("nothing passes on empty data", () => {
  test("an entity without a value, or one that is not there, is a failure that says what to name", async () => {
    const [finding, ...rest] = await probe([], { Comment: ["comment-9"] });
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({
      outcome: "FAILED",
      check: "sample",
      problems: [expect.stringContaining("--id Comment=")],
    });
  });

  test("entities that are named are asked about, and no others", async () => {
    const findings = await probe([], { Comment: ["comment-2"] });
    expect(failedIn(findings)).toEqual([]);
    expect(findings.find(({ check }) => check === "batch")?.outcome).toBe("NOT_TRIED");
  });
});
