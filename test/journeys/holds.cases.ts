import { describe, expect, test } from "@jest/globals";
import { type Claims, type Rogatory } from "../kit/start-rogatory.js";

const berlin = { role: "JUDICIAL", country: "DE", authority: "de-ag-berlin" };
const dublin = { role: "ENFORCING_AUTHORITY", country: "IE", authority: "ie-hc-dublin" };
const facebook = { role: "PROVIDER", platform: "FACEBOOK" };
const traffic =
  'query ($w: ID!) @warrant(id: $w) { user(id: "u03") { legalName sessions(first: 1) { nodes { address } } } }';
const parts = "id status contentHash items { nodes { id category status heldUntil refusal { ground by } } }";

/** German cases against amber.falcon, who lives in France: traffic data are held until Ireland has had its say. */
export function testHolds(running: () => Rogatory): void {
  describe("a hold, over HTTP", () => {
    const as = async (claims: Claims, document: string, variables: Record<string, unknown> = {}) =>
      running().ask(await running().token(claims), document, variables);

    async function order(): Promise<{ id: string; contentHash: string }> {
      const drafted = await as(
        berlin,
        "mutation ($input: DraftWarrantInput!) { draftWarrant(input: $input) { warrant { id contentHash } warnings { code } userErrors { code } } }",
        {
          input: {
            caseId: "case-de-hate",
            platform: "FACEBOOK",
            categories: ["SUBSCRIBER", "TRAFFIC"],
            targets: [{ kind: "HANDLE", value: "amber.falcon", believed: { residence: "FR" } }],
            period: { from: "2026-09-01T00:00:00Z", to: "2026-12-01T00:00:00Z" },
          },
        },
      );
      expect(drafted.body.data.draftWarrant).toMatchObject({ warnings: [{ code: "HELD" }, {}], userErrors: [] });
      const { id, contentHash } = drafted.body.data.draftWarrant.warrant;
      const input = { id, contentHash };
      await as(
        berlin,
        "mutation ($input: IssueWarrantInput!) { issueWarrant(input: $input) { userErrors { code } } }",
        {
          input,
        },
      );
      const accepted = await as(
        facebook,
        `mutation ($input: AnswerOrderInput!) { acceptWarrant(input: $input) { warrant { ${parts} } userErrors { code } } }`,
        { input },
      );
      expect(accepted.body.data.acceptWarrant.warrant.items.nodes).toMatchObject([
        { category: "SUBSCRIBER", status: "ACCEPTED", heldUntil: null },
        { category: "TRAFFIC", status: "HELD", heldUntil: expect.any(String) },
      ]);
      const shut = await as(berlin, traffic, { w: id });
      expect(shut.body.data.user).toMatchObject({ legalName: "Specimen Person 03", sessions: null });
      expect(shut.body.errors).toMatchObject([{ extensions: { decision: { code: "HELD", rule: "R-EE-TRAFFIC" } } }]);
      return input;
    }

    test("cleared: the enforcing authority finds the order, clears it, and the door opens before the time is over", async () => {
      const input = await order();
      const queue = await as(
        dublin,
        `{ warrants(filter: { itemStatus: [HELD] }, orderBy: ISSUED) { nodes { id case { id } obligations { kind state owner } } } }`,
      );
      expect(queue.body.data.warrants.nodes[0]).toEqual({
        id: input.id,
        case: null,
        obligations: [
          { kind: "NOTIFY_ENFORCING_AUTHORITY", state: "DONE", owner: "ISSUING_AUTHORITY" },
          { kind: "HOLD", state: "OPEN", owner: "PROVIDER" },
          { kind: "INFORM_USER", state: "OPEN", owner: "ISSUING_AUTHORITY" },
        ],
      });
      const cleared = await as(
        dublin,
        `mutation ($input: AnswerOrderInput!) { clearHold(input: $input) { warrant { ${parts} } userErrors { code } } }`,
        { input },
      );
      expect(cleared.body.data.clearHold).toMatchObject({
        userErrors: [],
        warrant: { items: { nodes: [{}, { category: "TRAFFIC", status: "ACCEPTED" }] } },
      });
      const open = await as(berlin, traffic, { w: input.id });
      expect(open.body.errors).toBeUndefined();
      expect(open.body.data.user.sessions.nodes).toHaveLength(1);
    });

    test("refused: the enforcing authority objects with a ground of its own, and the door stays shut for that part", async () => {
      const { id } = await order();
      const objected = await as(
        dublin,
        `mutation ($input: ContestInput!) { objectToWarrant(input: $input) { warrant { ${parts} } userErrors { code message } } }`,
        { input: { id, ground: "NE_BIS_IN_IDEM", text: "Acquitted in Dublin in 2025." } },
      );
      expect(objected.body.data.objectToWarrant).toMatchObject({
        userErrors: [],
        warrant: {
          status: "ACCEPTED",
          items: {
            nodes: [
              { status: "ACCEPTED", refusal: null },
              { status: "REFUSED", refusal: { ground: "NE_BIS_IN_IDEM", by: "ENFORCING_AUTHORITY" } },
            ],
          },
        },
      });
      const shut = await as(berlin, traffic, { w: id });
      expect(shut.body.data.user).toMatchObject({ legalName: "Specimen Person 03", sessions: null });
      expect(shut.body.errors).toMatchObject([
        {
          path: ["user", "sessions"],
          extensions: { decision: { code: "WARRANT_NOT_USABLE", reason: expect.stringMatching(/refused/) } },
        },
      ]);
      const { data } = (
        await as(berlin, `{ obligations(filter: { warrantId: "${id}", kind: [HOLD] }) { nodes { id state } } }`)
      ).body;
      expect(data.obligations.nodes).toEqual([{ id: expect.any(String), state: "DONE" }]);
      const node = await as(
        berlin,
        `{ node(id: "${data.obligations.nodes[0].id}") { __typename ... on Obligation { kind } } }`,
      );
      expect(node.body.data.node).toEqual({ __typename: "Obligation", kind: "HOLD" });
    });

    test("one category that the provider may not refuse, and asks about: the other goes on", async () => {
      const { id } = await order();
      const [, item] = (await as(berlin, `{ warrant(id: "${id}") { ${parts} } }`)).body.data.warrant.items.nodes;
      const refused = await as(
        facebook,
        "mutation ($input: ContestInput!) { refuseWarrant(input: $input) { userErrors { code message } } }",
        { input: { id, itemIds: [item.id], ground: "OVERBROAD", text: "Too long a period." } },
      );
      expect(refused.body.data.refuseWarrant.userErrors).toMatchObject([{ code: "ITEM_NOT_OPEN" }]);
      const none = await as(
        facebook,
        `mutation ($input: ContestInput!) { contestWarrant(input: $input) { warrant { ${parts} } userErrors { code } } }`,
        { input: { id, itemIds: [item.id], ground: "DATA_NOT_HELD", text: "Sessions are kept for ninety days." } },
      );
      expect(none.body.data.contestWarrant).toMatchObject({
        userErrors: [],
        warrant: { status: "ACCEPTED", items: { nodes: [{ status: "ACCEPTED" }, { status: "NOT_HELD" }] } },
      });
      const read = await as(berlin, traffic, { w: id });
      expect(read.body.data.user).toMatchObject({ legalName: "Specimen Person 03", sessions: null });
      expect(read.body.errors).toMatchObject([
        { extensions: { decision: { reason: expect.stringMatching(/does not hold/) } } },
      ]);
    });
  });
}
