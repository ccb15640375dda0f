import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Ask, type GraphQLAnswer, LogUnavailable, type Verdict, WarrantGone } from "../../gateway/door/types.js";
import { foundAt } from "../fuzz/world/data.js";
import { searchedSources } from "../fuzz/world/sdl.js";
import { openInPeriod, openPeopleWorld, type PeopleWorld, told } from "./fixtures/people-world.js";
import { denied } from "./fixtures/test-door.js";

/** Searches at the door: the order of effects, and halves that lie or fail. */
let world: PeopleWorld;
beforeAll(async () => {
  world = await openPeopleWorld(searchedSources);
});
afterAll(() => world.close());

const everybody = foundAt("192.0.2.1");
const args = 'address: "192.0.2.1", from: "2024-01-01T00:00:00Z", to: "2024-01-02T00:00:00Z"';
const text = `{ found(${args}, first: 100) { nodes { id } pageInfo { hasNextPage endCursor } } }`;
const hiding =
  (...ids: readonly string[]) =>
  (ask: Ask): Verdict =>
    ask.search !== undefined && ids.includes(ask.subject?.id ?? "") ? denied(ask) : openInPeriod(ask);
const idsIn = (data: unknown): string[] =>
  (data as { found: { nodes: { id: string }[] } }).found.nodes.map(({ id }) => id);
const changed =
  (change: (found: { edges: unknown[]; pageInfo: Record<string, unknown> }) => unknown) =>
  (half: string, answer: GraphQLAnswer): GraphQLAnswer =>
    half === "people_identity" ? { data: { found: change(answer.data?.found as never) } } : answer;

test("there are enough of them", () => {
  expect(everybody.length).toBeGreaterThan(3);
});

describe("the order of effects", () => {
  test("decide on the identifier, record, send; know and decide each person; record the silent, then the told", async () => {
    const [first = "", second = ""] = everybody;
    const { door, data } = await world.ask(text.replace("100", "1"), { judge: hiding(first) });
    expect(idsIn(data)).toEqual([second]);
    const identifier = "identifier IP_ADDRESS 192.0.2.1 2024-01-01T00:00:00.000Z/2024-01-02T00:00:00.000Z";
    expect(door.events).toEqual([
      "prepare",
      `judge Query.found ${identifier}`,
      "record 1",
      "send people_identity",
      ...everybody.slice(0, 2).map((id) => `judge Query.found ${id}`),
      "send people_identity",
      `judge Query.found ${everybody[2]}`,
      "record silently 1",
      "record 2",
      `released Query.found ${identifier} 1`,
      `released Query.found ${second} 1`,
    ]);
  });

  test("denied: recorded, and nobody is asked", async () => {
    const answer = await world.ask(text, { judge: (ask) => (ask.subject === null ? denied(ask) : openInPeriod(ask)) });
    expect(answer.data).toEqual({ found: null });
    expect(told(answer)).toEqual(["found UNAUTHORIZED_FIELD_OR_TYPE"]);
    expect(answer.door.recorded).toHaveLength(1);
    expect(answer.calls).toEqual([]);
  });

  test("the half is asked the same text whatever the client selects, for the canonical address", async () => {
    const sent = async (query: string): Promise<unknown> => {
      const { door } = await world.ask(query);
      return door.sent[0] && [door.sent[0].query, door.sent[0].variables.address];
    };
    const wide = `{ id: found(first: 100, address: "::ffff:192.0.2.1", from: "2024-01-01T00:00:00Z", to: "2024-01-02T00:00:00Z") { edges { name: cursor node { email cases { title } } } } }`;
    expect(await sent(wide)).toEqual(await sent(text));
  });
});

describe("whoever is kept out leaves no trace", () => {
  test.each([everybody.slice(0, 1), everybody.slice(1, 3), everybody.slice(-1), everybody])("%j", async (...hidden) => {
    const answer = await world.ask(text, { judge: hiding(...hidden) });
    const left = everybody.filter((id) => !hidden.includes(id));
    expect(answer.errors).toEqual([]);
    expect(answer.data).toEqual({
      found: { nodes: left.map((id) => ({ id })), pageInfo: { hasNextPage: false, endCursor: left.at(-1) ?? null } },
    });
    expect(answer.door.recorded.map(({ ask }) => ask.subject?.id ?? null).sort()).toEqual([...everybody, null].sort());
  });
});

describe("a half that lies or fails", () => {
  const misshapen = ["found INTERNAL"];
  test.each<[string, (found: { edges: unknown[]; pageInfo: Record<string, unknown> }) => unknown]>([
    [
      "somebody of another type",
      ({ edges, pageInfo }) => ({
        edges: [{ cursor: "c", node: { __typename: "Org", id: "o1" } }, ...edges],
        pageInfo,
      }),
    ],
    [
      "no cursor",
      ({ edges, pageInfo }) => ({ edges: edges.map((edge) => ({ ...(edge as object), cursor: null })), pageInfo }),
    ],
    ["no list", () => ({ edges: {}, pageInfo: { hasNextPage: false, endCursor: null } })],
    [
      "another page, and no cursor for it",
      ({ edges }) => ({ edges, pageInfo: { hasNextPage: true, endCursor: null } }),
    ],
    ["the same page for ever", ({ edges }) => ({ edges, pageInfo: { hasNextPage: true, endCursor: "again" } })],
  ])("%s: the field fails, and nothing of it is shown", async (_, lie) => {
    const answer = await world.ask(text, { interfere: changed(lie) });
    expect(answer.data).toEqual({ found: null });
    expect(told(answer)).toEqual(misshapen);
  });

  test("the same person twice stands once", async () => {
    const twice = changed(({ edges, pageInfo }) => ({ edges: [...edges, ...edges], pageInfo }));
    expect(idsIn((await world.ask(text, { interfere: twice })).data)).toEqual(everybody);
  });

  test("more than was asked for about a person is not taken over", async () => {
    const more = changed(({ edges, pageInfo }) => ({
      edges: edges.map((edge) => ({
        ...(edge as object),
        node: { ...(edge as { node: object }).node, email: "x@y", name: "lie" },
      })),
      pageInfo: { ...pageInfo, startCursor: "lie" },
    }));
    const { data } = await world.ask(`{ found(${args}, first: 1) { nodes { name } pageInfo { startCursor } } }`, {
      interfere: more,
    });
    expect(data).toEqual({
      found: { nodes: [{ name: `name of ${everybody[0]}` }], pageInfo: { startCursor: everybody[0] } },
    });
  });

  test("a person whom the owner of the facts does not know is kept out, and recorded", async () => {
    const stranger = changed(({ edges, pageInfo }) => ({
      edges: [{ cursor: "u0", node: { __typename: "User", id: "u0" } }, ...edges],
      pageInfo,
    }));
    const answer = await world.ask(text, {
      interfere: (half, real, query) =>
        half === "people" && query.includes("jurisdiction")
          ? { data: { _entities: [null, ...((real.data?._entities as unknown[]) ?? []).slice(1)] } }
          : stranger(half, real),
    });
    expect(idsIn(answer.data)).toEqual(everybody);
    expect(answer.door.recorded.map(({ ask }) => ask.subject?.id)).toContain("u0");
  });

  test("facts that cannot be had: the field fails, nobody is shown", async () => {
    const answer = await world.ask(text, {
      interfere: (half, real, query) =>
        half === "people" && query.includes("jurisdiction") ? Promise.reject(new Error("down")) : real,
    });
    expect(answer.data).toEqual({ found: null });
    expect(told(answer)).toEqual(["found SUBGRAPH_UNAVAILABLE"]);
  });

  test("the half's own refusal is told in our words, without its own", async () => {
    const answer = await world.ask(text, {
      interfere: (half, real) =>
        half === "people_identity"
          ? {
              data: { found: null },
              errors: [{ message: "secret words", path: ["found"], extensions: { refusal: "CURSOR" } }],
            }
          : real,
    });
    expect(told(answer)).toEqual(["found BAD_USER_INPUT"]);
    expect(JSON.stringify(answer.errors)).not.toContain("secret");
  });
});

describe("without a record nothing is shown", () => {
  const unwritable = (): never => {
    throw new LogUnavailable("the log is down");
  };
  test("of the identifier: nothing is asked either", async () => {
    const answer = await world.ask(text, { door: () => ({ record: async () => unwritable() }) });
    expect(answer.data).toEqual({ found: null });
    expect(told(answer)).toEqual(["found LOG_UNAVAILABLE"]);
    expect(answer.failedLog).toBe(true);
    expect(answer.calls).toEqual([]);
  });

  test("of those kept out: those told of are not shown either", async () => {
    const answer = await world.ask(text, {
      judge: hiding(everybody[0] ?? ""),
      door: () => ({ recordSilently: async () => unwritable() }),
    });
    expect(answer.data).toEqual({ found: null });
    expect(told(answer)).toEqual(["found LOG_UNAVAILABLE"]);
  });

  test("of those told of", async () => {
    let records = 0;
    const answer = await world.ask(text, {
      door: (plain) => ({ record: async (decided) => (++records > 1 ? unwritable() : plain.record(decided)) }),
    });
    expect(answer.data).toEqual({ found: null });
    expect(answer.failedLog).toBe(true);
  });
});

describe("a warrant that goes while the search runs", () => {
  const gone = (ask: Ask) => {
    const verdict = denied(ask);
    if (verdict.kind !== "DENIED") throw new Error("never");
    return verdict.denial;
  };
  test("before the answer is read: withheld whole", async () => {
    const answer = await world.ask(text, {
      door: () => ({
        send: async () => {
          throw new WarrantGone(gone);
        },
      }),
    });
    expect(answer.data).toEqual({ found: null });
    expect(told(answer)).toEqual(["found UNAUTHORIZED_FIELD_OR_TYPE"]);
  });

  test("before the answer leaves, and be it for one person alone: withheld whole", async () => {
    const answer = await world.ask(text, {
      door: () => ({ lastLook: async () => (ask) => (ask.subject?.id === everybody[1] ? gone(ask) : null) }),
    });
    expect(answer.data).toEqual({ found: null });
    expect(answer.door.events.filter((event) => event.startsWith("released"))).toEqual([]);
  });
});
