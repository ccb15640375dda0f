import type { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { oneDatabase } from "../../kit/databases.js";
import { actsOn, codes, draft, openCase, statuses } from "./acts.js";
import { freshWorld, needsValidation } from "./fake-graph.js";
import {
  berlin,
  facebook,
  gateway,
  type JusticeUnderTest,
  openJustice,
  paris,
  prosecutor,
  type Who,
} from "./justice-under-test.js";

const start = "2026-11-23T10:00:00.000Z";
const police: Who = { ...paris, sub: "officer-1", authority: "fr-ofac" };
const investigating: Who = { ...paris, sub: "judge-7", authority: "fr-ji-paris" };

export function testValidation(database: () => PGlite): void {
  describe.each(oneDatabase)("validation, on the %s database", (kind) => {
    let justice: JusticeUnderTest;
    let acts: ReturnType<typeof actsOn>;
    let order: { id: string; contentHash: string; caseId: string };
    beforeAll(async () => {
      justice = await openJustice(kind, start, kind === "embedded" ? database() : undefined);
      acts = actsOn(justice);
    });
    afterAll(async () => {
      await justice.close();
    });
    beforeEach(async () => {
      Object.assign(justice.world, freshWorld(), { preview: needsValidation });
      justice.now = new Date(start);
      const caseId = await openCase(justice, prosecutor);
      const { warrant } = await draft(justice, prosecutor, { caseId });
      await acts.issue(prosecutor, warrant.id, warrant.contentHash);
      order = { id: warrant.id, contentHash: warrant.contentHash, caseId };
    });

    test("a judge of the country finds it, reads the case, and validates: from then on it is issued", async () => {
      justice.now = new Date("2026-11-24T10:00:00.000Z");
      const queue = await justice.ask(
        paris,
        "{ warrants(filter: { status: [AWAITING_VALIDATION] }) { nodes { id case { id reference } } } }",
      );
      expect(queue.data.warrants.nodes).toContainEqual({
        id: order.id,
        case: { id: order.caseId, reference: "PAR-2026/17" },
      });
      const { validateWarrant } = (await acts.validate(paris, order.id, order.contentHash)).data;
      expect(validateWarrant.userErrors).toEqual([]);
      expect(validateWarrant.warrant).toMatchObject({
        status: "ISSUED",
        issuedAt: "2026-11-24T10:00:00.000Z",
        deadlineAt: "2026-12-04T10:00:00.000Z",
        validatingAuthority: { id: "fr-tj-paris" },
        history: [
          { to: "DRAFT" },
          { to: "AWAITING_VALIDATION", by: "ISSUING_AUTHORITY", actor: "prosecutor-1" },
          { to: "ISSUED", by: "VALIDATING_AUTHORITY", actor: "judge-1" },
        ],
      });
      expect(statuses(validateWarrant.warrant)).toEqual(["ORDERED", "ORDERED"]);
      const { id, contentHash } = order;
      expect((await acts.accept(facebook, { id, contentHash })).data.acceptWarrant).toMatchObject({
        warrant: { status: "ACCEPTED" },
      });
    });

    test("what the law says is decided, for her and at the door, with her kind as the validating one", async () => {
      const question = (who: Who, id: string) =>
        justice.ask(
          who,
          "query ($r: [_Any!]!) { _entities(representations: $r) { ... on WarrantItem { question { authority validatedBy } } } }",
          { r: [{ __typename: "WarrantItem", id }] },
        );
      const [item] = (await acts.read(prosecutor, order.id)).items.nodes;
      const asked = async (who: Who) => (await question(who, item.id)).data._entities[0]?.question ?? null;
      expect(await asked(prosecutor)).toEqual({ authority: "PUBLIC_PROSECUTOR", validatedBy: null });
      expect(await asked(paris)).toEqual({ authority: "PUBLIC_PROSECUTOR", validatedBy: "JUDGE" });
      expect(await asked(investigating)).toMatchObject({ validatedBy: "INVESTIGATING_JUDGE" });
      expect(await asked(police)).toBeNull();
      await acts.validate(paris, order.id, order.contentHash);
      expect(await asked(prosecutor)).toMatchObject({ validatedBy: "JUDGE" });
      expect((await acts.door(order.id)).validatingAuthorityKind).toBe("JUDGE");
    });

    test("nobody validates her own order, nor does an authority of another kind or country", async () => {
      const own = (await acts.validate(prosecutor, order.id, order.contentHash)).data.validateWarrant;
      expect(own.userErrors).toMatchObject([
        { code: "NOT_YOUR_ACT", message: "Only the validating authority may validate a warrant." },
      ]);
      for (const who of [police, berlin]) {
        expect(codes((await acts.validate(who, order.id, order.contentHash)).data.validateWarrant)).toEqual([
          "WARRANT_UNKNOWN",
        ]);
      }
      await acts.share(prosecutor, order.caseId, "fr-ofac");
      expect((await acts.validate(police, order.id, order.contentHash)).data.validateWarrant.userErrors).toMatchObject([
        {
          code: "VALIDATOR_NOT_COMPETENT",
          message: "This warrant is validated by JUDGE or COURT or INVESTIGATING_JUDGE, and not by POLICE.",
        },
      ]);
      expect((await acts.read(prosecutor, order.id)).status).toBe("AWAITING_VALIDATION");
    });

    test("another text, a closed case, a handle that passed on, a silent graph: nothing changes", async () => {
      const stale = await acts.validate(paris, order.id, "0".repeat(64));
      expect(stale.errors?.[0]?.extensions).toEqual({ code: "CONFLICT", refusal: "CONTENT_HASH" });
      const refusal = async () => codes((await acts.validate(paris, order.id, order.contentHash)).data.validateWarrant);
      justice.world.handles["quiet.heron"] = "u02";
      expect(await refusal()).toEqual(["TARGET_CHANGED"]);
      justice.world.unreachable = true;
      expect(await refusal()).toEqual(["GRAPH_UNAVAILABLE"]);
      Object.assign(justice.world, freshWorld());
      await justice.ask(prosecutor, `mutation { closeCase(id: "${order.caseId}") { userErrors { code } } }`);
      expect(await refusal()).toEqual(["CASE_CLOSED"]);
      expect((await acts.read(prosecutor, order.id)).history).toHaveLength(2);
    });

    test("a judge who declines ends it, with her reason", async () => {
      const { declineValidation } = (await acts.decline(paris, order.id)).data;
      expect(declineValidation).toMatchObject({ userErrors: [], warrant: { status: "REVOKED", issuedAt: null } });
      expect(statuses(declineValidation.warrant)).toEqual(["LAPSED", "LAPSED"]);
      expect((await acts.read(prosecutor, order.id)).history.at(-1)).toMatchObject({
        by: "VALIDATING_AUTHORITY",
        reason: "Not proportionate.",
      });
      expect(codes((await acts.validate(paris, order.id, order.contentHash)).data.validateWarrant)).toEqual([
        "NOT_IN_THIS_STATUS",
      ]);
      expect(await acts.read(facebook, order.id)).toBeNull();
    });

    test("once it is validated, other judges of the kind no longer see it", async () => {
      expect(await acts.read(investigating, order.id)).not.toBeNull();
      await acts.validate(paris, order.id, order.contentHash);
      expect(await acts.read(investigating, order.id)).toBeNull();
      expect(await acts.read(paris, order.id)).toMatchObject({ status: "ISSUED" });
      const { data } = await justice.ask(paris, `{ case(id: "${order.caseId}") { warrants { nodes { id } } } }`);
      expect(data.case.warrants.nodes).toEqual([{ id: order.id }]);
    });

    test("where no one kind could validate everything, the authority is told so", async () => {
      justice.world.preview = () => ({ ...needsValidation(), validations: [{ by: ["JUDGE"] }, { by: ["COURT"] }] });
      const { warrant } = await draft(justice, prosecutor, { caseId: order.caseId });
      expect(codes((await acts.issue(prosecutor, warrant.id, warrant.contentHash)).data.issueWarrant)).toEqual([
        "VALIDATION_BY_SEVERAL",
      ]);
      expect((await acts.read(prosecutor, warrant.id)).status).toBe("DRAFT");
    });

    describe("a case that is shared", () => {
      beforeEach(() => {
        justice.world.preview = () => ({});
      });

      test("is read with its warrants, and acted on by its own authority alone", async () => {
        const caseId = await openCase(justice, paris);
        const { warrant } = await draft(justice, paris, { caseId });
        const seen = `{ case(id: "${caseId}") { id } warrant(id: "${warrant.id}") { id case { id } } }`;
        expect((await justice.ask(investigating, seen)).data).toEqual({ case: null, warrant: null });
        for (const time of [1, 2]) {
          const shared = (await acts.share(paris, caseId, "fr-ji-paris")).data.shareCase;
          expect([time, shared]).toEqual([time, { case: { id: caseId }, warnings: [], userErrors: [] }]);
        }
        expect((await justice.ask(investigating, seen)).data).toEqual({
          case: { id: caseId },
          warrant: { id: warrant.id, case: { id: caseId } },
        });
        expect(codes((await acts.issue(investigating, warrant.id, warrant.contentHash)).data.issueWarrant)).toEqual([
          "NOT_YOUR_ACT",
        ]);
        expect((await acts.revoke(investigating, warrant.id)).data.revokeWarrant.userErrors).toMatchObject([
          { code: "NOT_YOUR_ACT", message: "Only the issuing authority may revoke a warrant." },
        ]);
        const closing = await justice.ask(
          investigating,
          `mutation { closeCase(id: "${caseId}") { userErrors { code } } }`,
        );
        expect(codes(closing.data.closeCase)).toEqual(["CASE_NOT_YOURS"]);
        expect(codes(await draft(justice, investigating, { caseId }))).toEqual(["CASE_NOT_YOURS"]);
        expect(codes((await acts.share(investigating, caseId, "fr-ofac")).data.shareCase)).toEqual(["CASE_NOT_YOURS"]);
      });

      test("with nobody unknown, abroad, or whose it is already", async () => {
        const caseId = await openCase(justice, paris);
        const refusal = async (who: Who, authority: string, id = caseId) =>
          codes((await acts.share(who, id, authority)).data.shareCase);
        expect(await refusal(paris, "fr-none")).toEqual(["AUTHORITY_UNKNOWN"]);
        expect(await refusal(paris, "de-ag-berlin")).toEqual(["AUTHORITY_ABROAD"]);
        expect(await refusal(paris, "fr-tj-paris")).toEqual(["AUTHORITY_OWN"]);
        expect(await refusal(berlin, "fr-ofac")).toEqual(["CASE_UNKNOWN"]);
        expect(await refusal(paris, "fr-ofac", "case-none")).toEqual(["CASE_UNKNOWN"]);
        for (const who of [facebook, gateway])
          expect((await acts.share(who, caseId, "fr-ofac")).errors?.[0]?.extensions).toMatchObject({ refusal: "ROLE" });
      });
    });
  });
}
