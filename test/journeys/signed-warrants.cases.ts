import { beforeAll, describe, expect, test } from "@jest/globals";
import { exportJWK, FlattenedSign, generateKeyPair } from "jose";
import { type Claims, type Rogatory, storyMoment } from "../kit/start-rogatory.js";

const berlin = { role: "JUDICIAL", country: "DE", authority: "de-ag-berlin" };
const facebook = { role: "PROVIDER", platform: "FACEBOOK" };

/** A court that seals its orders: what it signed holds at the door, and a key that was stolen signs nothing more. */
export function testSignedWarrants(running: () => Rogatory): void {
  describe("signed warrants, over HTTP", () => {
    let sign: (text: string) => Promise<string>;
    let jwk: string;
    beforeAll(async () => {
      const { publicKey, privateKey } = await generateKeyPair("EdDSA", { crv: "Ed25519" });
      jwk = JSON.stringify({ ...(await exportJWK(publicKey)), kid: "berlin-2026" });
      const iat = Math.floor(Date.parse(storyMoment) / 1_000);
      sign = async (text) => {
        const { protected: header, signature } = await new FlattenedSign(Buffer.from(text, "base64"))
          .setProtectedHeader({ alg: "EdDSA", kid: "berlin-2026", iat })
          .sign(privateKey);
        return `${header}..${signature}`;
      };
    });

    const as = async (claims: Claims, document: string, variables: Record<string, unknown> = {}) =>
      running().ask(await running().token(claims), document, variables);
    const draft = async () => {
      const answer = await as(
        berlin,
        "mutation ($input: DraftWarrantInput!) { draftWarrant(input: $input) { warrant { id contentHash canonicalContent } userErrors { code } } }",
        {
          input: {
            caseId: "case-de-hate",
            platform: "FACEBOOK",
            categories: ["SUBSCRIBER"],
            targets: [{ kind: "HANDLE", value: "brave.badger", believed: { residence: "DE" } }],
          },
        },
      );
      return answer.body.data.draftWarrant.warrant as { id: string; contentHash: string; canonicalContent: string };
    };
    const issue = async (input: object) =>
      (
        await as(
          berlin,
          "mutation ($input: IssueWarrantInput!) { issueWarrant(input: $input) { warrant { status signature } userErrors { code } } }",
          { input },
        )
      ).body.data.issueWarrant;
    const name = 'query ($w: ID!) @warrant(id: $w) { user(id: "u02") { legalName } }';

    test("registered, signed, disclosed; the key is revoked: nothing more is issued, and what was signed before still opens", async () => {
      const registered = await as(
        berlin,
        "mutation ($jwk: String!) { registerAuthorityKey(jwk: $jwk) { id keys { keyId revokedAt } } }",
        { jwk },
      );
      expect(registered.body.data.registerAuthorityKey).toEqual({
        id: "de-ag-berlin",
        keys: [{ keyId: "berlin-2026", revokedAt: null }],
      });
      const again = await as(berlin, "mutation ($jwk: String!) { registerAuthorityKey(jwk: $jwk) { id } }", { jwk });
      expect([again.status, again.body.errors?.[0]?.extensions.code]).toEqual([409, "CONFLICT"]);

      const { id, contentHash, canonicalContent } = await draft();
      expect((await issue({ id, contentHash })).userErrors).toEqual([{ code: "SIGNATURE_MISSING" }]);
      const signature = await sign(canonicalContent);
      expect(await issue({ id, contentHash, signature })).toEqual({
        warrant: { status: "ISSUED", signature },
        userErrors: [],
      });
      await as(
        facebook,
        "mutation ($input: AnswerOrderInput!) { acceptWarrant(input: $input) { userErrors { code } } }",
        { input: { id, contentHash } },
      );
      expect((await as(berlin, name, { w: id })).body.data.user).toEqual({ legalName: "Specimen Person 02" });

      const revoked = await as(
        berlin,
        'mutation { revokeAuthorityKey(keyId: "berlin-2026", reason: "The token was lost.") { keys { revokedAt revokedReason } } }',
      );
      expect(revoked.body.data.revokeAuthorityKey.keys).toEqual([
        { revokedAt: expect.any(String), revokedReason: "The token was lost." },
      ]);
      const next = await draft();
      const late = { id: next.id, contentHash: next.contentHash, signature: await sign(next.canonicalContent) };
      expect((await issue(late)).userErrors).toEqual([{ code: "SIGNATURE_KEY_REVOKED" }]);
      expect((await as(berlin, name, { w: id })).body.data.user).toEqual({ legalName: "Specimen Person 02" });
    });

    test("a key that is none is refused as the client's mistake", async () => {
      const refused = await as(berlin, 'mutation { registerAuthorityKey(jwk: "{}") { id } }');
      expect([refused.status, refused.body.errors?.[0]?.extensions.code]).toEqual([400, "BAD_USER_INPUT"]);
      expect(refused.body.errors?.[0]?.message).toMatch(/public JWK/);
    });
  });
}
