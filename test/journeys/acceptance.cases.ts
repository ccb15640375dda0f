import { describe, expect, test } from "@jest/globals";
import type { Claims, Rogatory } from "../kit/start-rogatory.js";

const berlin = { role: "JUDICIAL", country: "DE", authority: "de-ag-berlin" };
const facebook = { role: "PROVIDER", platform: "FACEBOOK", sub: "policy-maker" };

/** Four orders of Berlin: of one person all is as declared; the others live elsewhere, have a protected role, or are reached by e-mail. */
const believed = { residence: "FR" };
const targets = [
  { kind: "HANDLE", value: "amber.falcon", believed },
  { kind: "HANDLE", value: "crimson.kite", believed },
  { kind: "HANDLE", value: "white.stork", believed },
  { kind: "EMAIL", value: "specimen-03@mail.example", believed },
];
const orders: string[] = [];

const as = async (rogatory: Rogatory, claims: Claims, document: string, variables: Record<string, unknown> = {}) =>
  (await rogatory.ask(await rogatory.token(claims), document, variables)).body;

const seen = `status deadlineState items { nodes { category status heldUntil disclosedAt forPerson { reason } } }`;

/** The provider sets a policy, and the orders are issued; nothing is accepted before its time. */
export function testPolicy(running: () => Rogatory): void {
  describe("acceptance by policy, over HTTP", () => {
    test("a provider says what it accepts by itself; an order waits for its moment, whoever it names", async () => {
      const set = await as(
        running(),
        facebook,
        `mutation ($input: AcceptancePolicyInput!) { setAcceptancePolicy(input: $input) { policy { version setBy } userErrors { code message } } }`,
        {
          input: {
            replaces: 0,
            allows: [{ category: "SUBSCRIBER", countries: ["DE"] }],
            ...{ earliestMinutes: 60, latestMinutes: 600 },
          },
        },
      );
      expect(set.data.setAcceptancePolicy).toEqual({ policy: { version: 1, setBy: "policy-maker" }, userErrors: [] });
      for (const target of targets) {
        const { data } = await as(
          running(),
          berlin,
          "mutation ($input: DraftWarrantInput!) { draftWarrant(input: $input) { warrant { id contentHash } userErrors { message } } }",
          { input: { caseId: "case-de-hate", platform: "FACEBOOK", categories: ["SUBSCRIBER"], targets: [target] } },
        );
        const { id, contentHash } = data.draftWarrant.warrant;
        const issued = await as(
          running(),
          berlin,
          "mutation ($input: IssueWarrantInput!) { issueWarrant(input: $input) { userErrors { message } } }",
          { input: { id, contentHash } },
        );
        expect(issued.data.issueWarrant.userErrors).toEqual([]);
        orders.push(id);
      }
      const { data } = await as(running(), berlin, "{ acceptancePolicies { version } }");
      expect(data).toEqual({ acceptancePolicies: null });
    });
  });
}

/** After the longest time that the policy sets, and a restart. */
export function testAcceptedByPolicy(running: () => Rogatory): void {
  describe("acceptance by policy, over HTTP, when its time has come", () => {
    const read = async (who: Claims, id: string | undefined) =>
      (await as(running(), who, `{ warrant(id: "${id}") { ${seen} history { to by actor reason } } }`)).data.warrant;

    test("the order about the person of whom all is as declared is accepted, and its door opens", async () => {
      const looked = async (id: string | undefined): Promise<boolean> =>
        (await read(facebook, id)).items.nodes[0].forPerson?.length !== 0;
      for (let attempt = 0; attempt < 100 && !(await Promise.all(orders.map(looked))).every(Boolean); attempt++)
        await new Promise((resolve) => setTimeout(resolve, 200));
      expect(await read(facebook, orders[0])).toMatchObject({
        status: "ACCEPTED",
        history: [
          { to: "ISSUED" },
          { to: "ACCEPTED", by: "PROVIDER", actor: "policy-maker", reason: expect.stringMatching(/version 1 /) },
        ],
      });
      expect((await read(berlin, orders[0])).history.at(-1)).toEqual({
        ...{ to: "ACCEPTED", by: "PROVIDER", actor: "FACEBOOK", reason: null },
      });
      const opened = await as(
        running(),
        berlin,
        `query @warrant(id: "${orders[0]}") { user(id: "u03") { legalName } }`,
      );
      expect(opened.data.user).toEqual({ legalName: "Specimen Person 03" });
    });

    test("the others wait for a person, who reads why; the court reads the same of all of them", async () => {
      const waiting = orders.slice(1);
      const told = await Promise.all(waiting.map((id) => read(facebook, id)));
      expect(told.map(({ items }) => items.nodes[0].forPerson)).toEqual([
        [{ reason: "PERSON" }],
        [{ reason: "PERSON" }],
        [{ reason: "NOT_RESOLVED" }],
      ]);
      const views = await Promise.all(waiting.map((id) => read(berlin, id)));
      for (const view of views) {
        expect(view).toEqual(views[0]);
        expect(view).toMatchObject({ status: "ISSUED", items: { nodes: [{ status: "ORDERED", forPerson: null }] } });
      }
    });
  });
}
