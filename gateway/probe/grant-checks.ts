import { type Check, rightDraft, sha256, withClaims, withGrant } from "./check.js";
import { newSalt, type TokenDraft } from "./token-draft.js";
import { tokenFaults } from "./token-faults.js";

/** A grant that changes these claims of a right one, one draft for each. */
function claimCheck(
  name: string,
  sentence: string,
  ...changes: ((right: TokenDraft["claims"]) => Readonly<Record<string, unknown>>)[]
): Check {
  return {
    name: `grant-${name}`,
    sentence,
    drafts: (context) => changes.map((change) => withClaims(rightDraft(context), change)),
  };
}

/** No identity data without a grant that holds. */
export const grantChecks: readonly Check[] = [
  {
    name: "grant-missing",
    sentence: "identity data without a grant, and with a scope that nobody granted",
    drafts(context) {
      const { call, body } = rightDraft(context);
      const { scope: _scope, ...bare } = body;
      return [
        { body: bare, call, grant: null, permitted: [] },
        { body, call, grant: null, permitted: [] },
      ];
    },
  },
  ...tokenFaults.map(
    ({ name, sentence, tokens }): Check => ({
      name: `grant-${name}`,
      sentence: `a grant ${sentence}`,
      drafts(context) {
        const draft = rightDraft(context);
        const { probed } = context;
        return tokens(draft.grant, probed.now(), probed.foreignKid).map((grant) => withGrant(draft, grant));
      },
    }),
  ),
  {
    name: "grant-is-a-call-token",
    sentence: "a call token in place of a grant, and a grant by the name of one",
    drafts(context) {
      const draft = rightDraft(context);
      return [withGrant(draft, { kind: "call" }), withGrant(draft, draft.call)];
    },
  },
  claimCheck(
    "of-another-operation",
    "a grant of another operation than the call",
    () => ({ op: "another-operation" }),
    () => ({ op: undefined }),
  ),
  claimCheck(
    "without-warrant",
    "a grant without a warrant, or without the hash of its content",
    () => ({ warrant: undefined }),
    () => ({ warrant: { id: "probe" } }),
    () => ({ warrant: { id: "probe", contentHash: "none" } }),
  ),
  claimCheck(
    "without-record",
    "a grant that names no batch of the access log",
    () => ({ receipt: undefined }),
    () => ({ receipt: { writer: "nobody", batch: 0 } }),
  ),
  claimCheck("with-an-unknown-claim", "a grant with a claim that it does not know", () => ({ atMost: 1 })),
  claimCheck(
    "of-another-body",
    "a grant for another body, or for none",
    () => ({ bodyDigest: Buffer.from(sha256("another body"), "hex").toString("base64url") }),
    () => ({ bodyDigest: undefined }),
  ),
  {
    name: "grant-moved",
    sentence: "a grant whose warrant, record or period was changed after signing",
    drafts(context) {
      const edits = [
        { warrant: { id: "another", contentHash: sha256("another warrant") } },
        { receipt: { writer: sha256("another writer"), batch: 1 } },
        { period: { from: "1970-01-01T00:00:00Z", to: "2200-01-01T00:00:00Z" } },
      ];
      return edits.flatMap((claims) => [
        withGrant(rightDraft(context), { edited: { claims } }),
        withGrant(rightDraft(context), { edited: { claims, listed: true } }),
      ]);
    },
  },
  {
    name: "grant-used-twice",
    sentence: "a grant that was used before, with the same call token and with a new one",
    drafts(context) {
      const first = rightDraft(context);
      const again = { ...first, permitted: [] };
      return [first, again, { ...again, call: { ...first.call, salt: newSalt() } }];
    },
  },
  {
    name: "grant-listed-again",
    sentence: "a grant that was used before, in another batch that lists it",
    drafts(context) {
      const first = rightDraft(context);
      const { iat, exp } = first.grant.batch as { readonly iat: number; readonly exp: number };
      const batch = { ...first.grant.batch, iat: iat - 1, exp: exp - 1 };
      return [first, withGrant(first, { batch })];
    },
  },
];
