import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { settleDue } from "../../../subgraphs/justice/settle-due.js";
import { oneDatabase } from "../../kit/databases.js";
import { accepted, actsOn, draft, issued } from "./acts.js";
import { freshWorld } from "./fake-graph.js";
import { facebook, gateway, type JusticeUnderTest, openJustice, paris } from "./justice-under-test.js";

const start = "2026-11-23T10:00:00.000Z";
const days = (count: number): Date => new Date(Date.parse(start) + count * 86_400_000);

interface Act {
  readonly id: string;
  readonly what: string;
  readonly warrantId: string;
  readonly duties: readonly { readonly kind: string; readonly state: string }[];
}

describe.each(oneDatabase)("acts wait for the access log, on the %s database", (kind) => {
  let justice: JusticeUnderTest;
  let acts: ReturnType<typeof actsOn>;
  beforeAll(async () => {
    justice = await openJustice(kind, start);
    acts = actsOn(justice);
  });
  afterAll(() => justice.close());
  beforeEach(async () => {
    Object.assign(justice.world, freshWorld());
    justice.now = new Date(start);
    await justice.running.em().execute("delete from justice.unrecorded_acts");
  });

  const fields = `id what doneAt from to by actor warrantId contentHash caseId authorityId authorityKind country platform kind categories
    emergency issued validationOwed validatedBy signingKey deadlineAt deadlineState duties { id kind owner state dueAt }`;
  async function take(carrier = "one", who: Parameters<JusticeUnderTest["ask"]>[0] = gateway) {
    const document = `mutation ($carrier: ID!) { takeActs(carrier: $carrier, first: 100) { ${fields} } }`;
    return justice.ask(who, document, { carrier });
  }
  const taken = async (): Promise<readonly Act[]> => (await take()).data.takeActs;
  const settled = (ids: readonly string[]) =>
    justice.ask(gateway, "mutation ($ids: [ID!]!) { settleActs(ids: $ids) }", { ids });
  const whatOf = async (id: string) =>
    (await taken()).filter(({ warrantId }) => warrantId === id).map(({ what }) => what);

  test("every act, with what it was then, in the order of its warrant, until the log is known to hold it", async () => {
    const { id, contentHash } = await accepted(justice, paris);
    const found = await taken();
    expect(found.map(({ what }) => what)).toEqual(["DRAFT", "ISSUE", "ACCEPT"]);
    expect(found[1]).toMatchObject({
      ...{ what: "ISSUE", doneAt: start, from: "DRAFT", to: "ISSUED", by: "ISSUING_AUTHORITY", actor: "judge-1" },
      ...{ warrantId: id, contentHash, authorityId: "fr-tj-paris", authorityKind: "JUDGE", country: "FR" },
      ...{ platform: "FACEBOOK", kind: "PRODUCTION", categories: ["SUBSCRIBER", "USER_IDENTIFICATION"] },
      ...{ emergency: false, issued: true, validationOwed: false, validatedBy: null, signingKey: null },
    });
    expect(found[0]).toMatchObject({ what: "DRAFT", from: null, to: "DRAFT", issued: false });
    expect(await taken()).toEqual(found);
    await settled([found[0]?.id as string]);
    await settled([found[0]?.id as string]);
    expect((await taken()).map(({ what }) => what)).toEqual(["ISSUE", "ACCEPT"]);
  });

  test("nothing of what anybody wrote", async () => {
    const { id } = await issued(justice, paris);
    await acts.revoke(paris, id);
    expect(await whatOf(id)).toEqual(["DRAFT", "ISSUE", "REVOKE"]);
    expect(JSON.stringify(await taken())).not.toMatch(/suspect|necessity|quiet\.heron/);
  });

  test("one carrier at a time; another one when that one has been silent for long", async () => {
    await draft(justice, paris, {});
    expect((await take("one")).data.takeActs).toHaveLength(1);
    expect((await take("two")).data.takeActs).toEqual([]);
    await justice.running.em().execute("update justice.recording_lease set until = clock_timestamp()");
    expect((await take("two")).data.takeActs).toHaveLength(1);
    await justice.running.em().execute("update justice.recording_lease set until = clock_timestamp()");
  });

  test("the gateway alone reads and settles them", async () => {
    for (const who of [paris, facebook]) {
      const answer = await take("one", who);
      expect([answer.data.takeActs, answer.errors?.[0]?.extensions.code]).toEqual([null, "FORBIDDEN"]);
    }
  });

  test("an act that is undone leaves nothing, and one that does not say what it was is refused by the database", async () => {
    const { id } = await issued(justice, paris);
    const before = await taken();
    const insert = `insert into justice.warrant_events (id, warrant_id, version, at, to_status, by_party, actor, facts)
      values ('event-x', ?, 99, now(), 'ISSUED', 'PROVIDER', 'x', ?)`;
    const write = (facts: string | null, after: () => void) =>
      justice.running.em().transactional(async (transaction) => {
        await transaction.execute(insert, [id, facts]);
        after();
      });
    await expect(write(null, () => undefined)).rejects.toThrow("says what the access log must say of it");
    const undone = (): never => {
      throw new Error("undone");
    };
    await expect(write("{}", undone)).rejects.toThrow("undone");
    expect(await taken()).toEqual(before);
  });

  test("what the clock did: a deadline missed, once, and the end of the order", async () => {
    justice.world.law = { SUBSCRIBER: { deadlineHours: 240 }, USER_IDENTIFICATION: { deadlineHours: 240 } };
    const { id } = await issued(justice, paris, { expiresAt: days(30).toISOString() });
    justice.now = days(11);
    await settleDue(justice.running.em(), justice.now);
    await settleDue(justice.running.em(), justice.now);
    expect(await whatOf(id)).toEqual(["DRAFT", "ISSUE", "MISS_DEADLINE"]);
    expect((await taken()).at(-1)).toMatchObject({
      deadlineState: "OVERDUE",
      from: "ISSUED",
      to: "ISSUED",
      actor: "clock",
    });
    justice.now = days(31);
    await settleDue(justice.running.em(), justice.now);
    await settleDue(justice.running.em(), justice.now);
    expect(await whatOf(id)).toEqual(["DRAFT", "ISSUE", "MISS_DEADLINE", "EXPIRE"]);
    expect((await taken()).at(-1)).toMatchObject({ doneAt: days(30).toISOString(), to: "EXPIRED" });
    const { data } = await justice.ask(paris, `{ warrant(id: "${id}") { status history { to } } }`);
    expect(data.warrant).toMatchObject({
      status: "EXPIRED",
      history: [{ to: "DRAFT" }, { to: "ISSUED" }, { to: "ISSUED" }, { to: "EXPIRED" }],
    });
  });

  test("a preservation that is extended, and ends: with its deletion, which is moved and due", async () => {
    const duty = { kind: "DELETE", owner: "PROVIDER", dueHours: null, text: "Say what became of the data." };
    const preserving = {
      rule: { id: "R-EE-PRESERVE", preservation: { days: 60, extensionDays: 30 } },
      obligations: [duty],
    };
    Object.assign(justice.world, { effects: { SUBSCRIBER: "PERMIT_PRESERVATION" }, law: { SUBSCRIBER: preserving } });
    const { id } = await accepted(justice, paris, { kind: "PRESERVATION", categories: ["SUBSCRIBER"] });
    await justice.ask(paris, `mutation { extendPreservation(id: "${id}") { userErrors { code } } }`);
    justice.now = days(91);
    await settleDue(justice.running.em(), justice.now);
    const own = (await taken()).filter(({ warrantId }) => warrantId === id);
    expect(own.map(({ what }) => what)).toEqual(["DRAFT", "ISSUE", "ACCEPT", "EXTEND", "EXPIRE"]);
    expect(own.at(-1)).toMatchObject({ kind: "PRESERVATION", to: "EXPIRED", issued: true });
    const deletion = { kind: "DELETE", owner: "PROVIDER", state: "OPEN" };
    expect(own[1]?.duties).toMatchObject([{ ...deletion, dueAt: days(61).toISOString() }]);
    expect(own[3]?.duties).toMatchObject([{ ...deletion, dueAt: days(91).toISOString() }]);
  });

  test("obligations that an act brought, fulfilled, put off, and that were missed", async () => {
    justice.world.law = {
      SUBSCRIBER: {
        obligations: [{ kind: "INFORM_USER", owner: "ISSUING_AUTHORITY", dueHours: null, text: "Inform." }],
      },
    };
    const { id } = await accepted(justice, paris, { categories: ["SUBSCRIBER"] });
    const put =
      'mutation ($id: ID!, $until: DateTime!) { deferUserInformation(id: $id, ground: "Risk of flight.", until: $until) { userErrors { code } } }';
    await justice.ask(paris, put, { id, until: days(5).toISOString() });
    justice.now = days(6);
    await settleDue(justice.running.em(), justice.now);
    const obligation = { kind: "INFORM_USER", owner: "ISSUING_AUTHORITY" };
    const due = days(5).toISOString();
    expect((await taken()).map(({ what, duties }) => [what, duties])).toEqual([
      ["DRAFT", []],
      ["ISSUE", [expect.objectContaining({ ...obligation, state: "OPEN", dueAt: null })]],
      ["ACCEPT", []],
      ["DEFER", [expect.objectContaining({ ...obligation, state: "DEFERRED", dueAt: due })]],
      ["MISS", [expect.objectContaining({ ...obligation, state: "MISSED", dueAt: due })]],
    ]);
  });
});
