import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import pg from "pg";
import { Agent, fetch as fetchOver } from "undici";
import { limits } from "../../gateway/main/limits.js";
import type { Batch } from "../../schema/ledger/batch.js";
import { audit, readAllBatches } from "../../subgraphs/audit/index.js";
import { openSubgraph } from "../../subgraphs/kit/subgraph.js";
import { holdAgainstLog } from "../crash/hold-against-log.js";
import { createDatabase, databases, type TemporaryDatabase } from "../kit/databases.js";
import type { Launched } from "../kit/launch.js";
import { type EventStream, listen } from "../kit/read-events.js";
import { type Processes, planProcesses, subgraphNames } from "../kit/start-processes.js";
import { type Answer, readAnswer } from "../kit/start-rogatory.js";
import { quiet } from "../record/kit.js";

const paris = { role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" };
const query = 'query @warrant(id: "warrant-fr-quiet-heron") { user(id: "u01") { legalName } }';

/** One connection to the port, and so one worker, for as long as both live. */
interface Connection {
  /** The epoch of the worker that answers here, once that one has heard of the log's key. */
  writer(): Promise<string>;
  metrics(): Promise<string>;
  ask(token: string): Promise<Answer>;
  close(): Promise<void>;
}

function connect(root: string): Connection {
  const dispatcher = new Agent({ connections: 1, pipelining: 1 });
  return {
    writer: () =>
      eventually(async () => {
        const answer = await fetchOver(`${root}/.well-known/rogatory/log-key`, { dispatcher });
        const { writer } = (await answer.json()) as { writer?: string };
        if (writer === undefined) throw new Error(`${answer.status} instead of the keys of the log`);
        return writer;
      }),
    metrics: async () => (await fetchOver(`${root}/metrics`, { dispatcher })).text(),
    async ask(token) {
      const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
      const init = { method: "POST", headers, body: JSON.stringify({ query }), dispatcher };
      const response = await fetchOver(`${root}/graphql`, init);
      return readAnswer(response as unknown as Response, { query });
    },
    close: () => dispatcher.destroy(),
  };
}

/** What a line of the metrics says. */
function figure(metrics: string, name: string): number {
  const line = metrics.split("\n").find((each) => each.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? Number.NaN);
}

if (!databases.includes("server")) {
  test.skip("several workers on one port: skipped, it needs a PostgreSQL server in TEST_DATABASE_URL", () => undefined);
} else {
  describe("a gateway of two workers", () => {
    let database: TemporaryDatabase;
    let processes: Processes;
    let gateway: Launched;
    let root: string;
    let judge: string;
    let one: Connection;
    let other: Connection;
    /** Leaf hashes that clients received. */
    const received: string[] = [];

    beforeAll(async () => {
      database = await createDatabase();
      processes = await planProcesses(database.url);
      [gateway] = await Promise.all([
        processes.start("gateway-1", ["--workers", "2"]),
        ...subgraphNames.map((name) => processes.start(name)),
      ]);
      root = processes.url("gateway-1");
      judge = await processes.token(paris);
      await processes.ready("gateway-1", 200);
      await workersListen(2);
      [one, other] = await connectToBoth();
    });
    afterAll(async () => {
      await Promise.all([one?.close(), other?.close()]);
      await processes?.stop();
      await database?.drop();
    });

    /** Process ids of the workers that said that they listen, in that order. */
    const workers = (): readonly { readonly worker: number; readonly pid: number }[] =>
      said("a worker listens") as { worker: number; pid: number }[];
    const said = (msg: string): readonly Record<string, unknown>[] =>
      gateway
        .output()
        .split("\n")
        .filter((line) => line.includes(`"msg":"${msg}"`))
        .map((line) => JSON.parse(line) as Record<string, unknown>);

    async function workersListen(count: number): Promise<void> {
      const connection = connect(root);
      await eventually(async () => expect(figure(await connection.metrics(), "rogatory_workers")).toBe(count));
      await connection.close();
    }

    /** Connections are handed to the workers in turn, so that two of a few reach both. */
    async function connectToBoth(): Promise<[Connection, Connection]> {
      const first = connect(root);
      const writer = await first.writer();
      for (let attempt = 0; attempt < 10; attempt += 1) {
        const second = connect(root);
        if ((await second.writer()) !== writer) return [first, second];
        await second.close();
      }
      throw new Error("ten connections reached one worker");
    }

    async function batches(): Promise<readonly Batch[]> {
      const refuse = () => Promise.reject(new Error("nobody is asked"));
      const parts = { clock: () => new Date(), gatewayKeys: refuse, askGateway: refuse, log: quiet };
      const running = await openSubgraph(audit, { ...parts, database: { kind: "server", url: database.url } });
      try {
        return await readAllBatches(running.em());
      } finally {
        await running.close();
      }
    }

    test("each worker discloses under records of an epoch of its own, and both stand in one tree", async () => {
      const operations: string[] = [];
      for (const connection of [one, other]) {
        const { status, body } = await connection.ask(judge);
        expect({ status, data: body.data }).toEqual({
          status: 200,
          data: { user: { legalName: "Specimen Person 01" } },
        });
        const { receipts, operationId } = body.extensions.disclosure;
        expect(receipts).toMatchObject([{ writer: await connection.writer() }]);
        received.push(receipts[0].leafHash);
        operations.push(operationId);
      }
      const auditor = await processes.token({ role: "AUDITOR", country: "FR" });
      const inTree = "{ accessLog(first: 50) { nodes { operationId index } } checkpoint { size } }";
      await eventually(async () => {
        const { body } = await processes.ask("gateway-1", auditor, inTree);
        const found = body.data.accessLog.nodes.filter(({ operationId }: { operationId: string }) =>
          operations.includes(operationId),
        );
        expect(new Set(found.map(({ index }: { index: number }) => index)).size).toBe(2);
      });
    });

    test("figures are those of both, whichever is asked", async () => {
      const [before, same] = [await one.metrics(), await other.metrics()];
      const answered = 'rogatory_http_requests_total{status="200"}';
      expect(figure(same, answered)).toBe(figure(before, answered));
      await one.ask(judge);
      await other.ask(judge);
      expect(figure(await one.metrics(), answered)).toBe(figure(before, answered) + 2);
      expect(figure(await other.metrics(), answered)).toBe(figure(before, answered) + 2);
    });

    test("ten subscriptions are all that one principal has, at both together", async () => {
      const document = { query: "subscription { warrantChanged { id } }" };
      const open: EventStream[] = [];
      for (let stream = 0; stream < limits.streamsEach; stream += 1)
        open.push(await listen(`${root}/graphql`, judge, document));
      await expect(listen(`${root}/graphql`, judge, document)).rejects.toThrow(/At most 10 subscriptions may be open/);
      for (const stream of open) stream.leave();
      await eventually(async () => (await listen(`${root}/graphql`, judge, document)).leave());
    });

    test("a worker killed while both disclose: the other one goes on, a new one takes its place, and nothing received is lost", async () => {
      const [victim] = workers().slice(-1);
      const epochs = new Map([one, other].map((connection) => [connection, connection.writer()]));
      let killed = false;
      let after = 0;
      const broken: Connection[] = [];
      const client = async (connection: Connection): Promise<void> => {
        while (after < 10) {
          const answer = await connection.ask(judge).catch(() => null);
          if (answer === null) return void broken.push(connection);
          expect(answer.body.data).toEqual({ user: { legalName: "Specimen Person 01" } });
          received.push(answer.body.extensions.disclosure.receipts[0].leafHash);
          if (killed) after += 1;
          else if (received.length > 20) {
            killed = true;
            process.kill(victim?.pid ?? 0, "SIGKILL");
          }
        }
      };
      await Promise.all([one, other].map(client));
      expect(broken).toHaveLength(1);
      expect(said("a worker ended; another one takes its place after the pause")).toMatchObject([
        { level: 50, worker: victim?.worker, pid: victim?.pid, signal: "SIGKILL" },
      ]);
      await workersListen(2);
      expect(workers().map(({ worker }) => worker)).toEqual([1, 2, 3]);

      const known = await Promise.all(epochs.values());
      await Promise.all(broken.map((connection) => connection.close()));
      const [first, second] = await connectToBoth();
      const now = await Promise.all([first.writer(), second.writer()]);
      expect(now.filter((writer) => known.includes(writer))).toHaveLength(1);
      for (const connection of [first, second]) {
        const { body } = await connection.ask(judge);
        received.push(body.extensions.disclosure.receipts[0].leafHash);
        await connection.close();
      }
      expect(holdAgainstLog(received, await batches())).toMatchObject({ lost: 0, faults: [] });
    });

    test("told to stop while both disclose, all end well: what runs is finished, every epoch is closed but that of the one killed, and all is in the tree", async () => {
      const clients = [connect(root), connect(root)];
      const before = received.length;
      const asking = clients.map(async (connection) => {
        for (;;) {
          const answer = await connection.ask(judge).catch(() => null);
          // A request that comes while it closes is refused, and then the connection is.
          if (answer === null || answer.status === 503) return connection.close();
          expect(answer.body.data).toEqual({ user: { legalName: "Specimen Person 01" } });
          received.push(answer.body.extensions.disclosure.receipts[0].leafHash);
        }
      });
      await eventually(async () => expect(received.length).toBeGreaterThan(before + 4));
      expect(await gateway.stop()).toBe(0);
      await Promise.all(asking);

      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      const pending = async (): Promise<unknown> => {
        const text = "select count(*)::int as batches from audit.audit_batch where first_index is null";
        return (await client.query(text)).rows[0];
      };
      await eventually(async () => expect(await pending()).toEqual({ batches: 0 }));
      await client.end();
      const log = await batches();
      expect(holdAgainstLog(received, log)).toMatchObject({ received: received.length, lost: 0, faults: [] });
      const last = new Map(log.map(({ writer, leaves }) => [Buffer.from(writer).toString("hex"), leaves.at(-1)]));
      const closed = [...last.values()].filter((leaf) => Buffer.from(leaf ?? []).includes('"WRITER_CLOSE"'));
      expect({ epochs: last.size, closed: closed.length }).toEqual({ epochs: 3, closed: 2 });
    });
  });
}

async function eventually<Seen>(check: () => Promise<Seen>): Promise<Seen> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await check();
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
