import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { databases } from "../kit/databases.js";
import { type Installation, openInstallation, type Told } from "./kit/installation.js";
import { nameSecondTarget } from "./kit/name-second-target.js";
import { berlin, facebook, identityValue, paris, quietHeron } from "./kit/people.js";
import type { Asked } from "./kit/proxy.js";
import { decisionsOf, errorsOf, operationOf, outcomesOf } from "./kit/read-told.js";

const handOver = 'query ($w: ID!) @warrant(id: $w) { user(id: "u01") { handle legalName email } }';
const nested =
  'query ($w: ID!) @warrant(id: $w) { user(id: "u02") { legalName messages(first: 1) { nodes { body counterpart { handle email } } } } }';
const every = ["user.legalName", "user.email"];

describe.each(databases)("two gateways that share nothing but the %s database", (database) => {
  let site: Installation;
  beforeAll(async () => {
    site = await openInstallation({ database, gateways: 2 });
  });
  afterAll(async () => {
    await site?.close();
  });
  beforeEach(() => site.reset());

  /** Holds the answers to such requests until `release`; the first one held resolves `arrived`. */
  function hold(held: (asked: Asked) => boolean): { readonly arrived: Promise<Asked>; release(): void } {
    let arrive: (asked: Asked) => void;
    let release = (): void => undefined;
    const arrived = new Promise<Asked>((resolve) => {
      arrive = resolve;
    });
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    site.wire.interfere = async (asked, forward) => {
      const reply = await forward();
      if (!held(asked)) return reply;
      arrive(asked);
      await released;
      return reply;
    };
    return { arrived, release };
  }

  /** A warrant of Paris against u01 that the provider accepted; made anew for every test, since no test gives one back. */
  async function issueWarrant(): Promise<string> {
    const drafted = await site.ask(
      paris,
      'mutation { draftWarrant(input: { caseId: "case-fr-hate", platform: "FACEBOOK", categories: [SUBSCRIBER], solePurposeIdentification: true, targets: [{ kind: HANDLE, value: "quiet.heron", believed: { residence: "FR", nationality: "FR", locatedIn: "FR" } }] }) { warrant { id contentHash } userErrors { code } } }',
    );
    const { id, contentHash: hash } = drafted.body.data.draftWarrant.warrant;
    for (const [who, act] of [
      [paris, "issueWarrant"],
      [facebook, "acceptWarrant"],
    ] as const) {
      const input = "input: { id: $id, contentHash: $hash }";
      const acted = await site.ask(
        who,
        `mutation ($id: ID!, $hash: String!) { ${act}(${input}) { userErrors { code } } }`,
        {
          variables: { id, hash },
        },
      );
      expect(acted.body.data[act].userErrors).toEqual([]);
    }
    return id;
  }

  async function revoke(id: string, gateway: number): Promise<void> {
    const told = await site.ask(
      paris,
      'mutation ($id: ID!) { revokeWarrant(id: $id, reason: "Withdrawn.") { warrant { status } } }',
      {
        variables: { id },
        gateway,
      },
    );
    expect(told.body.data.revokeWarrant.warrant.status).toBe("REVOKED");
  }

  async function expectWithheld(told: Told, paths: readonly string[], reason: RegExp): Promise<void> {
    expect(told.status).toBe(200);
    expect(told.bytes).not.toMatch(identityValue);
    expect(errorsOf(told)).toEqual(paths.map((path) => `${path} UNAUTHORIZED_FIELD_OR_TYPE WARRANT_NOT_USABLE`));
    for (const { message } of told.body.errors ?? []) expect(message).toMatch(reason);
    const leaves = await site.leaves(operationOf(told));
    expect(outcomesOf(leaves).every((outcome) => outcome === "WITHHELD")).toBe(true);
  }

  test.each([
    ["on this gateway", 0],
    ["on the other one", 1],
  ])(
    "a warrant revoked %s while its data are on the way: what came is dropped, and the log says so",
    async (_, gateway) => {
      const id = await issueWarrant();
      const { arrived, release } = hold(({ identity }) => identity);
      const asked = site.ask(paris, handOver, { variables: { w: id } });
      await arrived;
      await revoke(id, gateway);
      release();
      const told = await asked;
      expect(told.body.data).toEqual({ user: { handle: "quiet.heron", legalName: null, email: null } });
      await expectWithheld(told, every, /The warrant was revoked/);
      expect(decisionsOf(await site.leaves(operationOf(told)))).toEqual([
        "u01 User.email PERMITTED",
        "u01 User.legalName PERMITTED",
      ]);
    },
  );

  test("revoked before the person is found: nothing is asked of the identity half at all", async () => {
    const id = await issueWarrant();
    const { arrived, release } = hold(({ service, identity }) => service === "platform" && !identity);
    const asked = site.ask(paris, handOver, { variables: { w: id } });
    await arrived;
    await revoke(id, 1);
    site.wire.asked.length = 0;
    release();
    await expectWithheld(await asked, every, /The warrant was revoked/);
    expect(site.wire.asked.filter(({ identity }) => identity)).toEqual([]);
  });

  test("revoked between two passages of one operation: the second is not sent, and the first is dropped", async () => {
    await nameSecondTarget(site, "target-de-amber-falcon-early");
    const variables = { w: "warrant-de-amber-falcon-early" };
    const identityAsked = (): Asked[] => site.wire.asked.filter(({ identity }) => identity);
    const whole = await site.ask(berlin, nested, { variables });
    expect(whole.body.data.user.messages.nodes[0].counterpart.email).toBe("specimen-03@mail.example");
    expect(identityAsked()).toHaveLength(2);

    site.wire.asked.length = 0;
    // The facts of the counterpart, of whom the first passage told.
    const { arrived, release } = hold(({ identity, body }) => !identity && body.includes('"u03"'));
    const asked = site.ask(berlin, nested, { variables });
    await arrived;
    await site.sql("update justice.warrants set status = 'REVOKED' where id = $1", [variables.w]);
    release();
    const told = await asked;
    expect(told.body.data).toEqual({ user: { legalName: null, messages: null } });
    await expectWithheld(told, ["user.legalName", "user.messages"], /The warrant was revoked/);
    expect(identityAsked()).toHaveLength(1);
  });

  test("expired while its data are on the way: dead in the very millisecond of its end", async () => {
    const [warrant] = await site.sql("select expires_at from justice.warrants where id = $1", [quietHeron]);
    const end = new Date(String(warrant?.expires_at));
    const { arrived, release } = hold(({ identity }) => identity);
    const asked = site.ask(paris, handOver, { variables: { w: quietHeron } });
    await arrived;
    site.setClock(end);
    release();
    await expectWithheld(await asked, every, /The warrant has expired/);
    site.reset();
    const before = await site.ask(paris, handOver, { variables: { w: quietHeron } });
    expect(before.body.data.user.legalName).toBe("Specimen Person 01");
  });

  test("justice cannot be read after the data came: nothing leaves", async () => {
    site.wire.interfere = async (asked, forward) => {
      const last = site.wire.asked.filter(({ service }) => service === "justice").length > 2;
      return asked.service === "justice" && last ? { status: 503, headers: {}, body: "" } : forward();
    };
    const told = await site.ask(paris, handOver, { variables: { w: quietHeron } });
    expect(site.wire.asked.some(({ identity }) => identity)).toBe(true);
    await expectWithheld(told, every, /could not be read just now/);
  });

  test("what had left before stays told: a second asking is refused, the first is in the log as released", async () => {
    const id = await issueWarrant();
    const first = await site.ask(paris, handOver, { variables: { w: id }, gateway: 1 });
    expect(first.body.data.user.legalName).toBe("Specimen Person 01");
    await revoke(id, 0);
    for (const gateway of [0, 1]) {
      const again = await site.ask(paris, handOver, { variables: { w: id }, gateway });
      await expectWithheld(again, every, /The warrant was revoked/);
    }
    expect(outcomesOf(await site.leaves(operationOf(first)))).toEqual([expect.stringMatching(/^RELEASED /)]);
  });
});
