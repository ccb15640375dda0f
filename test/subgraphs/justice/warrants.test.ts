import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { oneDatabase } from "../../kit/databases.js";
import { actsOn, codes, draft, issued, openCase, statuses } from "./acts.js";
import { freshWorld } from "./fake-graph.js";
import { engineer, facebook, type JusticeUnderTest, openJustice, paris, prosecutor } from "./justice-under-test.js";

const start = "2026-11-23T10:00:00.000Z";

describe.each(oneDatabase)("warrants, on the %s database", (kind) => {
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

  describe("the whole way", () => {
    test("drafted, issued, accepted: what the door then reads", async () => {
      const caseId = await openCase(justice, paris);
      const drafted = await draft(justice, paris, {
        caseId,
        targets: [{ kind: "HANDLE", value: "quiet.heron", believed: { residence: "FR" } }],
      });
      expect(drafted.warrant).toMatchObject({ status: "DRAFT", issuedAt: null, case: { id: caseId } });
      expect(statuses(drafted.warrant)).toEqual(["DRAFT", "DRAFT"]);
      const { id, contentHash } = drafted.warrant;

      justice.now = new Date("2026-11-23T11:00:00.000Z");
      const ordered = (await acts.issue(paris, id, contentHash)).data.issueWarrant;
      expect(ordered.userErrors).toEqual([]);
      expect(ordered.warrant).toMatchObject({ status: "ISSUED", issuedAt: "2026-11-23T11:00:00.000Z", contentHash });
      expect(statuses(ordered.warrant)).toEqual(["ORDERED", "ORDERED"]);

      justice.now = new Date("2026-11-23T12:00:00.000Z");
      const accepted = (await acts.accept(facebook, { id, contentHash })).data.acceptWarrant;
      expect(accepted.userErrors).toEqual([]);
      expect(accepted.warrant.status).toBe("ACCEPTED");
      expect(statuses(accepted.warrant)).toEqual(["ACCEPTED", "ACCEPTED"]);

      const { history } = await acts.read(paris, id);
      expect(history).toEqual([
        {
          at: "2026-11-23T10:00:00.000Z",
          from: null,
          to: "DRAFT",
          by: "ISSUING_AUTHORITY",
          actor: "judge-1",
          reason: null,
        },
        {
          at: "2026-11-23T11:00:00.000Z",
          from: "DRAFT",
          to: "ISSUED",
          by: "ISSUING_AUTHORITY",
          actor: "judge-1",
          reason: null,
        },
        {
          at: "2026-11-23T12:00:00.000Z",
          from: "ISSUED",
          to: "ACCEPTED",
          by: "PROVIDER",
          actor: "FACEBOOK",
          reason: null,
        },
      ]);
      expect((await acts.read(facebook, id)).history.at(-1)).toMatchObject({ by: "PROVIDER", actor: "provider-1" });
      const targetId = expect.any(String);
      const unheld = { heldUntil: null, cleared: false };
      expect(await acts.door(id)).toEqual({
        ...{ id, kind: "PRODUCTION", status: "ACCEPTED", contentHash, caseId },
        ...{
          authorityId: "fr-tj-paris",
          authorityKind: "JUDGE",
          validatingAuthorityKind: null,
          country: "FR",
          platform: "FACEBOOK",
        },
        ...{
          categories: ["SUBSCRIBER", "USER_IDENTIFICATION"],
          offenceCodes: ["FR-1881-24"],
          committedOnline: true,
          offenceCountry: "FR",
        },
        ...{ solePurposeIdentification: true, emergency: false },
        ...{ issuedAt: "2026-11-23T11:00:00.000Z", expiresAt: "2027-11-23T10:00:00.000Z" },
        ...{ periodFrom: "2026-09-01T00:00:00.000Z", periodTo: "2026-12-01T00:00:00.000Z" },
        targets: [
          {
            ...{ id: targetId, kind: "HANDLE", accountId: "u01", believedResidence: "FR" },
            ...{ believedNationality: null, believedLocatedIn: null, believedProtectedRole: null },
          },
        ],
        items: [
          { id: expect.any(String), targetId, category: "SUBSCRIBER", status: "ACCEPTED", ...unheld },
          { id: expect.any(String), targetId, category: "USER_IDENTIFICATION", status: "ACCEPTED", ...unheld },
        ],
      });
    });

    test("canonicalContent is the base64 of the bytes that contentHash covers, and stays to the end", async () => {
      const { id, contentHash } = await issued(justice, paris);
      const { canonicalContent } = await acts.read(paris, id);
      const bytes = Buffer.from(canonicalContent, "base64");
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(contentHash);
      expect(JSON.parse(bytes.toString("utf8"))).toMatchObject({
        v: 1,
        id,
        issuingAuthority: "fr-tj-paris",
        caseReference: "PAR-2026/17",
      });
      await acts.accept(facebook, { id, contentHash });
      await acts.revoke(paris, id);
      expect((await acts.read(paris, id)).canonicalContent).toBe(canonicalContent);
    });

    test("the doors of others: only the gateway reads them", async () => {
      const { id } = await issued(justice, paris);
      for (const who of [
        paris,
        facebook,
        engineer,
        { ...paris, role: "SERVICE" as const, service: "treaty", onBehalfOf: paris },
      ]) {
        const answer = await justice.ask(who, `{ doorWarrants(ids: ["${id}"]) { id } }`);
        expect(answer.data.doorWarrants).toBeNull();
        expect(answer.errors?.[0]?.extensions).toEqual({ code: "FORBIDDEN", refusal: "ROLE" });
      }
      expect(await acts.door("warrant-nobody-knows")).toBeNull();
    });
  });

  describe("the end", () => {
    test("revoked: everything open lapses, the door reads it at once, and nobody accepts it", async () => {
      const { id, contentHash, items } = await issued(justice, paris);
      await acts.accept(facebook, { id, contentHash, itemIds: [items[0]] });
      const { revokeWarrant } = (await acts.revoke(paris, id)).data;
      expect(revokeWarrant.warrant).toMatchObject({ status: "REVOKED" });
      expect(statuses(revokeWarrant.warrant)).toEqual(["LAPSED", "LAPSED"]);
      expect(revokeWarrant.warrant.history.at(-1)).toMatchObject({
        from: "ACCEPTED",
        to: "REVOKED",
        reason: "The suspect was found.",
      });
      expect(await acts.door(id)).toMatchObject({
        status: "REVOKED",
        items: [{ status: "LAPSED" }, { status: "LAPSED" }],
      });
      expect(codes((await acts.accept(facebook, { id, contentHash })).data.acceptWarrant)).toEqual([
        "NOT_IN_THIS_STATUS",
      ]);
      expect(codes((await acts.revoke(paris, id)).data.revokeWarrant)).toEqual(["NOT_IN_THIS_STATUS"]);
    });

    test("a discarded draft was never the provider's to know", async () => {
      const { warrant } = await draft(justice, paris, {});
      expect((await acts.revoke(paris, warrant.id)).data.revokeWarrant.warrant.status).toBe("REVOKED");
      expect(await acts.read(facebook, warrant.id)).toBeNull();
    });

    test("only the issuing authority, with a reason", async () => {
      const { id } = await issued(justice, paris);
      expect(codes((await acts.revoke(prosecutor, id)).data.revokeWarrant)).toEqual(["WARRANT_UNKNOWN"]);
      expect((await acts.revoke(facebook, id)).errors?.[0]?.extensions).toMatchObject({ refusal: "ROLE" });
      const silent = await justice.ask(
        paris,
        `mutation { revokeWarrant(id: "${id}", reason: "") { userErrors { code field } } }`,
      );
      expect(silent.data.revokeWarrant.userErrors).toEqual([{ code: "TEXT_EMPTY", field: ["reason"] }]);
    });

    test("expired: everybody reads so from that very moment, though nobody wrote it down", async () => {
      const { id, contentHash } = await issued(justice, paris, { expiresAt: "2026-12-01T00:00:00Z" });
      await acts.accept(facebook, { id, contentHash });
      justice.now = new Date("2026-11-30T23:59:59.999Z");
      expect((await acts.door(id)).status).toBe("ACCEPTED");
      justice.now = new Date("2026-12-01T00:00:00.000Z");
      expect(await acts.door(id)).toMatchObject({
        status: "EXPIRED",
        items: [{ status: "LAPSED" }, { status: "LAPSED" }],
      });
      const told = await acts.read(paris, id);
      expect(told.status).toBe("EXPIRED");
      expect(told.history.at(-1)).toEqual({
        ...{ at: "2026-12-01T00:00:00.000Z", from: "ACCEPTED", to: "EXPIRED", by: "ISSUING_AUTHORITY", actor: "clock" },
        reason: "The warrant reached the end that its content names.",
      });
      expect(codes((await acts.accept(facebook, { id, contentHash })).data.acceptWarrant)).toEqual([
        "NOT_IN_THIS_STATUS",
      ]);
      expect(codes((await acts.revoke(paris, id)).data.revokeWarrant)).toEqual(["NOT_IN_THIS_STATUS"]);
    });
  });

  describe("two people at once", () => {
    test("accept and revoke: one wins, the other is told, nothing is half done", async () => {
      const { id, contentHash } = await issued(justice, paris);
      let arrived: () => void = () => undefined;
      const there = new Promise<void>((resolve) => {
        arrived = resolve;
      });
      let release: () => void = () => undefined;
      const gate = new Promise<void>((resolve) => {
        release = resolve;
      });
      justice.world.pause = () => {
        arrived();
        return gate;
      };
      const accepting = acts.accept(facebook, { id, contentHash });
      await there;
      const revoked = await acts.revoke(paris, id);
      release();
      const accepted = await accepting;
      expect(revoked.data.revokeWarrant.warrant.status).toBe("REVOKED");
      expect(accepted.data.acceptWarrant).toBeNull();
      expect(accepted.errors?.[0]?.extensions).toEqual({ code: "CONFLICT", refusal: "CHANGED_MEANWHILE" });
      const after = await acts.read(paris, id);
      expect(after.history.map(({ to }: { to: string }) => to)).toEqual(["DRAFT", "ISSUED", "REVOKED"]);
      expect(statuses(after)).toEqual(["LAPSED", "LAPSED"]);
    });

    test("twenty issues of one draft, all read before any is written: exactly one, the others are told", async () => {
      const { warrant } = await draft(justice, paris, {});
      let arrived = 0;
      let release: () => void = () => undefined;
      const allThere = new Promise<void>((resolve) => {
        release = resolve;
      });
      justice.world.pause = () => {
        if (++arrived === 20) release();
        return allThere;
      };
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => acts.issue(paris, warrant.id, warrant.contentHash)),
      );
      const told = answers.map(
        ({ data, errors }) => data.issueWarrant?.warrant.status ?? errors?.[0]?.extensions.refusal,
      );
      expect(told.sort()).toEqual([...Array.from({ length: 19 }, () => "CHANGED_MEANWHILE"), "ISSUED"]);
      expect((await acts.read(paris, warrant.id)).history).toHaveLength(2);
    });

    test("one after the other in one request: the second sees what the first did", async () => {
      const { warrant } = await draft(justice, paris, {});
      const fields = "warrant { status history { to } items { nodes { status } } } userErrors { code }";
      const { data } = await justice.ask(
        paris,
        `mutation ($input: IssueWarrantInput!) { issueWarrant(input: $input) { ${fields} } revokeWarrant(id: "${warrant.id}", reason: "a mistake") { ${fields} } }`,
        { input: { id: warrant.id, contentHash: warrant.contentHash } },
      );
      const story = (...to: string[]) => to.map((status) => ({ to: status }));
      expect(data.issueWarrant.warrant).toMatchObject({ status: "ISSUED", history: story("DRAFT", "ISSUED") });
      expect(data.revokeWarrant.warrant).toMatchObject({
        status: "REVOKED",
        history: story("DRAFT", "ISSUED", "REVOKED"),
      });
      expect(statuses(data.revokeWarrant.warrant)).toEqual(["LAPSED", "LAPSED"]);
    });
  });

  test("a transaction is never open while the graph is asked", async () => {
    const { warrant } = await draft(justice, paris, {});
    justice.world.pause = async () => {
      expect((await justice.ask(paris, `{ warrant(id: "${warrant.id}") { status } }`)).data.warrant.status).toBe(
        "DRAFT",
      );
    };
    expect((await acts.issue(paris, warrant.id, warrant.contentHash)).data.issueWarrant.warrant.status).toBe("ISSUED");
  }, 5_000);
});
