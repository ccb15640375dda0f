import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { oneDatabase } from "../../kit/databases.js";
import { actsOn, codes, draft, issued, openCase, statuses } from "./acts.js";
import { freshWorld, needsValidation, permitted, type World } from "./fake-graph.js";
import {
  berlin,
  facebook,
  fjordnet,
  type JusticeUnderTest,
  openJustice,
  paris,
  prosecutor,
} from "./justice-under-test.js";

const start = "2026-11-23T10:00:00.000Z";

describe.each(oneDatabase)("issuing and answering, on the %s database", (kind) => {
  let justice: JusticeUnderTest;
  let acts: ReturnType<typeof actsOn>;
  beforeAll(async () => {
    justice = await openJustice(kind, start);
    acts = actsOn(justice);
  });
  afterAll(async () => {
    await justice.close();
  });
  beforeEach(() => {
    Object.assign(justice.world, freshWorld());
    justice.now = new Date(start);
  });

  describe("issuing", () => {
    test("another text than the one that stands is a conflict", async () => {
      const { warrant } = await draft(justice, paris, {});
      const answer = await acts.issue(paris, warrant.id, "0".repeat(64));
      expect(answer.data.issueWarrant).toBeNull();
      expect(answer.errors?.[0]?.extensions).toEqual({ code: "CONFLICT", refusal: "CONTENT_HASH" });
      expect((await acts.read(paris, warrant.id)).status).toBe("DRAFT");
    });

    test("an authority that is the obstacle is told by which rule; the draft stays a draft", async () => {
      const { warrant } = await draft(justice, paris, {});
      const told = {
        code: "AUTHORITY_NOT_COMPETENT",
        message: "A judge may.",
        field: ["categories", "0"],
        rule: { id: "R-EE-TRAFFIC" },
      };
      justice.world.preview = () => ({ competence: [told, { ...told, code: "VALIDATION_MISSING" }] });
      const { issueWarrant } = (await acts.issue(paris, warrant.id, warrant.contentHash)).data;
      expect(issueWarrant).toMatchObject({ warrant: null, userErrors: [told] });
      expect(await acts.read(paris, warrant.id)).toMatchObject({ status: "DRAFT", history: [{ to: "DRAFT" }] });
    });

    test("what the law denies to everybody may be ordered: the door will say why", async () => {
      const { warrant } = await draft(justice, paris, {});
      justice.world.preview = () => ({
        decisions: [
          permitted("SUBSCRIBER", {
            permitted: false,
            effect: "DENY",
            code: "NO_ROUTE",
            reason: "No route.",
            rule: null,
          }),
          permitted("USER_IDENTIFICATION"),
        ],
      });
      const { issueWarrant } = (await acts.issue(paris, warrant.id, warrant.contentHash)).data;
      expect(issueWarrant).toMatchObject({
        userErrors: [],
        warnings: [{ code: "NO_ROUTE" }],
        warrant: { status: "ISSUED" },
      });
    });

    test("where a validation is missing it waits: not issued, nothing ordered, unseen by the provider", async () => {
      const { warrant } = await draft(justice, prosecutor, { caseId: await openCase(justice, prosecutor) });
      justice.world.preview = needsValidation;
      const { issueWarrant } = (await acts.issue(prosecutor, warrant.id, warrant.contentHash)).data;
      expect(issueWarrant.warnings).toEqual([
        { code: "VALIDATION_MISSING", message: "A judge must validate.", rule: { id: "R-EE-TRAFFIC" } },
      ]);
      expect(issueWarrant.warrant).toMatchObject({ status: "AWAITING_VALIDATION", issuedAt: null });
      expect(statuses(issueWarrant.warrant)).toEqual(["DRAFT", "DRAFT"]);
      expect(await acts.read(facebook, warrant.id)).toBeNull();
      const again = (await acts.issue(prosecutor, warrant.id, warrant.contentHash)).data.issueWarrant;
      expect(again.userErrors).toMatchObject([
        {
          code: "NOT_IN_THIS_STATUS",
          message: "This warrant awaits validation; one can issue a warrant only from DRAFT.",
        },
      ]);
    });

    test("a handle that passed to somebody else stops it", async () => {
      const { warrant } = await draft(justice, paris, {});
      justice.world.handles["quiet.heron"] = "u02";
      const { issueWarrant } = (await acts.issue(paris, warrant.id, warrant.contentHash)).data;
      expect(issueWarrant.userErrors).toMatchObject([
        { code: "TARGET_CHANGED", message: expect.stringContaining("quiet.heron") },
      ]);
      expect((await acts.read(paris, warrant.id)).status).toBe("DRAFT");
    });

    test("no answer of the graph: nothing changes", async () => {
      const { warrant } = await draft(justice, paris, {});
      justice.world.unreachable = true;
      const { issueWarrant } = (await acts.issue(paris, warrant.id, warrant.contentHash)).data;
      expect(issueWarrant).toMatchObject({ warrant: null, userErrors: [{ code: "GRAPH_UNAVAILABLE" }] });
      expect((await acts.read(paris, warrant.id)).status).toBe("DRAFT");
    });

    test("an answer that leaves a category undecided is no answer", async () => {
      const { warrant } = await draft(justice, paris, {});
      justice.world.preview = () => ({ decisions: [permitted("SUBSCRIBER")] });
      const { issueWarrant } = (await acts.issue(paris, warrant.id, warrant.contentHash)).data;
      expect(issueWarrant).toMatchObject({ warrant: null, userErrors: [{ code: "GRAPH_UNAVAILABLE" }] });
      expect((await acts.read(paris, warrant.id)).status).toBe("DRAFT");
    });

    test("a warrant of another authority does not exist", async () => {
      const { warrant } = await draft(justice, paris, {});
      for (const who of [prosecutor, berlin]) {
        const { issueWarrant } = (await acts.issue(who, warrant.id, warrant.contentHash)).data;
        expect(issueWarrant.userErrors).toMatchObject([
          { code: "WARRANT_UNKNOWN", message: "There is no such warrant." },
        ]);
      }
    });

    test("an expired draft, and one in a closed case, cannot be issued", async () => {
      const { warrant } = await draft(justice, paris, { expiresAt: "2026-11-24T00:00:00Z" });
      justice.now = new Date("2026-11-24T00:00:00Z");
      expect((await acts.issue(paris, warrant.id, warrant.contentHash)).data.issueWarrant.userErrors).toMatchObject([
        { code: "NOT_IN_THIS_STATUS", message: "This warrant has expired; one can issue a warrant only from DRAFT." },
      ]);
      const caseId = await openCase(justice, paris);
      const inClosed = await draft(justice, paris, { caseId });
      const closing = await justice.ask(
        paris,
        `mutation { closeCase(id: "${caseId}") { case { closedAt } warnings { code message } userErrors { code } } }`,
      );
      expect(closing.data.closeCase).toEqual({
        case: { closedAt: "2026-11-24T00:00:00.000Z" },
        warnings: [
          {
            code: "WARRANTS_REMAIN",
            message: "1 of its warrants are not over yet: revoke those that are no longer needed.",
          },
        ],
        userErrors: [],
      });
      expect(
        codes((await acts.issue(paris, inClosed.warrant.id, inClosed.warrant.contentHash)).data.issueWarrant),
      ).toEqual(["CASE_CLOSED"]);
    });
  });

  describe("the deadline", () => {
    const clock = '{ warrant(id: "ID") { deadlineAt deadlineState items { nodes { deadlineAt heldUntil } } } }';
    const read = async (who: typeof paris, id: string) =>
      (await justice.ask(who, clock.replace("ID", id))).data.warrant;

    test("is the one told at issue, whatever the law says later; both sides see what is overdue", async () => {
      justice.world.law = {
        SUBSCRIBER: { deadlineHours: 8 },
        USER_IDENTIFICATION: {
          deadlineHours: 240,
          obligations: [{ kind: "HOLD", owner: "PROVIDER", dueHours: 96, text: "Hold." }],
        },
      };
      const { id, contentHash, items } = await issued(justice, paris);
      justice.world.law = {};
      expect(await read(facebook, id)).toEqual({
        deadlineAt: "2026-11-23T18:00:00.000Z",
        deadlineState: "RUNNING",
        items: {
          nodes: [
            { deadlineAt: "2026-11-23T18:00:00.000Z", heldUntil: null },
            { deadlineAt: "2026-12-03T10:00:00.000Z", heldUntil: "2026-11-27T10:00:00.000Z" },
          ],
        },
      });
      justice.now = new Date("2026-11-23T18:00:00.001Z");
      for (const who of [paris, facebook]) expect((await read(who, id)).deadlineState).toBe("OVERDUE");
      await acts.accept(facebook, { id, contentHash, itemIds: [items[0]] });
      expect(await read(paris, id)).toMatchObject({ deadlineAt: "2026-12-03T10:00:00.000Z", deadlineState: "RUNNING" });
      await acts.accept(facebook, { id, contentHash });
      expect(await read(paris, id)).toMatchObject({ deadlineAt: "2026-11-23T18:00:00.000Z", deadlineState: "OVERDUE" });
    });

    test("of a draft, and where the law sets none, does not exist", async () => {
      const { warrant } = await draft(justice, paris, {});
      const none = { deadlineAt: null, heldUntil: null };
      expect(await read(paris, warrant.id)).toEqual({
        deadlineAt: null,
        deadlineState: null,
        items: { nodes: [none, none] },
      });
      justice.world.law = { SUBSCRIBER: { deadlineHours: null }, USER_IDENTIFICATION: { deadlineHours: null } };
      await acts.issue(paris, warrant.id, warrant.contentHash);
      expect(await read(paris, warrant.id)).toMatchObject({ deadlineAt: null, deadlineState: null });
    });
  });

  describe("answering", () => {
    test("item by item, until nothing is open", async () => {
      const { id, contentHash, items } = await issued(justice, paris);
      const first = (await acts.accept(facebook, { id, contentHash, itemIds: [items[0]] })).data.acceptWarrant;
      expect(first.warrant.status).toBe("ACCEPTED");
      expect(statuses(first.warrant)).toEqual(["ACCEPTED", "ORDERED"]);
      justice.world.effects = { USER_IDENTIFICATION: "PERMIT_VOLUNTARY" };
      const second = (await acts.refuse(facebook, { id })).data.refuseWarrant;
      expect(second.userErrors).toEqual([]);
      expect(second.warrant.status).toBe("ACCEPTED");
      expect(second.warrant.items.nodes).toMatchObject([
        { status: "ACCEPTED", refusal: null },
        {
          status: "REFUSED",
          refusal: {
            ground: "OVERBROAD",
            by: "PROVIDER",
            reason: "Asks for everything.",
            at: "2026-11-23T10:00:00.000Z",
          },
        },
      ]);
      const third = (await acts.accept(facebook, { id, contentHash })).data.acceptWarrant;
      expect(third.userErrors).toMatchObject([{ code: "NOTHING_OPEN" }]);
    });

    test("refusing everything on a voluntary route refuses the warrant", async () => {
      const { id, contentHash } = await issued(justice, paris);
      justice.world.effects = { SUBSCRIBER: "PERMIT_VOLUNTARY", USER_IDENTIFICATION: "MLA_ONLY" };
      const { refuseWarrant } = (await acts.refuse(facebook, { id })).data;
      expect(refuseWarrant.warrant).toMatchObject({
        status: "REFUSED",
        history: [{}, { to: "REFUSED", reason: "Asks for everything." }],
      });
      expect((await acts.accept(facebook, { id, contentHash })).data.acceptWarrant.userErrors).toMatchObject([
        {
          code: "NOT_IN_THIS_STATUS",
          message: "This warrant was refused; one can accept a warrant only from ISSUED, ACCEPTED, CONTESTED.",
        },
      ]);
    });

    test("refusing one of two leaves it issued", async () => {
      const { id, items } = await issued(justice, paris);
      justice.world.effects = { SUBSCRIBER: "PERMIT_VOLUNTARY" };
      const { refuseWarrant } = (await acts.refuse(facebook, { id, itemIds: [items[0]] })).data;
      expect(refuseWarrant.warrant.status).toBe("ISSUED");
      expect(statuses(refuseWarrant.warrant)).toEqual(["REFUSED", "ORDERED"]);
    });

    test("an order that an instrument compels cannot be refused, with the rule", async () => {
      const { id } = await issued(justice, paris);
      justice.world.effects = { SUBSCRIBER: "PERMIT_VOLUNTARY" };
      const { refuseWarrant } = (await acts.refuse(facebook, { id })).data;
      expect(refuseWarrant).toMatchObject({
        warrant: null,
        userErrors: [
          {
            code: "ORDER_COMPULSORY",
            message: expect.stringMatching(/^USER_IDENTIFICATION .*only contested/),
            rule: { id: "R-EE-IDENT" },
          },
        ],
      });
      expect(statuses(await acts.read(paris, id))).toEqual(["ORDERED", "ORDERED"]);
    });

    test("a question stops the clock of its items, and is no end: answered, it goes on from where it stood", async () => {
      const { id, contentHash, items } = await issued(justice, paris);
      justice.now = new Date("2026-11-25T10:00:00.000Z");
      const asked = (await acts.contest(facebook, { id, itemIds: [items[0]] })).data.contestWarrant;
      expect(asked.userErrors).toEqual([]);
      expect(asked.warrant).toMatchObject({ status: "CONTESTED", deadlineState: "RUNNING" });
      expect(asked.warrant.items.nodes).toMatchObject([
        {
          status: "CONTESTED",
          refusal: { ground: "INCOMPLETE", by: "PROVIDER", reason: "Whose account?", at: "2026-11-25T10:00:00.000Z" },
        },
        { status: "ORDERED", refusal: null },
      ]);
      const both = (await acts.contest(facebook, { id })).data.contestWarrant.warrant;
      expect([statuses(both), both.deadlineState]).toEqual([["CONTESTED", "CONTESTED"], "SUSPENDED"]);
      justice.now = new Date("2026-12-20T10:00:00.000Z");
      expect((await acts.read(facebook, id)).deadlineState).toBe("SUSPENDED");
      justice.now = new Date("2026-12-25T10:00:00.000Z");
      const answered = (await acts.answer(paris, id)).data.answerContest.warrant;
      expect(answered).toMatchObject({
        status: "ISSUED",
        deadlineAt: "2027-01-02T10:00:00.000Z",
        deadlineState: "RUNNING",
      });
      expect(answered.items.nodes).toMatchObject([{ status: "ORDERED", refusal: null }, { refusal: null }]);
      await acts.accept(facebook, { id, contentHash });
      expect(await acts.read(paris, id)).toMatchObject({
        deadlineState: "MET",
        history: [
          { to: "DRAFT" },
          { to: "ISSUED" },
          { to: "CONTESTED", by: "PROVIDER", reason: "Whose account?" },
          { from: "CONTESTED", to: "CONTESTED" },
          { to: "ISSUED", by: "ISSUING_AUTHORITY", reason: "The one named." },
          { to: "ACCEPTED" },
        ],
      });
    });

    test("a question about one item leaves the accepted ones open; nobody answers what nobody asked", async () => {
      const { id, contentHash, items } = await issued(justice, paris);
      expect((await acts.answer(paris, id)).data.answerContest.userErrors).toMatchObject([
        { code: "NOT_AS_IT_STANDS" },
      ]);
      await acts.accept(facebook, { id, contentHash, itemIds: [items[0]] });
      const asked = (await acts.contest(facebook, { id })).data.contestWarrant.warrant;
      expect([asked.status, statuses(asked)]).toEqual(["ACCEPTED", ["ACCEPTED", "CONTESTED"]]);
      justice.world.effects = { USER_IDENTIFICATION: "PERMIT_VOLUNTARY" };
      const refused = (await acts.refuse(facebook, { id })).data.refuseWarrant.warrant;
      expect([refused.status, statuses(refused)]).toEqual(["ACCEPTED", ["ACCEPTED", "REFUSED"]]);
    });

    test("data that are not held: an answer, on a compulsory route too, before and after acceptance", async () => {
      const { id, contentHash, items } = await issued(justice, paris);
      await acts.accept(facebook, { id, contentHash, itemIds: [items[0]] });
      const none = { id, ground: "DATA_NOT_HELD", text: "Deleted after a year." };
      const one = (await acts.contest(facebook, { ...none, itemIds: [items[1]] })).data.contestWarrant.warrant;
      expect([one.status, statuses(one), one.deadlineState]).toEqual(["ACCEPTED", ["ACCEPTED", "NOT_HELD"], "MET"]);
      expect(one.items.nodes[1].refusal).toMatchObject({ ground: "DATA_NOT_HELD", reason: "Deleted after a year." });
      const all = (await acts.refuse(facebook, none)).data.refuseWarrant.warrant;
      expect([all.status, statuses(all)]).toEqual(["FULFILLED", ["NOT_HELD", "NOT_HELD"]]);
    });

    test("handed over, item by item, until the order is fulfilled; what is held is not", async () => {
      justice.world.law = {
        USER_IDENTIFICATION: { obligations: [{ kind: "HOLD", owner: "PROVIDER", dueHours: 240, text: "Hold." }] },
      };
      const { id, contentHash, items } = await issued(justice, paris);
      await acts.accept(facebook, { id, contentHash });
      expect(statuses(await acts.read(facebook, id))).toEqual(["ACCEPTED", "HELD"]);
      const held = (await acts.fulfil(facebook, { id, contentHash, itemIds: items })).data.fulfilItems;
      expect(held.userErrors).toMatchObject([
        { code: "ITEM_HELD", message: expect.stringContaining("until 2026-12-03T10:00:00.000Z") },
      ]);
      const some = (await acts.fulfil(facebook, { id, contentHash })).data.fulfilItems.warrant;
      expect([some.status, statuses(some)]).toEqual(["ACCEPTED", ["DISCLOSED", "HELD"]]);
      expect(some.items.nodes[0].disclosedAt).toBe("2026-11-23T10:00:00.000Z");
      justice.now = new Date("2026-12-03T10:00:00.000Z");
      const all = (await acts.fulfil(facebook, { id, contentHash })).data.fulfilItems.warrant;
      expect([all.status, statuses(all)]).toEqual(["FULFILLED", ["DISCLOSED", "DISCLOSED"]]);
      expect((await acts.fulfil(facebook, { id, contentHash })).data.fulfilItems.userErrors).toMatchObject([
        { code: "NOT_IN_THIS_STATUS" },
      ]);
    });

    test("bad answers are told apart, and change nothing", async () => {
      const { id, contentHash, items } = await issued(justice, paris);
      expect(codes((await acts.accept(facebook, { id, contentHash, itemIds: [] })).data.acceptWarrant)).toEqual([
        "ITEMS_EMPTY",
      ]);
      expect(
        (await acts.accept(facebook, { id, contentHash, itemIds: [items[0], "item-none"] })).data.acceptWarrant
          .userErrors,
      ).toMatchObject([{ code: "ITEM_UNKNOWN", field: ["itemIds", "1"] }]);
      expect(codes((await acts.refuse(facebook, { id, ground: "NE_BIS_IN_IDEM" })).data.refuseWarrant)).toEqual([
        "GROUND_NOT_OPEN",
      ]);
      expect(codes((await acts.contest(facebook, { id, ground: "NE_BIS_IN_IDEM" })).data.contestWarrant)).toEqual([
        "GROUND_NOT_OPEN",
      ]);
      expect(codes((await acts.contest(facebook, { id, text: "" })).data.contestWarrant)).toEqual(["TEXT_EMPTY"]);
      expect((await acts.fulfil(facebook, { id, contentHash })).data.fulfilItems.userErrors).toMatchObject([
        { code: "NOTHING_OPEN", message: "No item of this warrant is ACCEPTED: there is nothing to do." },
      ]);
      expect(codes((await acts.refuse(facebook, { id, text: " " })).data.refuseWarrant)).toEqual(["TEXT_EMPTY"]);
      const stale = await acts.accept(facebook, { id, contentHash: "x" });
      expect(stale.errors?.[0]?.extensions).toEqual({ code: "CONFLICT", refusal: "CONTENT_HASH" });
      justice.world.handles["quiet.heron"] = "u02";
      expect(codes((await acts.accept(facebook, { id, contentHash })).data.acceptWarrant)).toEqual(["TARGET_CHANGED"]);
      expect(await acts.read(paris, id)).toMatchObject({
        status: "ISSUED",
        items: { nodes: [{ status: "ORDERED" }, { status: "ORDERED" }] },
      });
    });

    test.each<[string, { kind: string; value: string }, (world: World) => void]>([
      [
        "a handle that passes to somebody else",
        { kind: "HANDLE", value: "quiet.heron" },
        (world) => Object.assign(world.handles, { "quiet.heron": "u02" }),
      ],
      [
        "a post that changes hands",
        { kind: "POST_URL", value: "https://facebook.example/quiet.heron/posts/1" },
        (world) => Object.assign(world.posts, { "https://facebook.example/quiet.heron/posts/1": "u02" }),
      ],
    ])(
      "%s moves no warrant: it is not accepted any more, and once accepted it opens whom it was accepted for",
      async (_, target, pass) => {
        const [open, done] = [
          await issued(justice, paris, { targets: [target] }),
          await issued(justice, paris, { targets: [target] }),
        ];
        await acts.accept(facebook, { id: done.id, contentHash: done.contentHash });
        pass(justice.world);
        const late = await acts.accept(facebook, { id: open.id, contentHash: open.contentHash });
        expect(codes(late.data.acceptWarrant)).toEqual(["TARGET_CHANGED"]);
        for (const { id } of [open, done]) {
          expect((await acts.door(id)).targets).toMatchObject([{ accountId: "u01" }]);
          expect((await acts.read(paris, id)).targets).toMatchObject([{ accountId: "u01", pinned: "RESOLVED" }]);
        }
      },
    );

    test("a draft, and another platform's order, do not exist for a provider; a court accepts nothing", async () => {
      const { warrant } = await draft(justice, paris, {});
      const { id, contentHash } = await issued(justice, paris);
      expect(
        codes((await acts.accept(facebook, { id: warrant.id, contentHash: warrant.contentHash })).data.acceptWarrant),
      ).toEqual(["WARRANT_UNKNOWN"]);
      expect(codes((await acts.accept(fjordnet, { id, contentHash })).data.acceptWarrant)).toEqual(["WARRANT_UNKNOWN"]);
      expect((await acts.accept(paris, { id, contentHash })).errors?.[0]?.extensions).toMatchObject({
        refusal: "ROLE",
      });
    });
  });
});
