import type { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { covers } from "../../../subgraphs/justice/acceptance-policy.js";
import type { AcceptancePolicy } from "../../../subgraphs/justice/entities/acceptance-policy.js";
import type { Warrant } from "../../../subgraphs/justice/entities/warrant.js";
import { oneDatabase } from "../../kit/databases.js";
import { accepted, actsOn, codes, draft, issued, openCase, openSigner, statuses } from "./acts.js";
import { freshWorld } from "./fake-graph.js";
import {
  berlin,
  centralFr,
  engineer,
  facebook,
  fjordnet,
  gateway,
  type JusticeUnderTest,
  openJustice,
  paris,
  type Who,
} from "./justice-under-test.js";

const start = "2026-11-23T10:00:00.000Z";
/** When every item that was issued at the start has had its moment, and when none has. */
const [early, late] = ["2026-11-23T10:59:59.999Z", "2026-11-23T12:00:00.000Z"].map((time) => new Date(time)) as [
  Date,
  Date,
];
const allowing = (...countries: string[]) => [{ category: "SUBSCRIBER", countries }];
const lyon: Who = { ...paris, sub: "judge-7", authority: "fr-ji-paris" };

/** What a provider accepts by itself: the gateway says what the known facts ask for, as it does here. */
export function testAcceptance(database: () => PGlite): void {
  describe.each(oneDatabase)("acceptance by policy, on the %s database", (kind) => {
    let justice: JusticeUnderTest;
    let acts: ReturnType<typeof actsOn>;
    let version = 0;
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

    const policyFields = "version allows { category countries } earliestMinutes latestMinutes setAt setBy";
    const set = (change: object, who: Who = facebook) =>
      justice.ask(
        who,
        `mutation ($input: AcceptancePolicyInput!) { setAcceptancePolicy(input: $input) { policy { ${policyFields} } userErrors { code field } } }`,
        {
          input: {
            replaces: version,
            allows: allowing("FR", "DE"),
            earliestMinutes: 60,
            latestMinutes: 120,
            ...change,
          },
        },
      );
    const sets = async (change: object) => {
      const { policy } = (await set(change)).data.setAcceptancePolicy;
      version = policy.version;
      return policy;
    };
    const due = async (): Promise<{ warrantId: string; itemIds: string[] }[]> =>
      (await justice.ask(gateway, "{ dueAcceptances { warrantId itemIds } }")).data.dueAcceptances;
    const dueOf = async (id: string): Promise<string[]> =>
      (await due()).flatMap(({ warrantId, itemIds }) => (warrantId === id ? itemIds : []));
    /** Looks at what is due of a warrant, as the gateway does; `asks`: what the known facts ask for. */
    const look = async (id: string, asks: Record<string, string> = {}): Promise<number> => {
      const items = (await dueOf(id)).map((item) => ({ id: item, forPerson: asks[item] ?? null }));
      return (await carryOut(id, items)).data.acceptByPolicy;
    };
    const carryOut = (warrantId: string, items: object[], who: Who = gateway) =>
      justice.ask(
        who,
        "mutation ($warrantId: ID!, $items: [JudgedItemInput!]!) { acceptByPolicy(warrantId: $warrantId, items: $items) }",
        { warrantId, items },
      );
    const reasons = async (id: string, who: Who = facebook): Promise<(string[] | null)[]> => {
      const { data, errors } = await justice.ask(
        who,
        `{ warrant(id: "${id}") { items { nodes { forPerson { reason text } } } } }`,
      );
      expect(errors).toBeUndefined();
      return data.warrant.items.nodes.map(
        ({ forPerson }: { forPerson: { reason: string; text: string }[] | null }) =>
          forPerson?.map(({ reason, text }) => (text.length > 20 ? reason : text)) ?? null,
      );
    };
    const believing = (believed: object | null, more: object = {}) => ({
      categories: ["SUBSCRIBER"],
      targets: [{ kind: "HANDLE", value: "quiet.heron", believed }],
      ...more,
    });
    const inFrance = believing({ residence: "FR" });

    test("nothing is accepted by itself unless the provider says so, and the reason is told to the provider alone", async () => {
      const { id } = await issued(justice, paris, inFrance);
      justice.now = late;
      expect(await due()).toEqual([]);
      expect(await reasons(id)).toEqual([["NOT_COVERED", "FIRST_ORDER"]]);
      for (const who of [paris, centralFr]) expect(await reasons(id, who)).toEqual([null]);
      expect((await justice.ask(facebook, `{ acceptancePolicies { version } }`)).data).toEqual({
        acceptancePolicies: [],
      });
    });

    describe("the policy", () => {
      test("is set and read by the provider for its own platform; every version is kept, with who set it and when", async () => {
        expect(await sets({ allows: allowing("DE") })).toEqual({
          ...{ version: 1, allows: allowing("DE"), earliestMinutes: 60, latestMinutes: 120 },
          ...{ setAt: start, setBy: "provider-1" },
        });
        justice.now = new Date("2026-11-23T10:30:00.000Z");
        await sets({});
        const read = async (who: Who) =>
          justice.ask(who, `{ acceptancePolicies { version allows { countries } setAt } }`);
        expect((await read(facebook)).data.acceptancePolicies).toEqual([
          { version: 2, allows: [{ countries: ["FR", "DE"] }], setAt: "2026-11-23T10:30:00.000Z" },
          { version: 1, allows: [{ countries: ["DE"] }], setAt: start },
        ]);
        expect((await read(fjordnet)).data.acceptancePolicies).toEqual([]);
        for (const who of [paris, centralFr, engineer]) {
          expect(await read(who)).toMatchObject({
            data: { acceptancePolicies: null },
            errors: [{ extensions: { code: "FORBIDDEN" } }],
          });
          expect(await set({}, who)).toMatchObject({ errors: [{ extensions: { code: "FORBIDDEN" } }] });
        }
      });

      test("of another version than the one she read is a conflict, and changes nothing", async () => {
        expect(await set({ replaces: 1 })).toMatchObject({
          data: { setAcceptancePolicy: null },
          errors: [{ extensions: { code: "CONFLICT" } }],
        });
        expect(
          (await justice.ask(facebook, "{ acceptancePolicies { version } }")).data.acceptancePolicies,
        ).toHaveLength(2);
      });

      test.each<[string, object, string[]]>([
        ["spread over less than an hour: the moment would tell", { latestMinutes: 119 }, ["POLICY_MINUTES"]],
        ["before the issue", { earliestMinutes: -1 }, ["POLICY_MINUTES"]],
        ["after ten days", { latestMinutes: 14_401 }, ["POLICY_MINUTES"]],
        ["a category twice", { allows: [...allowing("FR"), ...allowing("DE")] }, ["CATEGORY_TWICE"]],
        ["a state twice", { allows: allowing("FR", "FR") }, ["COUNTRIES"]],
        ["no state", { allows: allowing() }, ["COUNTRIES"]],
      ])("%s is refused", async (_, change, expected) => {
        const { setAcceptancePolicy: payload } = (await set(change)).data;
        expect([payload.policy, codes(payload)]).toEqual([null, expected]);
      });
    });

    test("it covers orders that data be produced: one that only freezes them is for a person", () => {
      const policy = { allows: allowing("FR") } as AcceptancePolicy;
      const covered = (order: object) => covers(policy, "SUBSCRIBER", { country: "FR", ...order } as Warrant);
      expect([covered({ kind: "PRODUCTION" }), covered({ kind: "PRESERVATION" })]).toEqual([true, false]);
      expect(covered({ kind: "PRODUCTION", country: "DE" })).toBe(false);
    });

    test("the first order of an authority is for a person, and waits for her without a trace for the court", async () => {
      const { id } = await issued(justice, paris, inFrance);
      const before = JSON.stringify(await acts.read(paris, id));
      justice.now = late;
      expect(await reasons(id)).toEqual([["FIRST_ORDER"]]);
      expect(await look(id)).toBe(0);
      expect(await reasons(id)).toEqual([["FIRST_ORDER"]]);
      expect(await dueOf(id)).toEqual([]);
      expect(JSON.stringify(await acts.read(paris, id))).toBe(before);
    });

    describe("once a person has accepted an order of the authority", () => {
      beforeAll(async () => {
        Object.assign(justice.world, freshWorld());
        justice.now = new Date(start);
        await accepted(justice, paris, believing({ residence: "FR" }));
      });

      test("an item is accepted at a moment between the two that the policy sets: by its lot, and by nothing else", async () => {
        const { id, items } = await issued(justice, paris, inFrance);
        await justice.running.em().execute("update justice.warrant_items set pace = 0.5 where id = ?", [items[0]]);
        justice.now = early;
        expect(await dueOf(id)).toEqual([]);
        justice.now = new Date("2026-11-23T11:29:59.999Z");
        expect(await dueOf(id)).toEqual([]);
        justice.now = new Date("2026-11-23T11:30:00.000Z");
        expect(await dueOf(id)).toEqual(items);
        expect(await reasons(id)).toEqual([[]]);
        expect(await look(id)).toBe(1);
        expect((await acts.door(id)).items).toMatchObject([{ status: "ACCEPTED" }]);
        expect(await acts.read(facebook, id)).toMatchObject({
          status: "ACCEPTED",
          deadlineState: "MET",
          history: [
            { to: "ISSUED" },
            {
              ...{
                at: "2026-11-23T11:30:00.000Z",
                from: "ISSUED",
                to: "ACCEPTED",
                by: "PROVIDER",
                actor: "provider-1",
              },
              reason: `Accepted by version ${version} of the acceptance policy, which this person set.`,
            },
          ],
        });
      });

      test("what the court reads is what it reads where a person accepted", async () => {
        const [by, self] = [await issued(justice, paris, inFrance), await issued(justice, paris, inFrance)];
        justice.now = late;
        await acts.accept({ ...facebook, sub: "somebody-else" }, { id: by.id, contentHash: by.contentHash });
        expect(await look(self.id)).toBe(1);
        const seen = async (id: string) => {
          const { status, history, items } = await acts.read(paris, id);
          return { status, history, items: items.nodes.map(({ id: _id, ...item }: { id: string }) => item) };
        };
        expect(await seen(self.id)).toEqual(await seen(by.id));
      });

      test("every item by itself; whom the known facts ask for is left to a person, for good, and the court cannot tell", async () => {
        const two = believing(null, {
          targets: ["quiet.heron", "brave.badger"].map((value) => ({
            kind: "HANDLE",
            value,
            believed: { residence: "FR" },
          })),
        });
        const { id, items, contentHash } = await issued(justice, paris, two);
        justice.now = late;
        expect(await look(id, { [items[1] as string]: "PERSON" })).toBe(1);
        expect(await reasons(id)).toEqual([null, ["PERSON"]]);
        expect(await reasons(id, paris)).toEqual([null, null]);
        expect(statuses(await acts.read(paris, id))).toEqual(["ACCEPTED", "ORDERED"]);
        expect(await dueOf(id)).toEqual([]);
        const answer = await acts.accept(facebook, { id, contentHash });
        // The log says that it was accepted, twice, and not that the first time nobody had to look.
        const log = await justice.running
          .em()
          .execute<{ what: string }[]>(
            "select facts ->> 'what' as what from justice.warrant_events where warrant_id = ? order by version",
            [id],
          );
        expect(log.map(({ what }) => what)).toEqual(["DRAFT", "ISSUE", "ACCEPT", "ACCEPT"]);
        expect(statuses(answer.data.acceptWarrant.warrant)).toEqual(["ACCEPTED", "ACCEPTED"]);
      });

      test("nobody's category, and nobody's state, that the policy does not name", async () => {
        const { id } = await issued(justice, paris, { ...inFrance, categories: ["SUBSCRIBER", "USER_IDENTIFICATION"] });
        justice.now = late;
        expect(await reasons(id)).toEqual([[], ["NOT_COVERED"]]);
        expect(await look(id)).toBe(1);
        expect(statuses(await acts.read(paris, id))).toEqual(["ACCEPTED", "ORDERED"]);
      });

      test.each<[string, object, string[]]>([
        [
          "a protected role that is declared",
          believing({ residence: "FR", protectedRole: "LAWYER" }),
          ["PROTECTED_ROLE", "DECLARED_OTHERWISE"],
        ],
        ["a residence that is not declared", believing(null), ["NOT_DECLARED", "DECLARED_OTHERWISE"]],
        [
          "another belief than in an earlier order of this state",
          believing({ residence: "DE" }),
          ["DECLARED_OTHERWISE"],
        ],
        [
          "a target that names no account",
          believing({ residence: "FR" }, { targets: [{ kind: "EMAIL", value: "a@mail.example" }] }),
          ["NOT_RESOLVED"],
        ],
        ["an emergency", { ...inFrance, emergency: true, emergencyGround: "A life." }, ["EMERGENCY"]],
      ])("%s is for a person", async (_, change, expected) => {
        const { id } = await issued(justice, paris, change);
        justice.now = late;
        expect(await reasons(id)).toEqual([expected]);
        expect(await look(id)).toBe(0);
        expect(statuses(await acts.read(paris, id))).toEqual(["ORDERED"]);
        // Of another state now, so that it does not stand beside the orders of other tests.
        await justice.running.em().execute("update justice.warrants set country = 'XX' where id = ?", [id]);
      });

      test("what is held, and what was contested, is for a person", async () => {
        justice.world.law = {
          SUBSCRIBER: { obligations: [{ kind: "HOLD", owner: "PROVIDER", dueHours: 96, text: "Wait." }] },
        };
        const held = await issued(justice, paris, inFrance);
        justice.world.law = {};
        const asked = await issued(justice, paris, inFrance);
        await acts.contest(facebook, { id: asked.id });
        await acts.answer(paris, asked.id);
        justice.now = late;
        expect([await reasons(held.id), await reasons(asked.id)]).toEqual([[["HELD"]], [["CONTESTED_BEFORE"]]]);
        expect([await look(held.id), await look(asked.id)]).toEqual([0, 0]);
      });

      test("the first order of another authority, though of the same state, is for a person", async () => {
        const { id } = await issued(justice, berlin, inFrance);
        justice.now = late;
        expect(await reasons(id)).toEqual([["FIRST_ORDER"]]);
        expect(await look(id)).toBe(0);
      });

      test("an acceptance by policy makes no authority known: a person stands behind one order of it, or nobody does", async () => {
        const byPerson = await accepted(justice, lyon, inFrance);
        const byPolicy = await issued(justice, lyon, inFrance);
        justice.now = late;
        expect(await look(byPolicy.id)).toBe(1);
        expect(await reasons((await issued(justice, lyon, inFrance)).id)).toEqual([[]]);
        await acts.revoke(lyon, byPerson.id);
        expect(await reasons((await issued(justice, lyon, inFrance)).id)).toEqual([["FIRST_ORDER"]]);
      });

      test("the first order under a new key is for a person, and once she has accepted it the next is not", async () => {
        await accepted(justice, lyon, inFrance);
        const signer = await openSigner("ES256", "lyon-1");
        justice.now = new Date("2026-11-23T10:00:01.000Z");
        await justice.ask(lyon, "mutation ($jwk: String!) { registerAuthorityKey(jwk: $jwk) { id } }", {
          jwk: JSON.stringify(signer.jwk),
        });
        const signed = async (): Promise<{ id: string; contentHash: string }> => {
          const { warrant } = await draft(justice, lyon, { ...inFrance, caseId: await openCase(justice, lyon) });
          const { id, contentHash } = warrant;
          const text = Buffer.from(warrant.canonicalContent, "base64");
          const signature = await signer.sign(text, { iat: Math.floor(justice.now.getTime() / 1000) });
          const { data } = await justice.ask(
            lyon,
            "mutation ($input: IssueWarrantInput!) { issueWarrant(input: $input) { warrant { id } userErrors { code } } }",
            { input: { id, contentHash, signature } },
          );
          expect(codes(data.issueWarrant)).toEqual([]);
          return { id, contentHash };
        };
        const first = await signed();
        justice.now = new Date("2026-11-23T12:00:01.000Z");
        expect(await reasons(first.id)).toEqual([["FIRST_WITH_KEY"]]);
        expect(await look(first.id)).toBe(0);
        await acts.accept(facebook, first);
        expect(await reasons((await signed()).id)).toEqual([[]]);
      });

      test("twice does no harm; what was answered or withdrawn meanwhile stays as it is", async () => {
        const [one, other] = [await issued(justice, paris, inFrance), await issued(justice, paris, inFrance)];
        justice.now = late;
        const judged = one.items.map((id) => ({ id }));
        expect((await carryOut(one.id, judged)).data.acceptByPolicy).toBe(1);
        expect((await carryOut(one.id, judged)).data.acceptByPolicy).toBe(0);
        await acts.revoke(paris, other.id);
        expect(
          (
            await carryOut(
              other.id,
              other.items.map((id) => ({ id })),
            )
          ).data.acceptByPolicy,
        ).toBe(0);
        expect((await carryOut("warrant-nobody", judged)).data.acceptByPolicy).toBe(0);
        expect((await acts.read(paris, one.id)).history).toHaveLength(3);
      });

      test("a policy that is withdrawn accepts nothing any more, what was found under it included", async () => {
        const { id, items } = await issued(justice, paris, inFrance);
        justice.now = late;
        expect(await dueOf(id)).toEqual(items);
        await sets({ allows: [] });
        expect(await dueOf(id)).toEqual([]);
        expect(
          (
            await carryOut(
              id,
              items.map((item) => ({ id: item })),
            )
          ).data.acceptByPolicy,
        ).toBe(0);
        expect(await reasons(id)).toEqual([["NOT_COVERED"]]);
        await sets({});
        expect(await look(id)).toBe(1);
      });
    });

    test("only the gateway may look, or carry out", async () => {
      for (const who of [paris, facebook, engineer]) {
        expect(await carryOut("warrant-1", [], who)).toMatchObject({ errors: [{ extensions: { code: "FORBIDDEN" } }] });
        expect(await justice.ask(who, "{ dueAcceptances { warrantId } }")).toMatchObject({
          errors: [{ extensions: { code: "FORBIDDEN" } }],
        });
      }
    });
  });
}
