import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { oneSigningKey } from "../../gateway/authenticate/keep-signing-keys.js";
import { openCallSigner } from "../../gateway/authenticate/sign-calls.js";
import { openSigningKey } from "../../gateway/authenticate/signing-key.js";
import type { Principal } from "../../schema/principal.js";
import { createDatabase, databases, type TemporaryDatabase } from "../kit/databases.js";
import {
  type GatewayName,
  gatewayNames,
  type Processes,
  planProcesses,
  subgraphNames,
} from "../kit/start-processes.js";
import { type Answer, post } from "../kit/start-rogatory.js";

const paris = { role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" };
const story = /* GraphQL */ `
  query Story($w: ID!) @warrant(id: $w) {
    user(id: "u01") {
      handle legalName email
      ipAddresses(first: 1) { nodes { address seenAt } }
      sessions { nodes { address } }
      messages { nodes { body } }
    }
    country(code: "FR") { code }
  }
`;
const disclosed = {
  user: {
    handle: "quiet.heron",
    legalName: "Specimen Person 01",
    email: "specimen-01@mail.example",
    ipAddresses: { nodes: [{ address: "198.51.100.16", seenAt: "2026-09-02T09:00:00.000Z" }] },
    sessions: null,
    messages: null,
  },
  country: { code: "FR" },
};

// What a process says when something behind it is gone; none of it is for clients.
const inside = /ECONN|127\.0\.0\.1|socket|undici|postgres|relation|terminat|at .*\.js/i;
const values = /Specimen|198\.51\.100/;

if (!databases.includes("server")) {
  test.skip("the installation as processes of their own: skipped, it needs a PostgreSQL server in TEST_DATABASE_URL", () =>
    undefined);
} else {
  describe("four subgraphs and two gateways, each a process of its own", () => {
    let database: TemporaryDatabase;
    let processes: Processes;
    let judge: string;
    const before: unknown[] = [];

    beforeAll(async () => {
      database = await createDatabase();
      processes = await planProcesses(database.url);
      // The gateways first: nothing that they need is there yet, and both make the keys they share.
      await Promise.all(gatewayNames.map((name) => processes.start(name)));
      before.push(...(await Promise.all(gatewayNames.map((name) => processes.ready(name, 503)))));
      await Promise.all(subgraphNames.map((name) => processes.start(name)));
      judge = await processes.token(paris);
    });
    afterAll(async () => {
      await processes?.stop();
      await database?.drop();
    });

    const ask = (gateway: GatewayName, warrant = "warrant-fr-quiet-heron"): Promise<Answer> =>
      processes.ask(gateway, judge, story, { w: warrant });

    test("a gateway that began alone says what is missing, and is ready once it is there", async () => {
      const missing = [...subgraphNames, "rule book"];
      expect(before).toEqual(gatewayNames.map(() => ({ status: "not ready", missing })));
      for (const name of gatewayNames) expect(await processes.ready(name, 200)).toEqual({ status: "ready" });
    });

    test.each(gatewayNames)("the French story through %s", async (gateway) => {
      const answer = await ask(gateway);
      expect(answer.body.data).toEqual(disclosed);
      expect(answer.status).toBe(200);
      expect(answer.body.errors).toMatchObject([
        { path: ["user", "sessions"], extensions: { decision: { rule: "R-FR-60-1-2" } } },
        { path: ["user", "messages"], extensions: { decision: { code: "OFFENCE_BELOW_THRESHOLD" } } },
      ]);
      expect(answer.body.extensions.disclosure.receipts).toHaveLength(1);
    });

    test("the gateways are two writers of one log, and an auditor reads both through either", async () => {
      await eventually(async () => {
        const keys = await Promise.all(
          gatewayNames.map(async (name) => {
            const answer = await fetch(`${processes.url(name)}/.well-known/rogatory/log-key`);
            return ((await answer.json()) as { writer?: string }).writer;
          }),
        );
        expect(keys).not.toContain(undefined);
        expect(new Set(keys).size).toBe(2);
      });
      const operations = await Promise.all(
        gatewayNames.map(async (name) => (await ask(name)).body.extensions.disclosure.operationId as string),
      );
      const auditor = await processes.token({ role: "AUDITOR", country: "FR" });
      const query = "{ accessLog(first: 50) { edges { node { operationId } } } }";
      const seen = async (gateway: GatewayName): Promise<readonly string[]> => {
        const { body } = await processes.ask(gateway, auditor, query);
        return body.data.accessLog.edges.map(({ node }: { node: { operationId: string } }) => node.operationId);
      };
      for (const gateway of gatewayNames)
        await eventually(async () => expect(await seen(gateway)).toEqual(expect.arrayContaining(operations)));
    });

    test("a warrant revoked through one gateway is refused by the other in the very next operation", async () => {
      const berlin = await processes.token({ role: "JUDICIAL", country: "DE", authority: "de-ag-berlin" });
      const query = 'query ($w: ID!) @warrant(id: $w) { user(id: "u02") { handle legalName } }';
      const variables = { w: "warrant-de-brave-badger" };
      const open = await processes.ask("gateway-2", berlin, query, variables);
      expect(open.body.data).toEqual({ user: { handle: "brave.badger", legalName: "Specimen Person 02" } });
      const revoked = await processes.ask(
        "gateway-1",
        berlin,
        'mutation { revokeWarrant(id: "warrant-de-brave-badger", reason: "The author was found otherwise.") { warrant { status } userErrors { code } } }',
      );
      expect(revoked.body.data.revokeWarrant).toEqual({ warrant: { status: "REVOKED" }, userErrors: [] });
      const shut = await processes.ask("gateway-2", berlin, query, variables);
      expect(shut.body.data).toEqual({ user: { handle: "brave.badger", legalName: null } });
      expect(shut.body.errors).toMatchObject([
        { extensions: { decision: { code: "WARRANT_NOT_USABLE", reason: "The warrant was revoked." } } },
      ]);
    });

    test("what was done on it is carried to the log by one of the gateways, once", async () => {
      const auditor = await processes.token({ role: "AUDITOR", country: "DE" });
      const document = '{ warrant(id: "warrant-de-brave-badger") { warrantRecords { nodes { act actor } } } }';
      let acts: unknown[] = [];
      for (let attempt = 0; acts.length === 0 && attempt < 100; attempt += 1) {
        const { body } = await processes.ask(gatewayNames[attempt % 2] as GatewayName, auditor, document);
        acts = body.data.warrant?.warrantRecords.nodes ?? [];
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      expect(acts).toEqual([{ act: "REVOKE", actor: expect.any(String) }]);
    });

    test("a subgraph answers nobody but a gateway, and without a grant no gateway reads identity data", async () => {
      const endpoint = `${processes.url("platform")}/graphql`;
      const query =
        '{ _entities(representations: [{ __typename: "User", id: "u01" }]) { ... on User { handle legalName } } }';
      const alone = await post(endpoint, null, { query });
      expect(alone).toMatchObject({ status: 401, body: { errors: [{ extensions: { code: "UNAUTHENTICATED" } }] } });
      const asJudge = await post(endpoint, judge, { query });
      expect(asJudge.status).toBe(401);

      const principal: Principal = { ...paris, sub: "judge", role: "JUDICIAL", platform: null };
      const call = (service: string): Promise<string> => callToken(processes, principal, service);
      const elsewhere = await post(endpoint, await call("justice"), { query });
      expect(elsewhere.status).toBe(401);
      const called = await post(endpoint, await call("platform"), { query });
      expect(called.status).toBe(200);
      expect(called.body.data).toEqual({ _entities: [{ handle: "quiet.heron", legalName: null }] });
      expect(called.body.errors).toHaveLength(1);
      for (const { body } of [alone, asJudge, elsewhere, called]) expect(JSON.stringify(body)).not.toMatch(values);
    });

    test("justice gone: no warrant can be read, so nothing is disclosed; what is open is answered; and it comes back", async () => {
      await processes.kill("justice");
      const answer = await ask("gateway-1");
      expect(answer.status).toBe(200);
      expect(answer.body.data).toEqual({
        ...disclosed,
        user: {
          handle: "quiet.heron",
          legalName: null,
          email: null,
          ipAddresses: null,
          sessions: null,
          messages: null,
        },
      });
      expect(answer.body.errors).toHaveLength(5);
      for (const { extensions } of answer.body.errors ?? [])
        expect(extensions.decision).toMatchObject({
          code: "WARRANT_NOT_USABLE",
          reason: expect.stringMatching(/could not be read just now/),
        });
      const body = JSON.stringify(answer.body);
      expect(body).not.toMatch(values);
      expect(body).not.toMatch(inside);
      expect((await processes.ready("gateway-2", 503)).missing).toEqual(["justice"]);

      await processes.start("justice");
      await processes.ready("gateway-1", 200);
      expect((await ask("gateway-1")).body.data).toEqual(disclosed);
    });

    test("treaty gone: the law cannot be read, so nothing is disclosed", async () => {
      await processes.kill("treaty");
      const answer = await ask("gateway-2");
      expect(answer.body.data).toEqual({
        country: null,
        user: {
          handle: "quiet.heron",
          legalName: null,
          email: null,
          ipAddresses: null,
          sessions: null,
          messages: null,
        },
      });
      const failed = (answer.body.errors ?? []).find((error) => error.path?.[0] === "country");
      expect(failed).toMatchObject({ path: ["country"], extensions: { code: "SUBGRAPH_UNAVAILABLE" } });
      const body = JSON.stringify(answer.body);
      expect(body).not.toMatch(values);
      expect(body).not.toMatch(inside);

      await processes.start("treaty");
      await processes.ready("gateway-2", 200);
      expect((await ask("gateway-2")).body.data).toEqual(disclosed);
    });

    test("platform gone: its fields are null with an error that names nothing inside, the others are answered", async () => {
      await processes.kill("platform");
      const answer = await ask("gateway-1");
      expect(answer).toMatchObject({ status: 200, body: { data: { user: null, country: { code: "FR" } } } });
      expect(answer.body.errors).toMatchObject([{ path: ["user"], extensions: { code: "SUBGRAPH_UNAVAILABLE" } }]);
      expect(JSON.stringify(answer.body)).not.toMatch(inside);

      await processes.start("platform");
      await processes.ready("gateway-1", 200);
      expect((await ask("gateway-1")).body.data).toEqual(disclosed);
    });

    test("no process wrote a person's data or a token into its log, and each ends well when told to", async () => {
      for (const name of [...subgraphNames, ...gatewayNames]) {
        expect(processes.output(name)).not.toMatch(values);
        expect(processes.output(name)).not.toContain(judge);
      }
      expect(await processes.stop()).toEqual([0, 0, 0, 0, 0, 0]);
    });
  });
}

/** A call of a gateway, signed with the key that the gateways share. */
async function callToken({ home, now }: Processes, principal: Principal, service: string): Promise<string> {
  const key = await openSigningKey(path.join(home, "gateway-key.json"));
  const signer = openCallSigner({ keys: oneSigningKey(key), clock: now });
  return signer.callToken({ principal, operationId: "7f3a", service });
}

async function eventually(check: () => Promise<void>): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await check();
    } catch (error) {
      if (attempt === 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
