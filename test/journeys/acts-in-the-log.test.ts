import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { leafHash } from "../../schema/ledger/merkle.js";
import { type Claims, type Rogatory, startRogatory, storyMoment } from "../kit/start-rogatory.js";

const paris = { role: "JUDICIAL", country: "FR", authority: "fr-tj-paris", sub: "judge-martin" };
const facebook = { role: "PROVIDER", platform: "FACEBOOK", sub: "desk" };
const auditor = { role: "AUDITOR", country: "FR" };

interface Recorded {
  readonly index: number;
  readonly act: string;
  readonly from: string | null;
  readonly to: string;
}

/** From the act to the auditor, and through a kill -9 in between. */
describe("acts on a warrant in the log", () => {
  const home = mkdtempSync(path.join(tmpdir(), "rogatory-acts-"));
  let rogatory: Rogatory;
  beforeAll(async () => {
    rogatory = await startRogatory({ now: storyMoment, home });
  });
  afterAll(async () => {
    await rogatory?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  async function as(claims: Claims, document: string, variables: Record<string, unknown> = {}) {
    const { body } = await rogatory.ask(await rogatory.token(claims), document, variables);
    expect(body.errors).toBeUndefined();
    return body.data;
  }
  async function draft(): Promise<{ id: string; contentHash: string }> {
    const open = "mutation ($input: OpenCaseInput!) { openCase(input: $input) { case { id } } }";
    const input = {
      reference: "Parquet 26/9",
      offenceCodes: ["FR-1881-24"],
      committedOnline: true,
      offenceCountry: "FR",
    };
    const { openCase } = await as(paris, open, { input });
    const { draftWarrant } = await as(
      paris,
      "mutation ($input: DraftWarrantInput!) { draftWarrant(input: $input) { warrant { id contentHash } } }",
      {
        input: {
          caseId: openCase.case.id,
          platform: "FACEBOOK",
          categories: ["SUBSCRIBER"],
          targets: [{ kind: "HANDLE", value: "quiet.heron", believed: { residence: "FR" } }],
        },
      },
    );
    return draftWarrant.warrant;
  }
  const issue = (input: object) =>
    as(paris, "mutation ($input: IssueWarrantInput!) { issueWarrant(input: $input) { userErrors { code } } }", {
      input,
    });
  const accept = (input: object) =>
    as(facebook, "mutation ($input: AnswerOrderInput!) { acceptWarrant(input: $input) { userErrors { code } } }", {
      input,
    });
  /** The acts of a warrant once there are so many, within some seconds. */
  async function recorded(id: string, count: number, who: Claims = auditor): Promise<Recorded[]> {
    for (let attempt = 0; ; attempt += 1) {
      const { warrant } = await as(who, `{ warrant(id: "${id}") { warrantRecords { nodes { index act from to } } } }`);
      const nodes: Recorded[] = warrant?.warrantRecords.nodes ?? [];
      if (nodes.length >= count || attempt > 40) return nodes;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  test("are read by the auditor in their order, by whom and when, proven in the signed tree, and say no name", async () => {
    const order = await draft();
    await issue(order);
    await accept(order);
    const acts = await recorded(order.id, 3);
    expect(acts).toMatchObject([
      { act: "DRAFT", from: null, to: "DRAFT" },
      { act: "ISSUE", from: "DRAFT", to: "ISSUED" },
      { act: "ACCEPT", from: "ISSUED", to: "ACCEPTED" },
    ]);
    const { logEntries, checkpoint } = await as(
      auditor,
      `{ checkpoint { size rootHash } logEntries(from: ${acts[1]?.index}, first: 1) { __typename index level leaf leafHash ... on WarrantRecord {
        act by actor doneAt recordedAt country platform authority { name } warrant { id status } case { reference } emergency signingKey
        duties { kind owner state obligation { kind state } } } } }`,
    );
    expect(logEntries).toMatchObject([
      {
        ...{
          __typename: "WarrantRecord",
          level: "INTEGRATED",
          act: "ISSUE",
          by: "ISSUING_AUTHORITY",
          actor: "judge-martin",
        },
        ...{ country: "FR", platform: "FACEBOOK", authority: { name: "Tribunal judiciaire de Paris (demo)" } },
        ...{ warrant: { id: order.id, status: "ACCEPTED" }, case: { reference: "Parquet 26/9" }, emergency: false },
        duties: expect.arrayContaining([
          {
            kind: "INFORM_USER",
            owner: "ISSUING_AUTHORITY",
            state: "OPEN",
            obligation: { kind: "INFORM_USER", state: "OPEN" },
          },
        ]),
      },
    ]);
    const bytes = Buffer.from(logEntries[0].leaf, "base64");
    expect(leafHash(bytes).toString("hex")).toBe(logEntries[0].leafHash);
    expect(bytes.toString("utf8")).not.toMatch(/judge-martin|quiet|warrant-|case-|Parquet|event-|obligation-/);
    expect(checkpoint.size).toBeGreaterThan(logEntries[0].index);
  });

  test("the provider reads them from the issue on, without the case; others not at all", async () => {
    const order = await draft();
    await issue(order);
    await recorded(order.id, 2);
    expect(await recorded(order.id, 1, facebook)).toMatchObject([{ act: "ISSUE" }]);
    const { body } = await rogatory.ask(
      await rogatory.token(paris),
      `{ warrant(id: "${order.id}") { warrantRecords { nodes { index } } } }`,
    );
    expect([body.data.warrant.warrantRecords, body.errors?.[0]?.extensions.code]).toEqual([null, "FORBIDDEN"]);
  });

  test("killed right after the act: its leaf comes after the restart, once", async () => {
    const order = await draft();
    await issue(order);
    await rogatory.kill();
    rogatory = await startRogatory({ now: storyMoment, home });
    expect((await recorded(order.id, 2)).map(({ act }) => act)).toEqual(["DRAFT", "ISSUE"]);
    await accept(order);
    expect((await recorded(order.id, 3)).map(({ act }) => act)).toEqual(["DRAFT", "ISSUE", "ACCEPT"]);
  });
});
