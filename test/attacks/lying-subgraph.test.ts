import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { internalMessage } from "../../gateway/respond/format-error.js";
import { type Installation, openInstallation } from "./kit/installation.js";
import { nameSecondTarget } from "./kit/name-second-target.js";
import { berlin, identityValue, paris, quietHeron } from "./kit/people.js";
import type { Interfere, Reply } from "./kit/proxy.js";
import { alarmsOf, errorsOf, operationOf, outcomesOf } from "./kit/read-told.js";

/** Stands in everything that a lie adds: it must be nowhere in the end. */
const marker = "planted7731";

let site: Installation;
beforeAll(async () => {
  site = await openInstallation();
  await nameSecondTarget(site, "target-de-amber-falcon-early");
});
afterAll(async () => {
  await site?.close();
});
beforeEach(() => site.reset());

// biome-ignore lint/suspicious/noExplicitAny: lies are of every shape
type Json = any;

/** Changes what the identity half of the platform answers; `identity: false`: what its public half does. */
function lie(change: (answer: Json) => void, identity = true): Interfere {
  return async (asked, forward) => {
    const reply = await forward();
    if (asked.service !== "platform" || asked.identity !== identity) return reply;
    const answer: Json = JSON.parse(reply.body);
    change(answer);
    return { ...reply, body: JSON.stringify(answer) };
  };
}

function everyObject(value: Json, change: (object: Json) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) change(value);
  for (const below of Object.values(value)) everyObject(below, change);
}

const connection = (item: Json): Json => Object.values(item).find((value: Json) => value?.edges);

/** Nothing of the marker is in the answer, its headers, the process log or the access log. */
async function expectNoTrace(told: { bytes: string; headers: Headers }, operation: string): Promise<void> {
  const leaves = await site.leaves(operation);
  for (const place of [told.bytes, JSON.stringify([...told.headers]), site.lines.join(""), JSON.stringify(leaves)])
    expect(place).not.toContain(marker);
}

const query = `query ($w: ID!) @warrant(id: $w) {
  user(id: "u01") { handle legalName email ipAddresses(first: 2) { edges { cursor node { address } } pageInfo { endCursor } } }
}`;
const rows = [{ node: { address: "198.51.100.16" } }, { node: { address: "198.51.100.17" } }];
const honest = {
  user: {
    handle: "quiet.heron",
    legalName: "Specimen Person 01",
    email: "specimen-01@mail.example",
    ipAddresses: { edges: rows },
  },
};
const nothing = { user: { handle: "quiet.heron", legalName: null, email: null, ipAddresses: null } };
const every = ["user.legalName", "user.email", "user.ipAddresses"];
const failed = every.map((path) => `${path} INTERNAL`);
const outside = { address: "198.51.100.99", __at: "2026-08-25T09:59:59.999Z" };
/** The gateway asks for `node` under a name of its own. */
const rowKey = (edge: Json): string => Object.keys(edge).find((key) => key !== "cursor") as string;
const addRow = (data: Json, row: Json): void => {
  const { edges } = connection(data._g0[0]);
  edges.push({ cursor: marker, [rowKey(edges[0])]: row });
};

describe("an identity half that lies is cut to plan and grant; each lie is told to the client in neutral words, and raised in the log", () => {
  const all: readonly (readonly [
    lie: string,
    change: (answer: Json) => void,
    data: Json,
    errors: string[],
    alarms: string[],
  ])[] = [
    ["says the truth", () => undefined, honest, [], []],
    [
      "another field of hers",
      ({ data }) => Object.assign(data._g0[0], { phone: marker, dateOfBirth: marker }),
      honest,
      failed,
      ["FIELDS_NOT_ASKED"],
    ],
    [
      "what is known of her, beside her data and in it",
      ({ data }) => {
        const planted = { jurisdiction: { residence: marker } };
        Object.assign(data._g0[0], planted);
        Object.assign(connection(data._g0[0]).edges[0], planted);
      },
      honest,
      failed,
      ["FACTS_PLANTED", "FIELDS_NOT_ASKED"],
    ],
    [
      "more fields in a row",
      ({ data }) => {
        for (const edge of connection(data._g0[0]).edges) edge[rowKey(edge)].port = marker;
      },
      honest,
      ["user.ipAddresses INTERNAL"],
      ["FIELDS_NOT_ASKED"],
    ],
    [
      "another answer beside the one that was asked for",
      ({ data }) => Object.assign(data, { _g1: [{ __typename: "User", __k: "u02", email: marker }] }),
      honest,
      ["INTERNAL"],
      ["FIELDS_NOT_ASKED"],
    ],
    [
      "another person",
      ({ data }) => Object.assign(data._g0[0], { __k: "u02", email: marker }),
      nothing,
      failed,
      ["ENTITIES_DIFFER"],
    ],
    [
      "her id as a list",
      ({ data }) => Object.assign(data._g0[0], { __k: ["u01"] }),
      nothing,
      failed,
      ["ENTITIES_DIFFER"],
    ],
    ["no id", ({ data }) => void delete data._g0[0].__k, nothing, failed, ["ENTITIES_DIFFER"]],
    [
      "another type",
      ({ data }) => Object.assign(data._g0[0], { __typename: "Post" }),
      nothing,
      failed,
      ["ENTITIES_DIFFER"],
    ],
    [
      "a longer list",
      ({ data }) => data._g0.push({ ...data._g0[0], email: marker }),
      nothing,
      failed,
      ["ENTITIES_DIFFER"],
    ],
    ["a shorter list", ({ data }) => Object.assign(data, { _g0: [] }), nothing, failed, ["ENTITIES_DIFFER"]],
    [
      "an object for a list",
      ({ data }) => Object.assign(data, { _g0: data._g0[0] }),
      nothing,
      failed,
      ["ENTITIES_DIFFER"],
    ],
    [
      "a text for an entity",
      ({ data }) => Object.assign(data, { _g0: [marker] }),
      nothing,
      failed,
      ["ENTITIES_DIFFER"],
    ],
    [
      "a row before the period, the end of the page with it",
      ({ data }) => addRow(data, outside),
      honest,
      ["user.ipAddresses INTERNAL"],
      ["ROWS_OUTSIDE_PERIOD"],
    ],
    [
      "a row at the very end of the period",
      ({ data }) => addRow(data, { ...outside, __at: "2026-11-23T10:00:00.000Z" }),
      honest,
      ["user.ipAddresses INTERNAL"],
      ["ROWS_OUTSIDE_PERIOD"],
    ],
    [
      "a row of no time",
      ({ data }) => addRow(data, { address: "198.51.100.99" }),
      honest,
      ["user.ipAddresses INTERNAL"],
      ["ROWS_OUTSIDE_PERIOD"],
    ],
    [
      "more rows than the page has",
      ({ data }) => addRow(data, { address: "198.51.100.99", __at: "2026-10-01T00:00:00Z" }),
      honest,
      ["user.ipAddresses INTERNAL"],
      ["ROWS_BEYOND_PAGE"],
    ],
    [
      "the same rows ten times",
      ({ data }) =>
        Object.assign(connectionOf(data), { edges: Array.from({ length: 10 }, () => edgesOf(data)).flat() }),
      honest,
      ["user.ipAddresses INTERNAL"],
      ["ROWS_BEYOND_PAGE"],
    ],
  ];
  const connectionOf = (data: Json): Json => connection(data._g0[0]);
  const edgesOf = (data: Json): Json => connectionOf(data).edges;

  test.each(all)("%s", async (_, change, data, errors, alarms) => {
    site.wire.interfere = lie(change);
    const told = await site.ask(paris, query, { variables: { w: quietHeron } });
    expect(told.status).toBe(200);
    expect(told.body.data).toMatchObject(data);
    expect(errorsOf(told).sort()).toEqual([...errors].sort());
    for (const { message } of told.body.errors ?? []) expect(message).toBe(internalMessage);
    expect(told.bytes).not.toContain("198.51.100.99");

    const operation = operationOf(told);
    const leaves = await site.leaves(operation);
    expect(alarmsOf(leaves)).toEqual(alarms.map((alarm) => `${alarm} platform_identity`));
    const released = data === nothing ? ["WITHHELD"] : ["RELEASED User.ipAddresses 2 User.email 1 User.legalName 1"];
    expect(outcomesOf(leaves).map((outcome) => outcome.split(" ").sort().join(" "))).toEqual(
      released.map((outcome) => outcome.split(" ").sort().join(" ")),
    );
    await expectNoTrace(told, operation);
  });

  test("the ends of a page of which rows were dropped are theirs, and go too", async () => {
    site.wire.interfere = lie(({ data }) => {
      addRow(data, outside);
      connectionOf(data).pageInfo.endCursor = marker;
    });
    const told = await site.ask(paris, query, { variables: { w: quietHeron } });
    expect(told.body.data.user.ipAddresses.pageInfo).toEqual({ endCursor: null });
    await expectNoTrace(told, operationOf(told));
  });

  test("two persons' answers swapped: neither is shown under the other's name", async () => {
    const both = `query @warrant(id: "warrant-de-amber-falcon-early") { a: user(id: "u02") { email } b: user(id: "u03") { email } }`;
    const straight = await site.ask(berlin, both);
    expect(straight.body.data).toEqual({
      a: { email: "specimen-02@mail.example" },
      b: { email: "specimen-03@mail.example" },
    });
    site.wire.interfere = lie(({ data }) => {
      data._g0.reverse();
    });
    const swapped = await site.ask(berlin, both);
    expect(swapped.body.data).toEqual({ a: { email: null }, b: { email: null } });
    expect(alarmsOf(await site.leaves(operationOf(swapped)))).toEqual(["ENTITIES_DIFFER platform_identity"]);
  });

  test("values in texts and extensions of errors, in extensions of the answer and in headers do not pass", async () => {
    site.wire.interfere = async (asked, forward) => {
      const reply = await forward();
      if (!asked.identity) return reply;
      const { data }: Json = JSON.parse(reply.body);
      data._g0[0].email = null;
      const error = {
        message: `her mail is ${marker}`,
        path: ["_g0", 0, "email"],
        extensions: {
          code: marker,
          refusal: marker,
          decision: { reason: marker },
          stacktrace: [marker],
          operationId: marker,
        },
      };
      const loose = {
        message: marker,
        path: ["_g0", 0, "legalName"],
        extensions: { code: "UNAUTHENTICATED", http: { status: 418, headers: { "x-a": marker } } },
      };
      return {
        status: 200,
        headers: {
          "content-type": "application/json",
          "set-cookie": `a=${marker}`,
          "x-identity": marker,
          "www-authenticate": marker,
          "cache-control": "public, max-age=600",
        },
        body: JSON.stringify({
          data,
          errors: [error, loose],
          extensions: { tracing: marker, disclosure: { receipts: [marker] } },
        }),
      };
    };
    const told = await site.ask(paris, query, { variables: { w: quietHeron } });
    expect(told.status).toBe(200);
    expect(told.body.data.user).toMatchObject({ legalName: "Specimen Person 01", email: null });
    expect(errorsOf(told)).toEqual(["user.email INTERNAL", "INTERNAL", "INTERNAL"]);
    expect(told.headers.get("cache-control")).toBe("no-store, private");
    expect(Object.keys(told.body.extensions)).toEqual(["disclosure"]);
    expect(alarmsOf(await site.leaves(operationOf(told)))).toEqual(["FIELDS_NOT_ASKED platform_identity"]);
    await expectNoTrace(told, operationOf(told));
  });
});

describe("an identity half that gives no answer gives no data: one neutral error for each path, and the rest lives", () => {
  const broken: readonly (readonly [string, Reply])[] = [
    ["no JSON", { status: 200, headers: {}, body: `{"data":{"_g0":[{"email":"${marker}"` }],
    ["JSON that is no GraphQL", { status: 200, headers: {}, body: JSON.stringify([marker]) }],
    ["an empty answer", { status: 200, headers: {}, body: "" }],
    ["a fault in its own words", { status: 500, headers: {}, body: JSON.stringify({ errors: [{ message: marker }] }) }],
    [
      "a refusal",
      { status: 401, headers: { "www-authenticate": marker }, body: JSON.stringify({ errors: [{ message: marker }] }) },
    ],
    ["the way to somebody else", { status: 307, headers: { location: `http://127.0.0.1:9/${marker}` }, body: "" }],
  ];
  test.each(broken)("%s", async (_, reply) => {
    site.wire.interfere = async (asked, forward) => (asked.identity ? reply : forward());
    const told = await site.ask(paris, query, { variables: { w: quietHeron } });
    expect(told.body.data).toEqual(nothing);
    expect(errorsOf(told)).toEqual(every.map((path) => `${path} SUBGRAPH_UNAVAILABLE`));
    expect(outcomesOf(await site.leaves(operationOf(told)))).toEqual(["WITHHELD"]);
    await expectNoTrace(told, operationOf(told));
  });

  test("a compressed answer that nobody asked for is not unpacked", async () => {
    const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024, 0x20));
    site.wire.interfere = async (asked, forward) =>
      asked.identity ? (response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(bomb) : forward();
    const told = await site.ask(paris, query, { variables: { w: quietHeron } });
    expect(errorsOf(told)).toEqual(every.map((path) => `${path} SUBGRAPH_UNAVAILABLE`));
  });

  test("an answer without end is cut off, and other clients are served meanwhile", async () => {
    const chunk = Buffer.alloc(4 * 1024 * 1024, 0x20);
    site.wire.interfere = async (asked, forward) =>
      asked.identity
        ? (response) => {
            response.writeHead(200, { "content-type": "application/json" });
            const go = (): void => {
              while (!response.destroyed && response.write(chunk));
            };
            response.on("drain", go).on("error", () => undefined);
            go();
          }
        : forward();
    const endless = site.ask(paris, query, { variables: { w: quietHeron } });
    expect((await site.ask(paris, '{ user(id: "u01") { handle } }')).body.data).toEqual({
      user: { handle: "quiet.heron" },
    });
    const told = await endless;
    expect(told.body.data).toEqual(nothing);
    expect(errorsOf(told)).toEqual(every.map((path) => `${path} SUBGRAPH_UNAVAILABLE`));
  });

  test("the connection breaks in the middle", async () => {
    site.wire.interfere = async (asked, forward) =>
      asked.identity
        ? (response) => {
            response.writeHead(200, { "content-length": "1000" });
            response.write(`{"data":{"_g0":[{"email":"${marker}"`, () => response.destroy());
          }
        : forward();
    const told = await site.ask(paris, query, { variables: { w: quietHeron } });
    expect(told.body.data).toEqual(nothing);
    await expectNoTrace(told, operationOf(told));
  });
});

describe("what is planted for another person is not believed", () => {
  /** As they really are, so that the subgraph itself would find nothing wrong with a grant that rests on them. */
  const factsOf03 = { providerCountry: "IE", residence: "FR", nationality: "DE", locatedIn: "FR", protectedRole: null };
  const plant = { jurisdiction: factsOf03, email: marker };

  test("an identity half that plants facts and mail of a message's counterpart, whom the warrant names and the public half does not know", async () => {
    site.wire.interfere = async (asked, forward) => {
      const reply = await forward();
      if (asked.service !== "platform") return reply;
      const answer: Json = JSON.parse(reply.body);
      if (asked.identity)
        everyObject(answer.data, (object) => {
          if (object.counterpart) Object.assign(object.counterpart, plant);
        });
      else if (asked.query.includes("_entities") && asked.body.includes('"u03"'))
        answer.data = Object.fromEntries(
          Object.entries(answer.data).map(([key, list]) => [key, (list as Json[]).map(() => null)]),
        );
      return { ...reply, body: JSON.stringify(answer) };
    };
    const told = await site.ask(
      berlin,
      `query @warrant(id: "warrant-de-amber-falcon-early") { user(id: "u02") { messages(first: 1) { nodes { body counterpart { email } } } } }`,
    );
    const passed = site.wire.asked.filter(({ identity }) => identity);
    expect(passed.flatMap(({ scope }) => scope?.entities.map(({ id }) => id))).toEqual(["u02"]);
    expect(told.body.data.user.messages.nodes).toMatchObject([{ counterpart: { email: null } }]);
    const leaves = await site.leaves(operationOf(told));
    expect(alarmsOf(leaves)).toEqual(["FACTS_PLANTED platform_identity", "FIELDS_NOT_ASKED platform_identity"]);
    expect(leaves.some(({ opened }) => opened.subject === "u03")).toBe(false);
    await expectNoTrace(told, operationOf(told));
  });

  test.each([
    ["facts", { jurisdiction: factsOf03 }, "FACTS_PLANTED platform"],
    ["identity data", { email: marker, legalName: marker }, "FIELDS_NOT_ASKED platform"],
  ])("a public half that plants %s", async (_, planted, alarm) => {
    site.wire.interfere = lie(
      ({ data }) => everyObject(data, (object) => "handle" in object && Object.assign(object, planted)),
      false,
    );
    const told = await site.ask(
      paris,
      `query @warrant(id: "${quietHeron}") { posts(filter: { ids: ["u02-p1"] }) { nodes { author { handle } } } user(id: "u01") { email } }`,
    );
    expect(told.body.data).toEqual({
      posts: { nodes: [{ author: { handle: "brave.badger" } }] },
      user: { email: "specimen-01@mail.example" },
    });
    expect(alarmsOf(await site.leaves(operationOf(told)))).toEqual([alarm]);
    await expectNoTrace(told, operationOf(told));
  });

  test("a public half that describes one person in two ways: nothing of hers is asked for, and the log hears of it", async () => {
    let turn = 0;
    site.wire.interfere = lie(
      ({ data }) =>
        everyObject(
          data,
          (object) =>
            object.jurisdiction && Object.assign(object.jurisdiction, { residence: turn++ % 2 ? "DE" : "FR" }),
        ),
      false,
    );
    const told = await site.ask(
      paris,
      `query @warrant(id: "${quietHeron}") { user(id: "u01") { email } posts(filter: { ids: ["u01-p1"] }) { nodes { author { legalName } } } }`,
    );
    expect(told.bytes).not.toMatch(identityValue);
    expect(site.wire.asked.filter(({ identity }) => identity)).toEqual([]);
    expect(alarmsOf(await site.leaves(operationOf(told)))).toEqual(["FACTS_DISAGREE platform_identity"]);
  });

  test("a public half that lies about her facts throughout: the subgraph's own data say otherwise, and it answers nothing", async () => {
    site.wire.interfere = lie(
      ({ data }) =>
        everyObject(data, (object) => object.jurisdiction && Object.assign(object.jurisdiction, { nationality: "BE" })),
      false,
    );
    const told = await site.ask(paris, query, { variables: { w: quietHeron } });
    expect(told.body.data).toEqual(nothing);
    expect(told.bytes).not.toMatch(identityValue);
  });

  test("a public half that names another author of a post: the subgraph's own data say otherwise", async () => {
    site.wire.interfere = lie(
      ({ data }) => everyObject(data, (object) => object.author && Object.assign(object.author, { id: "u01" })),
      false,
    );
    const told = await site.ask(
      paris,
      `query @warrant(id: "${quietHeron}") { posts(filter: { ids: ["u02-p1"] }) { nodes { authorIp { address } } } }`,
    );
    expect(told.body.data.posts.nodes).toEqual([{ authorIp: null }]);
    expect(told.bytes).not.toMatch(identityValue);
  });
});
