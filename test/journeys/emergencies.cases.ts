import { describe, expect, test } from "@jest/globals";
import type { Claims, Rogatory } from "../kit/start-rogatory.js";

const police = { role: "JUDICIAL", country: "FR", authority: "fr-ofac" };
const paris = { role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" };
const caller = { role: "PROVIDER", platform: "FACEBOOK", sub: "caller" };
const accepter = { role: "PROVIDER", platform: "FACEBOOK", sub: "accepter" };
const name = 'query ($w: ID!) @warrant(id: $w) { user(id: "u01") { legalName } }';

/** The police of Paris, at night: ordered first, validated afterwards, or not. */
export function testEmergencies(running: () => Rogatory, restart: (now: string) => Promise<void>): void {
  describe("an emergency, over HTTP", () => {
    const as = async (claims: Claims, document: string, variables: Record<string, unknown> = {}) =>
      running().ask(await running().token(claims), document, variables);
    async function order(): Promise<{ id: string; contentHash: string }> {
      const opened = await as(
        police,
        "mutation ($input: OpenCaseInput!) { openCase(input: $input) { case { id } userErrors { code } } }",
        {
          input: {
            reference: "OFAC 26/7",
            offenceCodes: ["FR-CP-421-2-5"],
            committedOnline: true,
            offenceCountry: "FR",
          },
        },
      );
      const drafted = await as(
        police,
        "mutation ($input: DraftWarrantInput!) { draftWarrant(input: $input) { warrant { id contentHash } userErrors { code message } } }",
        {
          input: {
            caseId: opened.body.data.openCase.case.id,
            platform: "FACEBOOK",
            categories: ["SUBSCRIBER"],
            targets: [{ kind: "HANDLE", value: "quiet.heron", believed: { residence: "FR" } }],
            emergency: true,
            emergencyGround: "An attack is announced for tonight.",
          },
        },
      );
      expect(drafted.body.data.draftWarrant.userErrors).toEqual([]);
      const input = drafted.body.data.draftWarrant.warrant;
      const issued = await as(
        police,
        "mutation ($input: IssueWarrantInput!) { issueWarrant(input: $input) { warrant { status deadlineAt issuedAt obligations { kind owner } } userErrors { code message } } }",
        { input },
      );
      const { warrant, userErrors } = issued.body.data.issueWarrant;
      expect([userErrors, warrant.status]).toEqual([[], "ISSUED"]);
      expect(Date.parse(warrant.deadlineAt) - Date.parse(warrant.issuedAt)).toBe(8 * 3_600_000);
      expect(warrant.obligations).toEqual(
        expect.arrayContaining([
          { kind: "VALIDATE_AFTERWARDS", owner: "ISSUING_AUTHORITY" },
          { kind: "REVIEW_EMERGENCY", owner: "PROVIDER" },
        ]),
      );
      const shut = await as(police, name, { w: input.id });
      expect(shut.body.errors).toMatchObject([
        { extensions: { decision: { reason: expect.stringMatching(/not accepted/) } } },
      ]);
      const register = await as(caller, `{ warrant(id: "${input.id}") { issuingAuthority { channels } } }`);
      const [channel] = register.body.data.warrant.issuingAuthority.channels;
      await as(
        caller,
        "mutation ($id: ID!, $channel: String!) { approveEmergency(id: $id, channel: $channel) { userErrors { code } } }",
        { id: input.id, channel },
      );
      const accepted = await as(
        accepter,
        "mutation ($input: AnswerOrderInput!) { acceptWarrant(input: $input) { warrant { status } userErrors { code } } }",
        { input },
      );
      expect(accepted.body.data.acceptWarrant).toEqual({ warrant: { status: "ACCEPTED" }, userErrors: [] });
      expect((await as(police, name, { w: input.id })).body.data.user).toEqual({ legalName: "Specimen Person 01" });
      return input;
    }

    test("validated in time it goes on; not validated it is revoked by itself, and the door is shut, after a restart too", async () => {
      const [validated, forgotten] = [await order(), await order()];
      const validation = await as(
        paris,
        "mutation ($input: IssueWarrantInput!) { validateWarrant(input: $input) { warrant { status validatingAuthority { id } } userErrors { code } } }",
        { input: validated },
      );
      expect(validation.body.data.validateWarrant).toEqual({
        warrant: { status: "ACCEPTED", validatingAuthority: { id: "fr-tj-paris" } },
        userErrors: [],
      });
      await restart("2026-11-25T12:00:00Z");
      expect((await as(police, name, { w: validated.id })).body.data.user).toEqual({ legalName: "Specimen Person 01" });
      const shut = await as(police, name, { w: forgotten.id });
      expect(shut.body.data.user).toEqual({ legalName: null });
      expect(shut.body.errors).toMatchObject([
        { extensions: { decision: { code: "WARRANT_NOT_USABLE", reason: "The warrant was revoked." } } },
      ]);
      const { warrant } = (
        await as(police, `{ warrant(id: "${forgotten.id}") { status history { to actor reason } } }`)
      ).body.data;
      expect(warrant.status).toBe("REVOKED");
      expect(warrant.history).toContainEqual({
        to: "REVOKED",
        actor: "clock",
        reason: "The validation was not given in time.",
      });
    });
  });
}
