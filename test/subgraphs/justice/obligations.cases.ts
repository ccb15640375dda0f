import type { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { oneDatabase } from "../../kit/databases.js";
import { accepted, actsOn, codes, issued, statuses, told, warrantFields } from "./acts.js";
import { freshWorld } from "./fake-graph.js";
import {
  auditor,
  berlin,
  enforcer,
  engineer,
  facebook,
  type JusticeUnderTest,
  openJustice,
  paris,
  prosecutor,
  type Who,
} from "./justice-under-test.js";

const start = "2026-11-23T10:00:00.000Z";
const held = {
  USER_IDENTIFICATION: {
    obligations: [
      { kind: "NOTIFY_ENFORCING_AUTHORITY", owner: "ISSUING_AUTHORITY", dueHours: 0, text: "Notify." },
      { kind: "HOLD", owner: "PROVIDER", dueHours: 240, text: "Hold." },
      { kind: "INFORM_USER", owner: "ISSUING_AUTHORITY", dueHours: null, text: "Inform." },
    ],
  },
  SUBSCRIBER: {
    obligations: [{ kind: "INFORM_USER", owner: "ISSUING_AUTHORITY", dueHours: null, text: "Inform." }],
  },
};

export function testObligations(database: () => PGlite): void {
  describe.each(oneDatabase)("obligations, on the %s database", (kind) => {
    let justice: JusticeUnderTest;
    let acts: ReturnType<typeof actsOn>;
    beforeAll(async () => {
      justice = await openJustice(kind, start, kind === "embedded" ? database() : undefined);
      acts = actsOn(justice);
    });
    afterAll(async () => {
      await justice.close();
    });
    beforeEach(() => {
      Object.assign(justice.world, freshWorld(), { law: held });
      justice.now = new Date(start);
    });

    const owed = async (who: Who, id: string) =>
      (
        await justice.ask(
          who,
          `{ warrant(id: "${id}") { obligations { id kind owner state dueAt doneAt deferredUntil item { category } } } }`,
        )
      ).data.warrant?.obligations;
    const one = async (who: Who, id: string, kindOf: string) =>
      (await owed(who, id)).find((obligation: { kind: string }) => obligation.kind === kindOf);
    const clear = async (who: Who, input: object) =>
      (
        await justice.ask(
          who,
          `mutation ($input: AnswerOrderInput!) { clearHold(input: $input) { warrant { ${warrantFields} } ${told} } }`,
          { input },
        )
      ).data.clearHold;
    const object = async (who: Who, input: object) =>
      (
        await justice.ask(
          who,
          `mutation ($input: ContestInput!) { objectToWarrant(input: $input) { warrant { ${warrantFields} } ${told} } }`,
          { input: { ground: "FUNDAMENTAL_RIGHTS", text: "A manifest breach.", ...input } },
        )
      ).data.objectToWarrant;
    const complete = async (who: Who, id: string, note: string | null = null) =>
      (
        await justice.ask(
          who,
          `mutation ($id: ID!, $note: String) { completeObligation(id: $id, note: $note) { warrant { id } ${told} } }`,
          { id, note },
        )
      ).data?.completeObligation;
    const defer = async (who: Who, id: string, until: string, ground = "The search is on Friday.") =>
      (
        await justice.ask(
          who,
          `mutation ($id: ID!, $ground: String!, $until: DateTime!) { deferUserInformation(id: $id, ground: $ground, until: $until) { warrant { id } ${told} } }`,
          { id, ground, until },
        )
      ).data.deferUserInformation;

    test("come with the issue: one for each duty, holds for each item, the copy served by the order itself", async () => {
      const { id } = await issued(justice, paris);
      const none = { doneAt: null, deferredUntil: null, id: expect.stringMatching(/^obligation-/) };
      expect(await owed(paris, id)).toEqual([
        {
          ...none,
          ...{ kind: "NOTIFY_ENFORCING_AUTHORITY", owner: "ISSUING_AUTHORITY", state: "DONE", item: null },
          dueAt: start,
          doneAt: start,
        },
        {
          ...none,
          ...{ kind: "HOLD", owner: "PROVIDER", state: "OPEN", item: { category: "USER_IDENTIFICATION" } },
          dueAt: "2026-12-03T10:00:00.000Z",
        },
        { ...none, kind: "INFORM_USER", owner: "ISSUING_AUTHORITY", state: "OPEN", item: null, dueAt: null },
      ]);
    });

    test("where the register has no enforcing authority, somebody must send the copy", async () => {
      justice.world.law = {
        ...held,
        USER_IDENTIFICATION: { ...held.USER_IDENTIFICATION, providerCountry: "NL" },
      };
      const { id } = await issued(justice, paris);
      expect((await one(paris, id, "NOTIFY_ENFORCING_AUTHORITY")).state).toBe("OPEN");
      justice.now = new Date("2026-11-23T10:00:00.001Z");
      const notify = await one(paris, id, "NOTIFY_ENFORCING_AUTHORITY");
      expect(notify.state).toBe("MISSED");
      expect(await complete(paris, notify.id, "Sent by hand.")).toMatchObject({ userErrors: [] });
      expect(await one(paris, id, "NOTIFY_ENFORCING_AUTHORITY")).toMatchObject({
        state: "DONE",
        doneAt: "2026-11-23T10:00:00.001Z",
      });
      expect((await acts.read(enforcer, id)) === null).toBe(true);
    });

    describe("a hold", () => {
      test("is over when its time is, and then done by itself", async () => {
        const { id } = await accepted(justice, paris);
        expect(statuses(await acts.read(paris, id))).toEqual(["ACCEPTED", "HELD"]);
        justice.now = new Date("2026-12-03T10:00:00.000Z");
        expect(statuses(await acts.read(paris, id))).toEqual(["ACCEPTED", "ACCEPTED"]);
        expect(await one(paris, id, "HOLD")).toMatchObject({ state: "DONE", doneAt: "2026-12-03T10:00:00.000Z" });
      });

      test("is cleared by the enforcing authority to which the order was notified, and the door is told", async () => {
        const { id, contentHash } = await accepted(justice, paris);
        justice.now = new Date("2026-11-24T10:00:00.000Z");
        const [, second] = (await acts.read(enforcer, id)).items.nodes;
        const cleared = await clear(enforcer, { id, contentHash });
        expect(cleared.userErrors).toEqual([]);
        expect(cleared.warrant).toMatchObject({
          status: "ACCEPTED",
          history: [{ to: "ISSUED" }, {}, { by: "ENFORCING_AUTHORITY", to: "ACCEPTED" }],
        });
        expect(statuses(cleared.warrant)).toEqual(["ACCEPTED", "ACCEPTED"]);
        expect(await one(paris, id, "HOLD")).toMatchObject({ state: "DONE", doneAt: "2026-11-24T10:00:00.000Z" });
        expect((await acts.door(id)).items).toMatchObject([
          { heldUntil: null, cleared: false },
          { id: second.id, heldUntil: "2026-11-24T10:00:00.000Z", cleared: true },
        ]);
        expect(codes(await clear(enforcer, { id, contentHash }))).toEqual(["NOT_OPEN_TO_REVIEW"]);
        expect(codes(await object(enforcer, { id }))).toEqual(["NOT_OPEN_TO_REVIEW"]);
      });

      test("ends in a refusal where the enforcing authority objects, item by item, with its own grounds", async () => {
        const { id, contentHash } = await accepted(justice, paris);
        const nodes = (await acts.read(enforcer, id)).items.nodes;
        expect(codes(await object(enforcer, { id, ground: "OVERBROAD" }))).toEqual(["GROUND_NOT_OPEN"]);
        expect(codes(await object(enforcer, { id, itemIds: [nodes[0].id, nodes[1].id] }))).toEqual([
          "NOT_OPEN_TO_REVIEW",
        ]);
        const objected = await object(enforcer, { id });
        expect(objected.userErrors).toEqual([]);
        expect(objected.warrant.items.nodes).toMatchObject([
          { status: "ACCEPTED", refusal: null },
          {
            status: "REFUSED",
            refusal: { ground: "FUNDAMENTAL_RIGHTS", by: "ENFORCING_AUTHORITY", reason: "A manifest breach." },
          },
        ]);
        expect((await one(paris, id, "HOLD")).state).toBe("DONE");
        expect((await owed(paris, id)).map(({ kind: k }: { kind: string }) => k)).not.toContain("DELETE");
        expect((await acts.accept(facebook, { id, contentHash })).data.acceptWarrant.userErrors).toMatchObject([
          { code: "NOTHING_OPEN" },
        ]);
      });

      test("can be cleared and objected to by nobody else", async () => {
        const { id, contentHash } = await accepted(justice, paris);
        const other = { ...enforcer, country: "DE", authority: "de-sta-berlin" };
        expect(codes(await clear(other, { id, contentHash }))).toEqual(["WARRANT_UNKNOWN"]);
        for (const who of [paris, facebook, berlin]) {
          const { errors } = await justice.ask(
            who,
            `mutation { clearHold(input: { id: "${id}", contentHash: "${contentHash}" }) { warrant { id } } }`,
          );
          expect(errors?.[0]?.extensions).toMatchObject({ code: "FORBIDDEN", refusal: "ROLE" });
        }
        expect(statuses(await acts.read(paris, id))).toEqual(["ACCEPTED", "HELD"]);
      });

      test("where nothing is held, an objection comes after the fact: what was sent is deleted", async () => {
        justice.world.law = {
          USER_IDENTIFICATION: { obligations: [held.USER_IDENTIFICATION.obligations[0]] },
        };
        const { id } = await accepted(justice, paris);
        expect(await object(enforcer, { id })).toMatchObject({ userErrors: [] });
        expect(await one(paris, id, "DELETE")).toMatchObject({ owner: "ISSUING_AUTHORITY", state: "OPEN" });
      });

      test("a check of immunities holds the item as well", async () => {
        justice.world.law = {
          SUBSCRIBER: {
            obligations: [{ kind: "CHECK_IMMUNITY", owner: "ENFORCING_AUTHORITY", dueHours: 240, text: "Check." }],
          },
        };
        const { id, contentHash } = await accepted(justice, paris);
        expect(statuses(await acts.read(paris, id))).toEqual(["HELD", "ACCEPTED"]);
        await clear(enforcer, { id, contentHash });
        expect(statuses(await acts.read(paris, id))).toEqual(["ACCEPTED", "ACCEPTED"]);
        expect((await one(paris, id, "CHECK_IMMUNITY")).state).toBe("DONE");
      });
    });

    describe("the owner", () => {
      test("says that she did it; the history says so too", async () => {
        const { id } = await accepted(justice, paris);
        const inform = await one(paris, id, "INFORM_USER");
        expect(codes(await complete(facebook, inform.id))).toEqual(["NOT_YOUR_ACT"]);
        expect(codes(await complete(berlin, inform.id))).toEqual(["OBLIGATION_UNKNOWN"]);
        expect(codes(await complete(paris, inform.id, " "))).toEqual(["TEXT_EMPTY"]);
        expect(await complete(engineer, inform.id)).toBeNull();
        justice.now = new Date("2026-11-30T10:00:00.000Z");
        expect(await complete(paris, inform.id, "By letter.")).toMatchObject({ warrant: { id }, userErrors: [] });
        expect(await one(facebook, id, "INFORM_USER")).toMatchObject({
          state: "DONE",
          doneAt: "2026-11-30T10:00:00.000Z",
        });
        expect((await acts.read(paris, id)).history.at(-1)).toEqual({
          at: "2026-11-30T10:00:00.000Z",
          from: "ACCEPTED",
          to: "ACCEPTED",
          by: "ISSUING_AUTHORITY",
          actor: "judge-1",
          reason: "INFORM_USER DONE: By letter.",
        });
        expect(codes(await complete(paris, inform.id))).toEqual(["OBLIGATION_DONE"]);
      });

      test("may put off informing the person, with a reason on file, and then it is due", async () => {
        const { id } = await accepted(justice, paris);
        expect(codes(await defer(paris, id, start))).toEqual(["UNTIL_IN_PAST"]);
        expect(codes(await defer(paris, id, "2026-12-24T00:00:00Z", ""))).toEqual(["TEXT_EMPTY"]);
        expect(codes(await defer(prosecutor, id, "2026-12-24T00:00:00Z"))).toEqual(["OBLIGATION_UNKNOWN"]);
        expect(codes(await defer(paris, (await one(paris, id, "HOLD")).id, "2026-12-24T00:00:00Z"))).toEqual([
          "OBLIGATION_UNKNOWN",
        ]);
        expect(await defer(paris, id, "2026-12-24T00:00:00Z")).toMatchObject({ warrant: { id }, userErrors: [] });
        expect(await one(paris, id, "INFORM_USER")).toMatchObject({
          state: "DEFERRED",
          dueAt: "2026-12-24T00:00:00.000Z",
          deferredUntil: "2026-12-24T00:00:00.000Z",
        });
        expect((await acts.read(paris, id)).history.at(-1).reason).toBe(
          "INFORM_USER DEFERRED: The search is on Friday.",
        );
        justice.now = new Date("2026-12-24T00:00:00.001Z");
        expect((await one(paris, id, "INFORM_USER")).state).toBe("MISSED");
      });

      test("does not end a hold by saying so", async () => {
        const { id } = await accepted(justice, paris);
        expect(await complete(facebook, (await one(facebook, id, "HOLD")).id)).toMatchObject({
          userErrors: [{ code: "OBLIGATION_ENDS_OTHERWISE", message: expect.stringContaining("clearHold") }],
        });
      });
    });

    test("are listed by due date for whoever sees their warrants, and found by kind, state and due date", async () => {
      const { id } = await accepted(justice, berlin);
      const list = async (who: Who, filter: string, args = "") =>
        (
          await justice.ask(who, `{ obligations(filter: ${filter}${args}) { nodes { kind } } }`)
        ).data.obligations?.nodes.map((node: { kind: string }) => node.kind) ?? null;
      const all = ["NOTIFY_ENFORCING_AUTHORITY", "HOLD", "INFORM_USER"];
      const mine = `{ warrantId: "${id}" }`;
      for (const who of [berlin, facebook, enforcer, auditor({ country: "DE" })])
        expect(await list(who, mine)).toEqual(all);
      for (const who of [paris, auditor({ country: "FR" })]) expect(await list(who, mine)).toEqual([]);
      expect(await list(engineer, mine)).toBeNull();
      justice.world.named = () => false;
      expect(await list(auditor({ country: "DE" }), mine)).toEqual([]);
      const where = (more: string) => list(berlin, `{ warrantId: "${id}" ${more} }`);
      expect(await where("state: [OPEN]")).toEqual(["HOLD", "INFORM_USER"]);
      expect(await where("state: [DONE]")).toEqual(["NOTIFY_ENFORCING_AUTHORITY"]);
      expect(await where("state: []")).toEqual([]);
      expect(await where("kind: [HOLD]")).toEqual(["HOLD"]);
      expect(await where('dueBefore: "2026-12-01T00:00:00Z"')).toEqual(["NOTIFY_ENFORCING_AUTHORITY"]);
      expect(await where('dueBefore: "0000-01-01T00:00:00Z"')).toEqual([]);
      expect(await where('country: "DE" platform: "FACEBOOK"')).toEqual(all);
      expect(await where('platform: "FJORDNET"')).toEqual([]);
      justice.now = new Date("2026-12-03T10:00:00.000Z");
      expect(await where("state: [DONE]")).toEqual(["NOTIFY_ENFORCING_AUTHORITY", "HOLD"]);
      await defer(berlin, id, "2026-12-24T00:00:00Z");
      expect(await where("state: [DEFERRED]")).toEqual(["INFORM_USER"]);
      justice.now = new Date("2027-01-01T00:00:00.000Z");
      expect(await where("state: [MISSED]")).toEqual(["INFORM_USER"]);
      const first = await justice.ask(
        berlin,
        `{ obligations(filter: ${mine}, first: 1) { pageInfo { hasNextPage endCursor } } }`,
      );
      const { hasNextPage, endCursor } = first.data.obligations.pageInfo;
      expect([hasNextPage, await list(berlin, mine, `, after: "${endCursor}"`)]).toEqual([true, all.slice(1)]);
    });

    test("end with the warrant: nothing is held any more", async () => {
      const { id } = await issued(justice, paris);
      await acts.revoke(paris, id);
      expect((await one(paris, id, "HOLD")).state).toBe("DONE");
      const [{ id: obligation }] = await owed(paris, id);
      const { data } = await justice.ask(paris, `{ obligation(id: "${obligation}") { kind warrant { id } } }`);
      expect(data.obligation).toEqual({ kind: "NOTIFY_ENFORCING_AUTHORITY", warrant: { id } });
      expect((await justice.ask(berlin, `{ obligation(id: "${obligation}") { kind } }`)).data.obligation).toBeNull();
    });
  });
}
