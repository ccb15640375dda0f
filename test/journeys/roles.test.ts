import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Answer, type Claims, type Rogatory, startRogatory, storyMoment } from "../kit/start-rogatory.js";

/** Everybody who may come, and what each of them sees. What one may not see is null, as if it did not exist. */
const who = {
  paris: { role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" },
  parquet: { role: "JUDICIAL", country: "FR", authority: "fr-parquet-paris" },
  berlin: { role: "JUDICIAL", country: "DE", authority: "de-ag-berlin" },
  facebook: { role: "PROVIDER", platform: "FACEBOOK" },
  fjordnet: { role: "PROVIDER", platform: "FJORDNET" },
  dublin: { role: "ENFORCING_AUTHORITY", country: "IE", authority: "ie-hc-dublin" },
  centralFr: { role: "CENTRAL_AUTHORITY", country: "FR" },
  centralUs: { role: "CENTRAL_AUTHORITY", country: "US" },
  auditorFr: { role: "AUDITOR", country: "FR" },
  auditorDe: { role: "AUDITOR", country: "DE" },
  auditorFacebook: { role: "AUDITOR", platform: "FACEBOOK" },
  auditorOfAll: { role: "AUDITOR" },
  engineer: { role: "ENGINEER" },
} as const satisfies Record<string, Claims>;
type Name = keyof typeof who;
const names = Object.keys(who) as Name[];

describe("who sees what, and who may do what", () => {
  let rogatory: Rogatory;
  beforeAll(async () => {
    rogatory = await startRogatory({ now: storyMoment });
  });
  afterAll(async () => {
    await rogatory?.stop();
  });

  async function ask(name: Name, document: string, variables?: Record<string, unknown>): Promise<Answer> {
    return rogatory.ask(await rogatory.token(who[name]), document, variables);
  }

  describe.each(names)("%s", (name) => {
    test("reads public data and the law", async () => {
      const document =
        '{ user(id: "u01") { handle } ruleBook { version } countries { code } platforms { code } __schema { queryType { name } } }';
      const { status, body } = await ask(name, document);
      expect([status, body.errors]).toEqual([200, undefined]);
      expect(body.data).toMatchObject({
        user: { handle: "quiet.heron" },
        platforms: [{ code: "FACEBOOK" }, { code: "FJORDNET" }],
      });
      expect(body.data.countries).toHaveLength(85);
    });

    test("sees the French warrant, its case and its item only where it is hers to see", async () => {
      const sight: Readonly<Record<Name, readonly [warrant: boolean, inCase: boolean]>> = {
        paris: [true, true],
        parquet: [false, false],
        berlin: [false, false],
        facebook: [true, false],
        fjordnet: [false, false],
        dublin: [false, false],
        centralFr: [true, true],
        centralUs: [false, false],
        auditorFr: [true, true],
        auditorDe: [false, false],
        auditorFacebook: [true, true],
        auditorOfAll: [true, true],
        engineer: [false, false],
      };
      const [warrant, inCase] = sight[name];
      const { status, body } = await ask(
        name,
        `{
          warrant(id: "warrant-fr-quiet-heron") { id necessity case { id } }
          case(id: "case-fr-hate") { id }
          warrantNode: node(id: "warrant-fr-quiet-heron") { __typename id }
          caseNode: node(id: "case-fr-hate") { __typename id }
          itemNode: node(id: "item-fr-quiet-heron-1") { __typename id ... on WarrantItem { category } }
        }`,
      );
      expect([status, body.errors]).toEqual([200, undefined]);
      expect(body.data).toEqual({
        warrant: warrant
          ? {
              id: "warrant-fr-quiet-heron",
              necessity: name === "facebook" ? null : expect.stringMatching(/./),
              case: inCase ? { id: "case-fr-hate" } : null,
            }
          : null,
        case: inCase ? { id: "case-fr-hate" } : null,
        warrantNode: warrant ? { __typename: "Warrant", id: "warrant-fr-quiet-heron" } : null,
        caseNode: inCase ? { __typename: "Case", id: "case-fr-hate" } : null,
        itemNode: warrant ? { __typename: "WarrantItem", id: "item-fr-quiet-heron-1", category: "SUBSCRIBER" } : null,
      });
    });

    test("the access log is open to auditors and providers, and FORBIDDEN to everybody else", async () => {
      const open = ["facebook", "fjordnet", "auditorFr", "auditorDe", "auditorFacebook", "auditorOfAll"].includes(name);
      for (const root of [
        "accessLog { nodes { index } }",
        "accessRecord(index: 0) { index }",
        "accessStatistics(by: [DAY]) { keys }",
      ]) {
        const { status, body } = await ask(name, `{ ${root} }`);
        expect([status, body.errors?.[0]?.extensions.code]).toEqual(open ? [200, undefined] : [403, "FORBIDDEN"]);
      }
    });

    test("acts only where the role may: a judge opens cases, a provider answers", async () => {
      const judicial = who[name].role === "JUDICIAL";
      const opened = await ask(
        name,
        'mutation { openCase(input: { reference: "R 1", offenceCodes: [], committedOnline: true }) { userErrors { code } } }',
      );
      expect([opened.status, opened.body.errors?.[0]?.extensions.code]).toEqual(
        judicial ? [200, undefined] : [403, "FORBIDDEN"],
      );
      const provider = who[name].role === "PROVIDER";
      const accepted = await ask(
        name,
        'mutation { acceptWarrant(input: { id: "no-such", contentHash: "" }) { userErrors { code } } }',
      );
      expect([accepted.status, accepted.body.errors?.[0]?.extensions.code]).toEqual(
        provider ? [200, undefined] : [403, "FORBIDDEN"],
      );
    });

    test("gets identity data only as the judge whose warrant it is; everybody else is told one neutral sentence", async () => {
      const { status, body, headers } = await ask(
        name,
        'query @warrant(id: "warrant-fr-quiet-heron") { user(id: "u01") { handle legalName } }',
      );
      expect(status).toBe(200);
      expect(headers.get("cache-control")).toBe("no-store, private");
      expect(body.data.user.handle).toBe("quiet.heron");
      if (name === "paris") {
        expect(body.data.user.legalName).toBe("Specimen Person 01");
        return;
      }
      expect(JSON.stringify(body)).not.toContain("Specimen");
      expect(body.errors).toMatchObject([
        {
          path: ["user", "legalName"],
          extensions: {
            code: "UNAUTHORIZED_FIELD_OR_TYPE",
            decision: {
              code: who[name].role === "JUDICIAL" ? "WARRANT_NOT_USABLE" : "ROLE",
              rule: null,
              effect: "DENY",
            },
          },
        },
      ]);
      expect(body.extensions.disclosure.receipts).toHaveLength(1);
    });
  });

  test("authority and country of the token must agree with the register", async () => {
    for (const claims of [
      { role: "JUDICIAL", country: "DE", authority: "fr-tj-paris" },
      { role: "JUDICIAL", country: "FR", authority: "fr-none" },
    ]) {
      const token = await rogatory.token(claims);
      const answer = await rogatory.ask(token, "{ warrants { nodes { id } } }");
      expect([answer.status, answer.body.errors?.[0]?.extensions.code]).toEqual([403, "FORBIDDEN"]);
      const disclosed = await rogatory.ask(
        token,
        'query @warrant(id: "warrant-fr-quiet-heron") { user(id: "u01") { legalName } }',
      );
      expect(disclosed.body.data.user.legalName).toBeNull();
    }
  });

  test("a central authority whose issuer lets it revokes what is issued, and never another country's", async () => {
    const drafted = await ask(
      "paris",
      'mutation { draftWarrant(input: { caseId: "case-fr-hate", platform: "FACEBOOK", categories: [SUBSCRIBER], targets: [{ kind: HANDLE, value: "quiet.heron" }] }) { warrant { id contentHash } } }',
    );
    const { id, contentHash } = drafted.body.data.draftWarrant.warrant;
    expect((await ask("facebook", "query ($id: ID!) { warrant(id: $id) { id } }", { id })).body.data).toEqual({
      warrant: null,
    });
    await ask(
      "paris",
      "mutation ($id: ID!, $hash: String!) { issueWarrant(input: { id: $id, contentHash: $hash }) { userErrors { code } } }",
      { id, hash: contentHash },
    );
    const revoke =
      'mutation ($id: ID!) { revokeWarrant(id: $id, reason: "Withdrawn.") { warrant { status history { to by } } userErrors { code } } }';
    expect((await ask("centralUs", revoke, { id })).body.data.revokeWarrant.userErrors).toEqual([
      { code: "WARRANT_UNKNOWN" },
    ]);
    const { warrant, userErrors } = (await ask("centralFr", revoke, { id })).body.data.revokeWarrant;
    expect(userErrors).toEqual([]);
    expect(warrant.status).toBe("REVOKED");
    expect(warrant.history.at(-1)).toEqual({ to: "REVOKED", by: "CENTRAL_AUTHORITY" });
  });

  test("anybody who sees a warrant can recompute its hash from the contract's description", async () => {
    const { body } = await ask(
      "paris",
      `{ warrant(id: "warrant-fr-quiet-heron") {
        id kind platform categories contentHash canonicalContent solePurposeIdentification emergency emergencyGround necessity expiresAt
        period { from to } targets { kind value at believed { nationality residence locatedIn protectedRole grounds } }
        case { reference committedOnline offenceCountry offences { code } } issuingAuthority { id } replaces { id }
      } }`,
    );
    const {
      contentHash,
      canonicalContent,
      necessity,
      case: inCase,
      issuingAuthority,
      replaces,
      ...rest
    } = body.data.warrant;
    const described = {
      ...rest,
      v: 1,
      caseReference: inCase.reference,
      offenceCodes: inCase.offences.map(({ code }: { code: string }) => code),
      committedOnline: inCase.committedOnline,
      offenceCountry: inCase.offenceCountry,
      issuingAuthority: issuingAuthority.id,
      categories: [...rest.categories].sort(),
      necessityHash: sha256(necessity),
      preserves: null,
      replaces: replaces?.id ?? null,
    };
    expect(Buffer.from(canonicalContent, "base64").toString()).toBe(sorted(described));
    expect(contentHash).toBe(sha256(sorted(described)));
  });
});

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** RFC 8785 for what stands in a warrant: no number but 1, no key outside ASCII. */
function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${sorted(member)}`).join(",")}}`;
}
