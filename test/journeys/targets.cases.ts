import { describe, expect, test } from "@jest/globals";
import type { Answer, Claims, Rogatory } from "../kit/start-rogatory.js";

const paris = { role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" };
const berlin = { role: "JUDICIAL", country: "DE", authority: "de-ag-berlin" };
const facebook = { role: "PROVIDER", platform: "FACEBOOK" };

const byEmail = `query ($w: ID!, $email: EmailAddress!) @warrant(id: $w) {
  accountsByEmail(email: $email) { nodes { id handle legalName } pageInfo { hasNextPage } }
}`;
const byPhone = `query ($w: ID!, $phone: PhoneNumber!) @warrant(id: $w) {
  accountsByPhone(phone: $phone) { nodes { id handle } pageInfo { hasNextPage endCursor } }
}`;

interface Target {
  readonly kind: string;
  readonly value: string;
  readonly at?: string;
}

/** Warrants that name a person by what she is reached by, or was seen at: violet.crane, of a provider in the United States, shares her number with amber.falcon. */
export function testTargets(running: () => Rogatory): void {
  describe("a target that is no account, over HTTP", () => {
    const as = async (claims: Claims, document: string, variables: Record<string, unknown> = {}): Promise<Answer> =>
      running().ask(await running().token(claims), document, variables);

    async function accepted(target: Target, category = "SUBSCRIBER", judge: Claims = paris): Promise<string> {
      const act = async (who: Claims, mutation: string, type: string, input: object) => {
        const { body } = await as(
          who,
          `mutation ($input: ${type}!) { act: ${mutation}(input: $input) { warrant { id contentHash } userErrors { code message } } }`,
          { input },
        );
        expect(body.data.act.userErrors).toEqual([]);
        return body.data.act.warrant as { id: string; contentHash: string };
      };
      const { id, contentHash } = await act(judge, "draftWarrant", "DraftWarrantInput", {
        caseId: judge === paris ? "case-fr-hate" : "case-de-hate",
        platform: "FACEBOOK",
        categories: [category],
        targets: [{ ...target, believed: { residence: "FR" } }],
        solePurposeIdentification: true,
        period: { from: "2026-08-25T00:00:00Z", to: "2026-11-01T00:00:00Z" },
      });
      await act(judge, "issueWarrant", "IssueWarrantInput", { id, contentHash });
      await act(facebook, "acceptWarrant", "AnswerOrderInput", { id, contentHash });
      return id;
    }

    const resolutionFor = async (who: Claims, id: string) => {
      const { body } = await as(who, `{ warrant(id: "${id}") { targets { account { id } resolution } } }`);
      expect(body.errors).toBeUndefined();
      return body.data.warrant.targets;
    };
    const denied = ({ body }: Answer): string => {
      expect(Object.values(body.data)).toEqual([null]);
      return body.errors?.[0]?.extensions.decision.code;
    };

    test("by e-mail address: the account is told, nothing else of it; one account, as the provider reads and the court does not", async () => {
      const w = await accepted({ kind: "EMAIL", value: "specimen-01@mail.example" });
      const { body } = await as(paris, byEmail, { w, email: "Specimen-01@Mail.example" });
      expect(body.data.accountsByEmail).toEqual({
        nodes: [{ id: "u01", handle: "quiet.heron", legalName: null }],
        pageInfo: { hasNextPage: false },
      });
      expect(body.errors?.map(({ path, extensions }) => [path, extensions.decision.code])).toEqual([
        [["accountsByEmail", "nodes", 0, "legalName"], "SUBJECT_NOT_NAMED"],
      ]);
      expect(await resolutionFor(facebook, w)).toEqual([{ account: null, resolution: "RESOLVED" }]);
      expect(await resolutionFor(paris, w)).toEqual([{ account: null, resolution: "NOT_YET" }]);
    });

    test("at most the named identifier: not another address, not a number, not by another warrant, not for anybody else", async () => {
      const w = await accepted({ kind: "EMAIL", value: "specimen-01@mail.example" });
      for (const email of ["specimen-01+a@mail.example", "specimen-02@mail.example"])
        expect(denied(await as(paris, byEmail, { w, email }))).toBe("SUBJECT_NOT_NAMED");
      expect(denied(await as(paris, byPhone, { w, phone: "+15550100001" }))).toBe("SUBJECT_NOT_NAMED");
      const named = { w, email: "specimen-01@mail.example" };
      expect(denied(await as(paris, byEmail, { ...named, w: "warrant-fr-quiet-heron" }))).toBe("SUBJECT_NOT_NAMED");
      expect(denied(await as(facebook, byEmail, named))).toBe("ROLE");
      expect(denied(await as({ ...paris, authority: "fr-parquet-paris" }, byEmail, named))).toBe("WARRANT_NOT_USABLE");
    });

    test("by a number that two accounts share: said to the provider; the court is told of the one of whom it may be told, as if there were no other", async () => {
      const w = await accepted({ kind: "PHONE", value: "+15550100003" }, "SUBSCRIBER", berlin);
      expect(await resolutionFor(facebook, w)).toEqual([{ account: null, resolution: "AMBIGUOUS" }]);
      expect(await resolutionFor(berlin, w)).toEqual([{ account: null, resolution: "NOT_YET" }]);
      const { body } = await as(berlin, byPhone, { w, phone: "+1 555 010 0003" });
      expect(body.errors).toBeUndefined();
      expect(body.data.accountsByPhone.nodes).toEqual([{ id: "u03", handle: "amber.falcon" }]);
      expect(body.data.accountsByPhone.pageInfo.hasNextPage).toBe(false);
      expect(JSON.stringify(body)).not.toContain("u06");
      expect(body.extensions.disclosure.receipts).toHaveLength(2);
    });

    test("unknown: the provider reads it, the court an empty list", async () => {
      const w = await accepted({ kind: "PHONE", value: "+15550100099" });
      expect(await resolutionFor(facebook, w)).toEqual([{ account: null, resolution: "UNKNOWN" }]);
      expect(await resolutionFor(paris, w)).toEqual([{ account: null, resolution: "NOT_YET" }]);
      const { body } = await as(paris, byPhone, { w, phone: "+15550100099" });
      expect(body.errors).toBeUndefined();
      expect(body.data.accountsByPhone).toEqual({ nodes: [], pageInfo: { hasNextPage: false, endCursor: null } });
    });

    test("by Internet address and time", async () => {
      const address = { kind: "IP_ADDRESS", value: "198.51.100.16:40100", at: "2026-09-02T09:00:00Z" };
      const w = await accepted(address, "USER_IDENTIFICATION");
      expect(await resolutionFor(facebook, w)).toEqual([{ account: null, resolution: "RESOLVED" }]);
      expect(await resolutionFor(paris, w)).toEqual([{ account: null, resolution: "NOT_YET" }]);
      const search = `query ($w: ID!) @warrant(id: $w) {
        accountsByIp(address: "198.51.100.16", port: 40100, from: "2026-09-02T08:00:00Z", to: "2026-09-02T10:00:00Z") { nodes { id } }
      }`;
      expect((await as(paris, search, { w })).body.data.accountsByIp.nodes).toEqual([{ id: "u01" }]);
    });

    test.each<[string, string, object, RegExp]>([
      ["no address", byEmail, { email: "nobody" }, /email/],
      ["a number without its country", byPhone, { phone: "0123456789" }, /international form/],
    ])("a mistake is told as one: %s", async (_, document, variables, message) => {
      const { status, body } = await as(paris, document, { w: "warrant-fr-email", ...variables });
      expect(status).toBe(400);
      expect(body.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
      expect(body.errors?.[0]?.message).toMatch(message);
    });
  });
}
