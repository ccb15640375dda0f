import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import type { AccessLeaf } from "../../schema/ledger/leaf.js";
import { type StartedBeside, startBeside } from "../kit/start-beside.js";
import type { Answer } from "../kit/start-rogatory.js";
import { serveWatchlist } from "../kit/watchlist.js";

/** A subgraph that needs identity data of another one for a field of its own: what it is sent is a transfer, decided, recorded, and only then sent. */
const paris = { role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" };
const london = { role: "JUDICIAL", country: "GB", authority: "gb-cc-london" };

let watchlist: Awaited<ReturnType<typeof serveWatchlist>>;
let rogatory: StartedBeside;
let seen = 0;

beforeAll(async () => {
  watchlist = await serveWatchlist();
  rogatory = await startBeside(watchlist);
}, 60_000);
afterAll(async () => {
  await rogatory?.close();
  await watchlist?.close();
});
afterEach(() => {
  watchlist.received.length = 0;
});

/** Asks, and gives the answer with the ACCESS leaves that it caused. */
async function ask(
  claims: typeof paris,
  warrant: string,
  selection: string,
  options = "",
): Promise<[Answer, AccessLeaf[]]> {
  const answer = await rogatory.ask(claims, `query @warrant(id: "${warrant}"${options}) { ${selection} }`);
  const leaves = (await rogatory.leaves()).filter((leaf) => leaf.type === "ACCESS");
  const caused = leaves.slice(seen);
  seen = leaves.length;
  return [answer, caused];
}

/** What a leaf says, short. */
const told = ({ purpose, recipient, fields }: AccessLeaf): unknown => [
  purpose,
  recipient ?? null,
  fields.map(({ field, permitted }) => [field, permitted]),
];

describe("a field of another subgraph that requires identity data", () => {
  test("permitted: the transfer is recorded with its receiver before it is sent, and the client does not get what she did not select", async () => {
    const [answer, leaves] = await ask(paris, "warrant-fr-quiet-heron", 'user(id: "u01") { watchlisted }');
    expect(answer.body.errors).toBeUndefined();
    expect(answer.body.data).toEqual({ user: { watchlisted: true } });
    expect(JSON.stringify(answer.body)).not.toContain("mail.example");
    expect(leaves.map(told)).toEqual([
      ["TRANSFER", "watchlist", [["User.email", true]]],
      ["DISCLOSURE", null, [["User.watchlisted", true]]],
    ]);
    expect(leaves.map(({ v }) => v)).toEqual([2, 1]);
    expect(watchlist.received).toHaveLength(1);
    const [{ representations, scope, hasGrant } = { representations: [], scope: undefined, hasGrant: false }] =
      watchlist.received;
    expect(hasGrant).toBe(true);
    expect(representations).toMatchObject([{ __typename: "User", id: "u01", email: "specimen-01@mail.example" }]);
    expect(scope?.entities).toEqual([{ type: "User", id: "u01", subject: "u01", fields: ["watchlisted"] }]);
  });

  test("selected by the client as well: a disclosure to her and a transfer to the subgraph, each recorded for itself", async () => {
    const [answer, leaves] = await ask(paris, "warrant-fr-quiet-heron", 'user(id: "u01") { email watchlisted }');
    expect(answer.body.data).toEqual({ user: { email: "specimen-01@mail.example", watchlisted: true } });
    expect(leaves.map(told)).toEqual([
      ["DISCLOSURE", null, [["User.email", true]]],
      ["DISCLOSURE", null, [["User.watchlisted", true]]],
      ["TRANSFER", "watchlist", [["User.email", true]]],
    ]);
  });

  test("denied: the dependent field is denied in its own name, nothing is fetched and nothing is transferred", async () => {
    const [answer, leaves] = await ask(london, "warrant-gb-golden-plover", 'user(id: "u05") { handle watchlisted }');
    expect(answer.status).toBe(200);
    expect(answer.body.data).toEqual({ user: { handle: "golden.plover", watchlisted: null } });
    expect(answer.body.errors).toMatchObject([
      {
        path: ["user", "watchlisted"],
        extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE", decision: { code: "PERSON_CONDITION" } },
      },
    ]);
    expect(watchlist.received).toEqual([]);
    expect(leaves.map(told)).toEqual([
      ["TRANSFER", "watchlist", [["User.email", false]]],
      ["DISCLOSURE", null, [["User.watchlisted", false]]],
    ]);
  });

  test("a person whom the warrant does not name: no transfer beside the one that is permitted", async () => {
    const [answer] = await ask(
      paris,
      "warrant-fr-quiet-heron",
      'posts(filter: { ids: ["u01-p1", "u02-p1"] }) { nodes { author { handle watchlisted } } }',
    );
    expect(answer.body.data.posts.nodes).toEqual([
      { author: { handle: "brave.badger", watchlisted: null } },
      { author: { handle: "quiet.heron", watchlisted: true } },
    ]);
    expect(watchlist.received.flatMap(({ representations }) => representations.map(({ id }) => id))).toEqual(["u01"]);
  });

  test("a field beside it that requires nothing is asked without what the other one needs", async () => {
    await ask(paris, "warrant-fr-quiet-heron", 'user(id: "u01") { remark }');
    expect(watchlist.received).toHaveLength(1);
    expect(JSON.stringify(watchlist.received)).not.toContain("mail.example");
  });

  test("other arguments than the client's: she gets her one row, the subgraph its hundred, and the record says who got what (C7)", async () => {
    const [answer, leaves] = await ask(
      paris,
      "warrant-fr-quiet-heron",
      'user(id: "u01") { ipAddresses(first: 1) { nodes { address } } knownAddresses }',
    );
    expect(answer.body.errors).toBeUndefined();
    expect(answer.body.data.user.ipAddresses.nodes).toHaveLength(1);
    expect(answer.body.data.user.knownAddresses).toBeGreaterThan(5);
    expect(leaves.map(told)).toContainEqual(["TRANSFER", "watchlist", [["User.ipAddresses", true]]]);
    const [outcome] = (await rogatory.leaves()).filter((leaf) => leaf.type === "OUTCOME").slice(-1);
    const rows = outcome?.type === "OUTCOME" ? outcome.of.flatMap((each) => each.rows) : [];
    expect(rows).toContainEqual({ field: "User.ipAddresses", rows: 1 });
  });

  test("a dry run fetches nothing, transfers nothing, and says of the dependent field that it would be permitted", async () => {
    const [answer] = await ask(paris, "warrant-fr-quiet-heron", 'user(id: "u01") { watchlisted }', ", dryRun: true");
    expect(answer.body.data).toEqual({ user: { watchlisted: null } });
    expect(answer.body.extensions.disclosure.permitted).toMatchObject([
      { field: "User.watchlisted", paths: [["user", "watchlisted"]] },
    ]);
    expect(watchlist.received).toEqual([]);
  });

  test("without a warrant, and by GET, it is identity data like any other", async () => {
    const answer = await rogatory.ask(paris, '{ user(id: "u01") { watchlisted } }');
    expect(answer.body.errors).toMatchObject([{ extensions: { decision: { code: "WARRANT_REQUIRED" } } }]);
    expect(watchlist.received).toEqual([]);
  });

  test("the auditor reads who received it", async () => {
    await ask(paris, "warrant-fr-quiet-heron", 'user(id: "u01") { watchlisted }');
    const query = `{ accessLog(filter: { purpose: TRANSFER }, first: 100) { nodes { purpose recipient subject { id } fields { field } } } }`;
    for (let attempt = 0; attempt < 50; attempt++) {
      const { body } = await rogatory.ask({ role: "AUDITOR", country: "FR" }, query);
      const nodes = body.data.accessLog.nodes as readonly unknown[];
      if (nodes.length === 0) await new Promise((resolve) => setTimeout(resolve, 200));
      else {
        expect(nodes).toContainEqual({
          purpose: "TRANSFER",
          recipient: "watchlist",
          subject: { id: "u01" },
          fields: [{ field: "User.email" }],
        });
        return;
      }
    }
    throw new Error("no transfer was listed");
  });
});
