import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Rogatory, startRogatory, storyMoment } from "../kit/start-rogatory.js";

/**
 * Drafting is no oracle. Each pair of accounts differs in what the platform knows and in nothing that the authority declares: what she reads until the provider has
 * accepted, previews, dry runs, drafts, items, obligations, channels and deadlines, is the same text for both.
 */
const judges = {
  FR: { role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" },
  GB: { role: "JUDICIAL", country: "GB", authority: "gb-cc-london" },
} as const;

interface Account {
  readonly id: string;
  readonly handle: string;
}
const account = (id: string, handle: string): Account => ({ id, handle });
const pairs: readonly (readonly [string, keyof typeof judges, string, Account, Account])[] = [
  ["nationality", "GB", "GB-TA-58", account("u04", "silver.otter"), account("u05", "golden.plover")],
  ["a protected role", "FR", "FR-1881-24", account("u01", "quiet.heron"), account("u11", "white.stork")],
  ["residence and provider", "FR", "FR-1881-24", account("u01", "quiet.heron"), account("u12", "olive.ibis")],
  ["everything", "FR", "FR-CP-421-2-5", account("u02", "brave.badger"), account("u09", "crimson.kite")],
];

const decision = `decision { category effect code permitted rule { id } reason unmet { rule { id } fact expected actual } channels { id } nextSteps { kind text typicalDays rule { id } }
  obligations { kind owner dueHours text } citations { id } providerCountry deadlineHours }`;
const whole = `id status kind categories solePurposeIdentification emergency deadlineAt history { from to by }
  targets { kind value resolution believed { residence nationality } account { id handle } } items { nodes { id category status deadlineAt heldUntil ${decision} } }`;
const act = (name: string, input: string) =>
  `mutation ($input: ${input}!) { act: ${name}(input: $input) { warrant { contentHash ${whole} } warnings { code message field rule { id } } userErrors { code message } } }`;

let rogatory: Rogatory;
beforeAll(async () => {
  rogatory = await startRogatory({ now: storyMoment });
}, 60_000);
afterAll(() => rogatory?.stop());

/** Everything that the authority reads about one account up to issue, without the names of this account and this draft, and to the hour. */
async function reads(
  country: keyof typeof judges,
  offence: string,
  { id, handle }: Account,
): Promise<readonly string[]> {
  const token = await rogatory.token(judges[country]);
  const said: string[] = [];
  const names = new Map<string, string>([
    [id, "ACCOUNT"],
    [handle, "HANDLE"],
  ]);
  // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, compared as text
  const ask = async (query: string, variables: Record<string, unknown>): Promise<any> => {
    const { status, body } = await rogatory.ask(token, query, variables);
    const { operationId, receipts, sealed, ...disclosure } = body.extensions?.disclosure ?? {};
    let text = JSON.stringify({
      status,
      data: body.data,
      errors: body.errors,
      disclosure,
      receipts: receipts?.length,
      sealed: sealed?.length,
    });
    for (const [, made] of text.matchAll(/"((?:warrant|item|case|target)-[0-9a-f-]{36})"/g))
      if (made && !names.has(made)) names.set(made, `ID${names.size}`);
    for (const [name, neutral] of names) text = text.replaceAll(`"${name}"`, `"${neutral}"`);
    said.push(
      text
        .replaceAll(String(operationId), "OPERATION")
        .replace(/"contentHash":"[0-9a-f]{64}"/g, '"contentHash":"HASH"')
        .replace(/:\d\d:\d\d\.\d{3}Z/g, "Z"),
    );
    return body.data;
  };

  const believed = { residence: country };
  const categories = ["SUBSCRIBER", "USER_IDENTIFICATION", "TRAFFIC", "CONTENT"];
  const opened = await ask(
    "mutation ($input: OpenCaseInput!) { openCase(input: $input) { case { id } userErrors { code } } }",
    {
      input: {
        reference: "PAIR-1",
        offenceCodes: [offence],
        committedOnline: true,
        offenceCountry: country,
        postIds: [],
      },
    },
  );
  const caseId = opened.openCase.case.id;
  await ask(
    `query ($i: PreviewInput!) { preview(input: $i) { decisions { category effect code permitted reason deadlineHours } addressee { id } missing { code } } }`,
    {
      i: { caseId, platform: "FACEBOOK", categories, believed },
    },
  );
  const drafted = await ask(act("draftWarrant", "DraftWarrantInput"), {
    input: {
      caseId,
      platform: "FACEBOOK",
      categories,
      targets: [{ kind: "HANDLE", value: handle, believed }],
      period: { from: "2026-09-01T00:00:00Z", to: "2026-12-01T00:00:00Z" },
      solePurposeIdentification: true,
      necessity: "The same for both.",
    },
  });
  const { id: w, contentHash } = drafted.act.warrant;
  const dryRun = `query ($w: ID!, $u: ID!) @warrant(id: $w, dryRun: true) { user(id: $u) { legalName ipAddresses { nodes { address } } sessions { nodes { address } } messages { nodes { body } } } }`;
  await ask(dryRun, { w, u: id });
  await ask(act("issueWarrant", "IssueWarrantInput"), { input: { id: w, contentHash } });
  await ask(`query ($w: ID!) { warrant(id: $w) { ${whole} } }`, { w });
  await ask(dryRun, { w, u: id });
  await ask(dryRun.replace(", dryRun: true", ""), { w, u: id });
  return said;
}

describe("two accounts read alike until the provider has accepted, though they differ in", () => {
  test.each(pairs)("%s", async (_, country, offence, one, other) => {
    const [first, second] = [await reads(country, offence, one), await reads(country, offence, other)];
    expect(second).toEqual(first);
    expect(first).toHaveLength(8);
    expect(first.join()).toContain('"status":"ISSUED"');
  });
});

test("after that they may differ: the pairs are pairs that the law tells apart", async () => {
  const name = (id: string) => `query ($w: ID!) @warrant(id: $w) { user(id: "${id}") { legalName } }`;
  const token = await rogatory.token(judges.GB);
  const permitted = await rogatory.ask(token, name("u04"), { w: "warrant-gb-silver-otter" });
  const denied = await rogatory.ask(token, name("u05"), { w: "warrant-gb-golden-plover" });
  expect(permitted.body.errors).toBeUndefined();
  expect(denied.body.errors?.[0]?.extensions.decision.code).toBe("PERSON_CONDITION");
});
