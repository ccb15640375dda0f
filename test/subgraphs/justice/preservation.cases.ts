import type { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Principal } from "../../../schema/principal.js";
import { oneDatabase } from "../../kit/databases.js";
import { accepted, actsOn, codes, draft, issued, openCase, told } from "./acts.js";
import { freshWorld } from "./fake-graph.js";
import {
  berlin,
  facebook,
  type JusticeUnderTest,
  openJustice,
  paris,
  prosecutor,
  type Who,
} from "./justice-under-test.js";

const start = "2026-11-23T10:00:00.000Z";
const dayLength = 86_400_000;
const deletion = { kind: "DELETE", owner: "PROVIDER", dueHours: 60 * 24, text: "Then delete." };
const rule = (days: number, extensionDays: number | null): object => ({
  rule: { id: "R-EE-PRESERVE", preservation: { days, extensionDays } },
  obligations: [deletion],
});

/** How long a preservation holds, by itself and for the orders that follow it. */
export function testPreservation(database: () => PGlite): void {
  describe.each(oneDatabase)("preservation, on the %s database", (kind) => {
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
      Object.assign(justice.world, freshWorld());
      justice.now = new Date(start);
    });

    const day = (days: number): Date => new Date(Date.parse(start) + days * dayLength);
    /** A preservation under a rule of sixty days; productions under another. */
    async function preserve(change: object = {}, law: object = rule(60, 30)) {
      Object.assign(justice.world, {
        effects: { SUBSCRIBER: "PERMIT_PRESERVATION", USER_IDENTIFICATION: "PERMIT_PRESERVATION" },
        law: { SUBSCRIBER: law, USER_IDENTIFICATION: law },
      });
      const order = await issued(justice, paris, { kind: "PRESERVATION", ...change });
      Object.assign(justice.world, { effects: {}, law: {} });
      return order;
    }
    const extend = async (who: Who, id: string) =>
      (await justice.ask(who, `mutation { extendPreservation(id: "${id}") { warrant { preservedUntil } ${told} } }`))
        .data.extendPreservation;
    const untilOf = async (id: string): Promise<number> => {
      const { data } = await justice.ask(paris, `{ warrant(id: "${id}") { preservedUntil } }`);
      return (Date.parse(data.warrant.preservedUntil) - Date.parse(start)) / dayLength;
    };
    const service = (name: string): Principal => {
      const client = facebook as Principal;
      return { ...client, role: "SERVICE", service: name, onBehalfOf: client, hops: 1 };
    };
    const toKeep = async (preservation: string): Promise<string[]> => {
      const { data } = await justice.ask(
        service("platform"),
        '{ dataToKeep(platform: "FACEBOOK") { warrantId accountId category } }',
      );
      type Kept = { warrantId: string; accountId: string; category: string };
      const own = data.dataToKeep.filter(({ warrantId }: Kept) => warrantId === preservation);
      return own.map(({ accountId, category }: Kept) => `${accountId} ${category}`);
    };
    const both = ["u01 SUBSCRIBER", "u01 USER_IDENTIFICATION"];

    test("it holds as long as the rule says that permits it, in the very millisecond, and the platform is told", async () => {
      const { id } = await preserve();
      expect(await untilOf(id)).toBe(60);
      expect(justice.world.asked).toContain("KeepData");
      justice.now = new Date(day(60).getTime() - 1);
      expect(await toKeep(id)).toEqual(both);
      expect((await acts.read(paris, id)).status).toBe("ISSUED");
      justice.now = day(60);
      expect(await toKeep(id)).toEqual([]);
      expect((await acts.read(paris, id)).status).toBe("EXPIRED");
    });

    test("not longer than the end that its content names, which no extension moves", async () => {
      const { id } = await preserve({ expiresAt: day(10).toISOString() });
      expect(await untilOf(id)).toBe(10);
      expect(codes(await extend(paris, id))).toEqual(["EXTENSION_NOT_OPEN"]);
    });

    test("what no rule has preserved is not issued", async () => {
      const { warrant } = await draft(justice, paris, { kind: "PRESERVATION" });
      justice.world.effects = { SUBSCRIBER: "DENY" };
      const refused = (await acts.issue(paris, warrant.id, warrant.contentHash)).data.issueWarrant;
      expect(refused.userErrors).toMatchObject([
        {
          code: "PRESERVATION_NOT_OPEN",
          message: expect.stringMatching(/^No rule lets your authority have SUBSCRIBER/),
        },
      ]);
      expect((await acts.read(paris, warrant.id)).status).toBe("DRAFT");
    });

    test("where the rule gives no extension there is none; a drafted or lapsed preservation has none either", async () => {
      const { id } = await preserve({}, rule(60, null));
      expect(codes(await extend(paris, id))).toEqual(["EXTENSION_NOT_OPEN"]);
      const { warrant } = await draft(justice, paris, { kind: "PRESERVATION" });
      expect(codes(await extend(paris, warrant.id))).toEqual(["NOT_IN_THIS_STATUS"]);
      const other = await preserve();
      justice.now = day(61);
      expect(codes(await extend(paris, other.id))).toEqual(["NOT_IN_THIS_STATUS"]);
    });

    test("an authority that it is shared with may read it, and not extend it; a production order cannot be extended", async () => {
      const caseId = await openCase(justice, paris);
      const { id } = await preserve({ caseId });
      await acts.share(paris, caseId, "fr-parquet-paris");
      expect(codes(await extend(prosecutor, id))).toEqual(["NOT_YOUR_ACT"]);
      expect(codes(await extend(berlin, id))).toEqual(["WARRANT_UNKNOWN"]);
      expect(codes(await extend(paris, (await issued(justice, paris)).id))).toEqual(["NOT_AS_IT_STANDS"]);
    });

    test("two who extend it at once: one does", async () => {
      const { id } = await preserve();
      const both = await Promise.all([extend(paris, id).catch(() => null), extend(paris, id).catch(() => null)]);
      expect(both.filter((payload) => payload?.warrant)).toHaveLength(1);
      expect(await untilOf(id)).toBe(90);
    });

    test("what is refused or not held is kept no longer", async () => {
      const order = await preserve();
      await acts.contest(facebook, { id: order.id, itemIds: [order.items[0]], ground: "DATA_NOT_HELD" });
      expect(await toKeep(order.id)).toEqual(["u01 USER_IDENTIFICATION"]);
      await acts.contest(facebook, { id: order.id, itemIds: [order.items[1]] });
      expect(await toKeep(order.id)).toEqual(["u01 USER_IDENTIFICATION"]);
      await acts.revoke(paris, order.id);
      expect(await toKeep(order.id)).toEqual([]);
    });

    test("while an order follows it, what that order asks for is kept; when the last is over, no longer than by itself", async () => {
      const { id } = await preserve();
      justice.now = day(50);
      const end = { preserves: id, expiresAt: day(100).toISOString() };
      const [first, second] = [
        await accepted(justice, paris, { ...end, categories: ["SUBSCRIBER"] }),
        await accepted(justice, paris, { preserves: id, expiresAt: day(80).toISOString(), categories: ["SUBSCRIBER"] }),
      ];
      expect(await untilOf(id)).toBe(100);
      expect(await toKeep(id)).toEqual(both);
      justice.now = day(70);
      expect(await toKeep(id)).toEqual(["u01 SUBSCRIBER"]);
      await acts.fulfil(facebook, first);
      expect(await untilOf(id)).toBe(80);
      await acts.revoke(paris, second.id);
      expect(await untilOf(id)).toBe(70);
      expect((await acts.read(paris, id)).status).toBe("EXPIRED");
    });

    test("an order that is over early leaves it its own time, and one that expires by the clock leaves nothing", async () => {
      const early = await preserve();
      const revoked = await accepted(justice, paris, { preserves: early.id, expiresAt: day(200).toISOString() });
      await acts.revoke(paris, revoked.id);
      expect(await untilOf(early.id)).toBe(60);
      const late = await preserve();
      await accepted(justice, paris, { preserves: late.id, expiresAt: day(75).toISOString() });
      justice.now = day(75);
      expect(await toKeep(late.id)).toEqual([]);
      expect((await acts.read(paris, late.id)).status).toBe("EXPIRED");
    });

    test("an order cannot be issued for a preservation that lapsed since the draft", async () => {
      const { id } = await preserve();
      const { warrant } = await draft(justice, paris, { preserves: id });
      justice.now = day(60);
      const { issueWarrant } = (await acts.issue(paris, warrant.id, warrant.contentHash)).data;
      expect(codes(issueWarrant)).toEqual(["PRESERVATION_OVER"]);
    });

    test.each<[string, Who, object, string]>([
      ["another authority's", berlin, {}, "PRESERVED_UNKNOWN"],
      [
        "one with another platform",
        paris,
        { platform: "FJORDNET", targets: [{ kind: "ACCOUNT_ID", value: "u10" }] },
        "PRESERVED_ELSEWHERE",
      ],
      [
        "one of another account",
        paris,
        { targets: [{ kind: "HANDLE", value: "brave.badger" }] },
        "PRESERVED_OTHERWISE",
      ],
      ["one of no known account", paris, { targets: [{ kind: "HANDLE", value: "no.body" }] }, "PRESERVED_OTHERWISE"],
    ])("%s is not followed", async (_what, who, change, code) => {
      const { id } = await preserve();
      const { warrant, userErrors } = await draft(justice, who, { preserves: id, ...change });
      expect(warrant).toBeNull();
      expect(userErrors).toMatchObject([{ code, field: ["preserves"] }]);
    });

    test("the platform's word is taken once it is over, once, and from its own service alone", async () => {
      const { id } = await preserve();
      const said = "said: [{ category: SUBSCRIBER, deleted: 3, kept: 1 }]";
      const say = async (who: Who | Principal) =>
        justice.ask(who, `mutation { reportDeletion(warrantId: "${id}", ${said}) { warrant { id } ${told} } }`);
      expect(codes((await say(service("platform"))).data.reportDeletion)).toEqual(["PRESERVATION_IN_FORCE"]);
      justice.now = day(61);
      for (const who of [facebook, service("treaty")])
        expect((await say(who)).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
      expect((await say(service("platform"))).data.reportDeletion.userErrors).toEqual([]);
      await say(service("platform"));
      const { history } = await acts.read(paris, id);
      expect(history.filter(({ reason }: { reason: string }) => reason?.startsWith("DELETE DONE"))).toMatchObject([
        {
          by: "PROVIDER",
          reason: "DELETE DONE: SUBSCRIBER: 3 rows deleted, 1 kept under the platform's own retention.",
        },
      ]);
    });

    test("for another system it is a preservation task, held from its receipt; what follows it names it", async () => {
      const { id } = await preserve();
      const follow = await issued(justice, paris, { preserves: id });
      const form = async (of: string, format: string) =>
        JSON.parse(
          (await justice.ask(paris, `{ warrant(id: "${of}") { interchange(format: ${format}) } }`)).data.warrant
            .interchange,
        );
      const [order, task] = (await form(id, "TS_103_120")).Payload.RequestPayload.ActionRequests.map(
        ({ CREATE }: { CREATE: { HI1Object: object } }) => CREATE.HI1Object,
      );
      expect(order.AuthorisationObject.AuthorisationLegalType).toMatchObject({ Value: "EPOCPR" });
      expect(task).toMatchObject({ LPTaskObject: { Status: { Name: "LPTaskStatus", Value: "Preserved" } } });
      const [{ CREATE }] = (await form(follow.id, "TS_103_120")).Payload.RequestPayload.ActionRequests;
      expect(CREATE.HI1Object.AuthorisationObject.AssociatedObjects).toEqual([id]);
      expect(await form(id, "EPOC_FORM")).toMatchObject({ form: "EPOC-PR-FORM-2" });
      expect((await form(follow.id, "EPOC_FORM")).D).toEqual({ replaces: null, preserves: id });
    });

    test("the police may have any category preserved in an emergency, and a platform that cannot be told stops nobody", async () => {
      const { userErrors } = await draft(justice, paris, {
        kind: "PRESERVATION",
        ...{ categories: ["CONTENT"], emergency: true, emergencyGround: "A threat to kill, tonight." },
      });
      expect(userErrors).toEqual([]);
      const { id } = await preserve();
      justice.world.unreachable = true;
      const { revokeWarrant } = (await acts.revoke(paris, id)).data;
      expect(revokeWarrant).toMatchObject({ userErrors: [], warrant: { status: "REVOKED" } });
    });
  });
}
