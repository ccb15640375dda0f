import { randomUUID } from "node:crypto";
import type { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { exportJWK, generateKeyPair } from "jose";
import { oneDatabase } from "../../kit/databases.js";
import { actsOn, draftInput, issued, openCase } from "./acts.js";
import { freshWorld } from "./fake-graph.js";
import { berlin, facebook, type JusticeUnderTest, openJustice, paris, type Who } from "./justice-under-test.js";

const start = "2026-11-23T10:00:00.000Z";
const hour = 3_600_000;
const revoke =
  "mutation ($id: ID!, $reason: String!) { revokeWarrant(id: $id, reason: $reason) { warrant { id status } warnings { code } userErrors { code } } }";
const open =
  "mutation ($input: OpenCaseInput!) { openCase(input: $input) { case { id reference } userErrors { code } } }";
const caseOf = (reference: string) => ({
  input: { reference, offenceCodes: ["FR-1881-24"], committedOnline: true, offenceCountry: "FR" },
});

/** What may be repeated: the first result again, and nothing twice. */
export function testIdempotency(database: () => PGlite): void {
  describe.each(oneDatabase)("repeated mutations, on the %s database", (kind) => {
    let justice: JusticeUnderTest;
    beforeAll(async () => {
      justice = await openJustice(kind, start, kind === "embedded" ? database() : undefined);
    });
    afterAll(async () => {
      await justice.close();
    });
    beforeEach(() => {
      Object.assign(justice.world, freshWorld());
      justice.now = new Date(start);
    });

    const opened = async (who: Who, reference: string, key?: string) =>
      (await justice.ask(who, open, caseOf(reference), key)).data?.openCase;

    test("the same key and input: the same case, and only one; without a key, another one", async () => {
      const key = randomUUID();
      const first = await opened(paris, "A 1", key);
      expect(first).toMatchObject({ case: { reference: "A 1" }, userErrors: [] });
      expect(await opened(paris, "A 1", key)).toEqual(first);
      expect((await opened(paris, "A 1")).case.id).not.toBe(first.case.id);
    });

    test("another input is a conflict, and nothing is done; another person's key, and another mutation's, is another key", async () => {
      const key = randomUUID();
      const first = await opened(paris, "B 1", key);
      const refused = await justice.ask(paris, open, caseOf("B 2"), key);
      expect(refused.errors).toMatchObject([{ extensions: { code: "IDEMPOTENCY_CONFLICT" } }]);
      const other = await opened({ ...paris, sub: "judge-9" }, "B 1", key);
      expect(other.case.id).not.toBe(first.case.id);
      const close = "mutation ($id: ID!) { closeCase(id: $id) { case { closedAt } userErrors { code } } }";
      expect((await justice.ask(paris, close, { id: first.case.id }, key)).data.closeCase).toMatchObject({
        userErrors: [],
      });
    });

    test("an act on a warrant is done once; its warrant is read as it stands when it is asked again", async () => {
      const { id } = await issued(justice, paris);
      const key = randomUUID();
      const variables = { id, reason: "The suspect was found." };
      const first = (await justice.ask(paris, revoke, variables, key)).data.revokeWarrant;
      expect(first).toEqual({ warrant: { id, status: "REVOKED" }, warnings: [], userErrors: [] });
      expect((await justice.ask(paris, revoke, variables, key)).data.revokeWarrant).toEqual(first);
      const without = (await justice.ask(paris, revoke, variables)).data.revokeWarrant;
      expect(without.userErrors).toMatchObject([{ code: "NOT_IN_THIS_STATUS" }]);
      expect((await actsOn(justice).read(paris, id)).history).toHaveLength(3);
    });

    test("what broke a rule breaks it again, whatever has changed; warnings come again too", async () => {
      const key = randomUUID();
      const draft =
        "mutation ($input: DraftWarrantInput!) { draftWarrant(input: $input) { warrant { id } warnings { code } userErrors { code } } }";
      const caseId = await openCase(justice, paris);
      const ask = async (change: object, under: string) =>
        (await justice.ask(paris, draft, { input: draftInput({ caseId, ...change }) }, under)).data.draftWarrant;
      const broken = await ask({ targets: [{ kind: "HANDLE", value: "new.name" }], kind: "PRESERVATION" }, key);
      expect(broken.userErrors).toMatchObject([{ code: "TARGET_NOT_PRESERVABLE" }]);
      justice.world.handles["new.name"] = "u01";
      expect(await ask({ targets: [{ kind: "HANDLE", value: "new.name" }], kind: "PRESERVATION" }, key)).toEqual(
        broken,
      );
      const warned = await ask({}, "warned");
      expect(warned.warnings).toMatchObject([{ code: "EXPIRY_SET" }]);
      expect(await ask({}, "warned")).toEqual(warned);
    });

    test("what could not be asked just now, and what was not allowed, leaves the key free", async () => {
      const key = randomUUID();
      justice.world.unreachable = true;
      expect((await opened(paris, "C 1", key)).userErrors).toMatchObject([{ code: "GRAPH_UNAVAILABLE" }]);
      justice.world.unreachable = false;
      expect((await opened(paris, "C 1", key)).userErrors).toEqual([]);
      const { id, contentHash } = await issued(justice, paris);
      const accept =
        "mutation ($input: AnswerOrderInput!) { acceptWarrant(input: $input) { warrant { status } userErrors { code } } }";
      const other = randomUUID();
      const wrong = await justice.ask(facebook, accept, { input: { id, contentHash: "0".repeat(64) } }, other);
      expect(wrong.errors).toMatchObject([{ extensions: { code: "CONFLICT" } }]);
      const right = await justice.ask(facebook, accept, { input: { id, contentHash } }, other);
      expect(right.data.acceptWarrant).toMatchObject({ warrant: { status: "ACCEPTED" } });
    });

    test("after 24 hours the key is a new one, and not a millisecond before", async () => {
      const key = randomUUID();
      const first = await opened(paris, "D 1", key);
      justice.now = new Date(Date.parse(start) + 24 * hour - 1);
      expect(await opened(paris, "D 1", key)).toEqual(first);
      justice.now = new Date(Date.parse(start) + 24 * hour);
      expect((await opened(paris, "D 2", key)).case.reference).toBe("D 2");
    });

    test("two with one key at once: one acts, the other gets its result or a conflict", async () => {
      const key = randomUUID();
      const ask = kind === "server" ? await justice.beside() : justice.ask;
      const answers = await Promise.all([
        justice.ask(paris, open, caseOf("E 1"), key),
        ask(paris, open, caseOf("E 1"), key),
        justice.ask(paris, open, caseOf("E 1"), key),
      ]);
      const ids = answers.flatMap(({ data }) => data?.openCase?.case?.id ?? []);
      expect(new Set(ids).size).toBe(1);
      for (const { errors = [] } of answers)
        expect(errors.every(({ extensions }) => extensions.code === "CONFLICT")).toBe(true);
      const [row] = await justice.running
        .em()
        .execute<{ n: number }[]>("select count(*)::int as n from justice.cases where reference = 'E 1'");
      expect(row?.n).toBe(1);
      // Another process, with no memory of the first.
      expect((await ask(paris, open, caseOf("E 1"), key)).data.openCase.case.id).toBe(ids[0]);
    });

    test("a request that died before it acted is taken over a minute later; one that was only slow does nothing then", async () => {
      const key = randomUUID();
      let go: () => void = () => undefined;
      let waiting: (value: unknown) => void = () => undefined;
      const slow = new Promise((resolve) => {
        waiting = resolve;
      });
      justice.world.pause = () => {
        waiting(null);
        return new Promise((resolve) => {
          go = resolve;
        });
      };
      const first = justice.ask(paris, open, caseOf("F 1"), key);
      await slow;
      justice.world.pause = async () => undefined;
      const early = await justice.ask(paris, open, caseOf("F 1"), key);
      expect(early.errors).toMatchObject([
        { message: expect.stringMatching(/still at work/), extensions: { code: "CONFLICT" } },
      ]);
      justice.now = new Date(Date.parse(start) + 60_000);
      const second = await opened(paris, "F 1", key);
      expect(second.userErrors).toEqual([]);
      go();
      expect((await first).errors).toMatchObject([{ extensions: { code: "CONFLICT" } }]);
      const [row] = await justice.running
        .em()
        .execute<{ n: number }[]>("select count(*)::int as n from justice.cases where reference = 'F 1'");
      expect(row?.n).toBe(1);
      expect(await opened(paris, "F 1", key)).toEqual(second);
    });

    test.each<[string, string, (id: string, caseId: string) => Record<string, unknown>]>([
      [
        "cases",
        "mutation ($input: OpenCaseInput!) { openCase(input: $input) { userErrors { code } } }",
        () => caseOf("G 1"),
      ],
      [
        "cases",
        "mutation ($caseId: ID!) { closeCase(id: $caseId) { userErrors { code } } }",
        (_, caseId) => ({ caseId }),
      ],
      [
        "case_shares",
        'mutation ($caseId: ID!) { shareCase(id: $caseId, authorityId: "fr-parquet-paris") { userErrors { code } } }',
        (_, caseId) => ({ caseId }),
      ],
      [
        "warrants",
        "mutation ($input: DraftWarrantInput!) { draftWarrant(input: $input) { userErrors { code } } }",
        (_, caseId) => ({ input: draftInput({ caseId }) }),
      ],
      [
        "warrants",
        'mutation ($id: ID!) { revokeWarrant(id: $id, reason: "Found.") { userErrors { code } } }',
        (id) => ({ id }),
      ],
      [
        "obligations",
        'mutation ($id: ID!) { deferUserInformation(id: $id, ground: "He would flee.", until: "2027-01-01T00:00:00Z") { userErrors { code } } }',
        (id) => ({ id }),
      ],
    ])("the result is written in the transaction that writes the %s: %s", async (table, document, variablesOf) => {
      justice.world.law = {
        SUBSCRIBER: {
          obligations: [{ kind: "INFORM_USER", owner: "ISSUING_AUTHORITY", dueHours: null, text: "Inform." }],
        },
      };
      const caseId = await openCase(justice, paris);
      const { id } = await issued(justice, paris, { caseId });
      const key = randomUUID();
      const { data } = await justice.ask(paris, document, variablesOf(id, caseId), key);
      expect(Object.values(data)).toEqual([{ userErrors: [] }]);
      const together = await justice.running
        .em()
        .execute<unknown[]>(
          `select 1 from justice.idempotency_keys k join justice.${table} acted on acted.xmin = k.xmin where k.key = ? and k.result is not null`,
          [key],
        );
      expect(together.length).toBeGreaterThan(0);
    });

    test("an answer that is an entity itself comes again", async () => {
      const jwk = JSON.stringify(
        await exportJWK((await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true })).publicKey),
      );
      const register = "mutation ($jwk: String!) { registerAuthorityKey(jwk: $jwk) { id keys { keyId } } }";
      const first = await justice.ask(berlin, register, { jwk }, "key");
      expect(first.data.registerAuthorityKey).toMatchObject({ id: "de-ag-berlin", keys: [{}] });
      expect((await justice.ask(berlin, register, { jwk }, "key")).data).toEqual(first.data);
    });
  });
}
