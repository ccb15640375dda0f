import type { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { settleDue } from "../../../subgraphs/justice/settle-due.js";
import { oneDatabase } from "../../kit/databases.js";
import { actsOn, codes, draft, openCase, statuses, told, warrantFields } from "./acts.js";
import { freshWorld, needsValidation } from "./fake-graph.js";
import {
  centralFr,
  facebook,
  type JusticeUnderTest,
  openJustice,
  paris,
  prosecutor,
  type Who,
} from "./justice-under-test.js";

const start = "2026-11-23T10:00:00.000Z";
const afterTwoDays = "2026-11-25T10:00:00.000Z";
const second: Who = { ...facebook, sub: "provider-9" };
const police: Who = { ...paris, sub: "officer-1", authority: "fr-ofac" };
const emergency = { emergency: true, emergencyGround: "A threat to kill, tonight." };
const validateLater = {
  obligations: [{ kind: "VALIDATE_AFTERWARDS", owner: "ISSUING_AUTHORITY", dueHours: 48, text: "Validate." }],
};

export function testEmergencies(database: () => PGlite): void {
  describe.each(oneDatabase)("emergencies, on the %s database", (kind) => {
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
      // As the law says: in an emergency the police may order alone, otherwise a judge validates.
      const preview = ({ emergency: now }: { emergency?: boolean }) => (now ? {} : needsValidation());
      Object.assign(justice.world, freshWorld(), {
        preview,
        law: { SUBSCRIBER: validateLater, USER_IDENTIFICATION: validateLater },
      });
      justice.now = new Date(start);
    });

    const order = async (who: Who = police): Promise<{ id: string; contentHash: string }> => {
      const { warrant } = await draft(justice, who, { caseId: await openCase(justice, who), ...emergency });
      const { id, contentHash } = warrant;
      const { issueWarrant } = (await acts.issue(who, id, contentHash)).data;
      expect(issueWarrant).toMatchObject({ userErrors: [], warrant: { status: "ISSUED" } });
      return { id, contentHash };
    };
    const channelOf = async (who: Who, id: string) =>
      (await justice.ask(who, `{ warrant(id: "${id}") { issuingAuthority { channels } } }`)).data.warrant
        .issuingAuthority.channels;
    const approve = async (who: Who, id: string, channel: string) =>
      (
        await justice.ask(
          who,
          `mutation ($id: ID!, $channel: String!) { approveEmergency(id: $id, channel: $channel) { warrant { ${warrantFields} } ${told} } }`,
          { id, channel },
        )
      ).data?.approveEmergency;
    const owed = async (id: string) =>
      (await justice.ask(police, `{ warrant(id: "${id}") { obligations { id kind owner state dueAt text } } }`)).data
        .warrant.obligations;
    const settle = () => settleDue(justice.running.em(), justice.now);
    const letIn = async (): Promise<{ id: string; contentHash: string }> => {
      const input = await order();
      const [channel] = await channelOf(second, input.id);
      await approve(second, input.id, channel);
      for (const { id, kind: of, owner } of await owed(input.id)) {
        if (of !== "REVIEW_EMERGENCY" || owner !== "CENTRAL_AUTHORITY") continue;
        await justice.ask(centralFr, `mutation { completeObligation(id: "${id}") { ${told} } }`);
      }
      expect((await acts.accept(facebook, input)).data.acceptWarrant).toMatchObject({
        userErrors: [],
        warrant: { status: "ACCEPTED" },
      });
      return input;
    };

    test("are let in by two persons at the provider, one of whom called the authority back over a channel of the register", async () => {
      const input = await order();
      const { id } = input;
      const [channel] = await channelOf(facebook, id);
      expect(channel).toMatch(/^tel:/);
      expect(await channelOf(police, id)).toBeNull();
      expect((await acts.accept(facebook, input)).data.acceptWarrant.userErrors).toMatchObject([
        { code: "NOT_AS_IT_STANDS", message: expect.stringContaining("approved by a second person") },
      ]);
      expect(codes(await approve(second, id, "tel:+1-555-0199"))).toEqual(["CHANNEL_NOT_IN_REGISTER"]);
      for (const who of [police, paris]) expect(await approve(who, id, channel)).toBeNull();
      expect(await approve(second, id, channel)).toMatchObject({ userErrors: [], warrant: { status: "ISSUED" } });
      expect(codes(await approve(second, id, channel))).toEqual(["NOT_AS_IT_STANDS"]);
      expect((await acts.accept(second, input)).data.acceptWarrant.userErrors).toMatchObject([
        { code: "SECOND_PERSON" },
      ]);
      expect((await acts.accept(facebook, input)).data.acceptWarrant.warrant.status).toBe("ACCEPTED");
      expect((await acts.read(police, id)).history).toMatchObject([
        { to: "DRAFT" },
        { to: "ISSUED" },
        { to: "ISSUED", by: "PROVIDER", actor: "provider-9", reason: `Called back over ${channel}.` },
        { to: "ACCEPTED", actor: "FACEBOOK" },
      ]);
    });

    test("say what the register remembers of the authority: the first, and how many lately", async () => {
      const judge: Who = { ...paris, sub: "judge-7", authority: "fr-ji-paris" };
      const review = async (): Promise<string> => {
        justice.world.law = {};
        const { id } = await order(judge);
        const { data } = await justice.ask(
          facebook,
          `{ obligations(filter: { warrantId: "${id}", kind: [REVIEW_EMERGENCY] }) { nodes { owner text } } }`,
        );
        expect(data.obligations.nodes).toHaveLength(1);
        return data.obligations.nodes[0].text;
      };
      expect(await review()).toMatch(/the first emergency of this authority/);
      justice.now = new Date("2026-11-23T12:00:00.000Z");
      expect(await review()).toMatch(/before: 1, of them in the last 24 hours: 1\./);
      justice.now = new Date("2026-11-28T12:00:00.000Z");
      expect(await review()).toMatch(/before: 2, of them in the last 24 hours: 0\./);
    });

    test("that a judge validates in time go on", async () => {
      const { id, contentHash } = await letIn();
      expect((await acts.read(paris, id)).status).toBe("ACCEPTED");
      justice.now = new Date("2026-11-25T09:59:59.999Z");
      expect((await acts.validate(paris, id, contentHash)).data.validateWarrant).toMatchObject({
        userErrors: [],
        warrant: { status: "ACCEPTED", validatingAuthority: { id: "fr-tj-paris" } },
      });
      justice.now = new Date("2026-12-01T10:00:00.000Z");
      expect(await acts.read(police, id)).toMatchObject({ status: "ACCEPTED" });
      expect((await owed(id)).find(({ kind: of }: { kind: string }) => of === "VALIDATE_AFTERWARDS").state).toBe(
        "DONE",
      );
      expect(codes((await acts.validate(paris, id, contentHash)).data.validateWarrant)).toEqual(["NOT_AS_IT_STANDS"]);
    });

    test("that nobody validates in time are revoked by themselves, whether or not the job has run; twice it does no harm", async () => {
      const { id, contentHash } = await letIn();
      justice.now = new Date(afterTwoDays);
      const read = await acts.read(police, id);
      expect([read.status, statuses(read)]).toEqual(["REVOKED", ["LAPSED", "LAPSED"]]);
      expect(read.history.at(-1)).toMatchObject({ at: afterTwoDays, from: "ACCEPTED", to: "REVOKED", actor: "clock" });
      expect((await acts.door(id)).status).toBe("REVOKED");
      expect(codes((await acts.validate(paris, id, contentHash)).data.validateWarrant)).toEqual(["WARRANT_UNKNOWN"]);
      const found = async (status: string) =>
        (
          await justice.ask(police, `{ warrants(filter: { status: [${status}] }) { nodes { id } } }`)
        ).data.warrants.nodes.some((node: { id: string }) => node.id === id);
      expect([await found("REVOKED"), await found("ACCEPTED")]).toEqual([true, false]);

      justice.now = new Date("2026-11-25T10:00:00.001Z");
      while (((await settle()) ?? 0) > 0);
      const after = await acts.read(police, id);
      expect({ ...after, history: after.history.slice(0, 5) }).toEqual({ ...read, history: read.history });
      expect(await settle()).toBe(0);
      expect(await owed(id)).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ kind: "VALIDATE_AFTERWARDS", state: "MISSED" }),
          expect.objectContaining({ kind: "DELETE", owner: "ISSUING_AUTHORITY", state: "OPEN" }),
        ]),
      );
      expect((await acts.read(police, id)).history.at(-1).reason).toMatch(/^VALIDATE_AFTERWARDS MISSED/);
    });

    test("of an authority that left one unvalidated are looked at by the central authority first", async () => {
      await letIn();
      justice.now = new Date("2026-11-25T12:00:00.000Z");
      const input = await order();
      await approve(second, input.id, (await channelOf(second, input.id))[0]);
      expect((await acts.accept(facebook, input)).data.acceptWarrant.userErrors).toMatchObject([
        { code: "REVIEW_OPEN" },
      ]);
      const review = (await owed(input.id)).find(({ owner }: { owner: string }) => owner === "CENTRAL_AUTHORITY");
      expect(review.text).toMatch(/never validated/);
      const complete = async (who: Who) =>
        codes(
          (await justice.ask(who, `mutation { completeObligation(id: "${review.id}") { ${told} } }`)).data
            .completeObligation,
        );
      expect(await complete(facebook)).toEqual(["NOT_YOUR_ACT"]);
      expect(await complete(centralFr)).toEqual([]);
      expect((await acts.accept(facebook, input)).data.acceptWarrant.warrant.status).toBe("ACCEPTED");
    });

    test("that a judge declines, or the authority takes back, end at once", async () => {
      const declined = await letIn();
      expect((await acts.decline(paris, declined.id)).data.declineValidation.warrant.status).toBe("REVOKED");
      expect((await owed(declined.id)).map(({ kind: of }: { kind: string }) => of)).toContain("DELETE");
      const taken = await order();
      await acts.revoke(police, taken.id);
      justice.now = new Date("2026-11-26T10:00:00.000Z");
      expect((await owed(taken.id)).find(({ kind: of }: { kind: string }) => of === "VALIDATE_AFTERWARDS").state).toBe(
        "DONE",
      );
    });

    test("may not expire before the validation is due; a judge's needs none", async () => {
      const { warrant } = await draft(justice, police, {
        ...{ caseId: await openCase(justice, police), ...emergency },
        expiresAt: afterTwoDays,
      });
      expect(codes((await acts.issue(police, warrant.id, warrant.contentHash)).data.issueWarrant)).toEqual([
        "EXPIRES_TOO_EARLY",
      ]);
      justice.world.law = {};
      const { id } = await order(paris);
      justice.now = new Date("2026-12-01T10:00:00.000Z");
      expect((await acts.read(paris, id)).status).toBe("ISSUED");
      expect(await acts.read(prosecutor, id)).toBeNull();
    });

    if (kind === "server") {
      test("what is due is settled by one process at a time", async () => {
        const { id } = await letIn();
        justice.now = new Date("2026-11-26T10:00:00.000Z");
        const locked = Promise.withResolvers<void>();
        const free = Promise.withResolvers<void>();
        const other = justice.running.em().transactional(async (transaction) => {
          await transaction.execute("select pg_advisory_xact_lock(hashtext('justice settles what is due'))");
          locked.resolve();
          await free.promise;
        });
        await locked.promise;
        expect(await settle()).toBeNull();
        free.resolve();
        await other;
        expect(await settle()).toBeGreaterThan(0);
        expect((await owed(id)).find(({ kind: of }: { kind: string }) => of === "DELETE")).toMatchObject({
          state: "OPEN",
        });
      });
    }
  });
}
