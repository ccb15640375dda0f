import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parse } from "graphql";
import type { GraphQLAnswer } from "../../gateway/door/types.js";
import { type Answered, type Interfere, type OpenWorld, openWorld } from "./kit/open-world.js";
import { worlds } from "./worlds.js";

function open(name: string): () => OpenWorld {
  const world = worlds.find((each) => each.name === name);
  if (!world) throw new Error(`there is no world ${name}`);
  let opened: OpenWorld;
  beforeAll(async () => {
    opened = await openWorld(world);
  });
  afterAll(() => opened.close());
  return () => opened;
}

const instead =
  (subgraph: string, answer: () => GraphQLAnswer | Promise<GraphQLAnswer>): Interfere =>
  async (call, honest) =>
    call.subgraph === subgraph ? answer() : honest();
const told = ({ errors, data }: Answered) => ({
  errors: errors.map(({ path = [], extensions }) => `${path.join(".")} ${String(extensions?.code)}`),
  data: JSON.parse(JSON.stringify(data)) as unknown,
});
const unreachable = (): never => {
  throw new Error("connect ECONNREFUSED 10.0.0.1");
};

describe("a subgraph of entities fails", () => {
  const world = open("keys that are not resolvable");
  const query = parse("{ towns { name mayor { id name } } }");
  const spread = {
    towns: [
      { name: "Lyon", mayor: null },
      { name: "Metz", mayor: null },
    ],
  };

  test.each<[string, () => GraphQLAnswer, unknown, readonly string[]]>([
    ["is not there", unreachable, spread, ["towns.0.mayor.name SUBGRAPH_UNAVAILABLE"]],
    [
      "answers with errors alone",
      () => ({ errors: [{ message: "secret" }], data: null }) as never,
      spread,
      ["towns.0.mayor.name INTERNAL"],
    ],
    ["gives a list of another length", () => ({ data: { _entities: [] } }), spread, ["towns.0.mayor.name INTERNAL"]],
    ["gives no list", () => ({ data: { _entities: { name: "x" } } }) as never, spread, ["towns.0.mayor.name INTERNAL"]],
    [
      "gives a value of another kind",
      () => ({ data: { _entities: [{ name: { x: 1 } }] } }) as never,
      spread,
      ["towns.0.mayor.name INTERNAL"],
    ],
    [
      "gives null for what may not be",
      () => ({ data: { _entities: [{ name: null }] } }) as never,
      spread,
      ["towns.0.mayor.name INTERNAL"],
    ],
    ["leaves the field out", () => ({ data: { _entities: [{}] } }) as never, spread, ["towns.0.mayor.name INTERNAL"]],
  ])("%s: an error at the very field, a null at the next place that may be one", async (_, answer, data, errors) => {
    const answered = await world().ask(query, {}, instead("people", answer));
    expect(told(answered)).toEqual({ data, errors });
    expect(JSON.stringify(answered.errors)).not.toMatch(/secret|ECONNREFUSED|10\.0\.0\.1/);
  });
});

describe("one of several subgraphs fails", () => {
  const world = open("several keys, one leading to the next");

  test("what does not depend on it is answered; a non-null field of a list takes what the schema says with it", async () => {
    const query = parse("{ goods { name price } }");
    expect(told(await world().ask(query, {}, instead("prices", unreachable)))).toEqual({
      data: null,
      errors: ["goods.0.price SUBGRAPH_UNAVAILABLE"],
    });
    const nullable = parse(`{ good(id: "g1") { price } painted { colour } }`);
    expect(told(await world().ask(nullable, {}, instead("prices", unreachable)))).toEqual({
      data: { good: null, painted: [{ colour: "red" }, { colour: "blue" }] },
      errors: ["good.price SUBGRAPH_UNAVAILABLE"],
    });
  });

  test("what stands further down the chain is not asked", async () => {
    const query = parse(`{ good(id: "g1") { colour } }`);
    const answered = await world().ask(query, {}, instead("prices", unreachable));
    expect(told(answered)).toEqual({ data: { good: null }, errors: ["good.colour SUBGRAPH_UNAVAILABLE"] });
    expect(answered.calls.map(({ subgraph }) => subgraph)).toEqual(["catalogue", "prices"]);
  });
});

describe("what a computed field needs is not there", () => {
  const world = open("@requires with nested selections");

  test("the field fails for that cause, its neighbour lives", async () => {
    const broken: Interfere = async (call, honest) => {
      const answer = await honest();
      if (call.subgraph !== "boxes") return answer;
      return {
        data: { boxes: [{ __typename: "Box", id: "b1", size: { width: 1, unit: "m" }, maker: null }] },
        errors: [{ message: "no maker", path: ["boxes", 0, "maker"] }],
      } as never;
    };
    const answered = await world().ask(parse("{ boxes { plain label } }"), {}, broken);
    expect(told(answered)).toEqual({
      data: { boxes: [{ plain: "plain b1", label: null }] },
      errors: ["boxes.0.label INTERNAL"],
    });
  });
});

describe("mutations", () => {
  const world = open("mutations");

  test("are done one after the other, in the order of the operation, each read before the next begins", async () => {
    const document = parse(
      `mutation { a: pay(id: "c1") { lines } b: add(id: "c1", n: 1) { total } c: pay(id: "c1") { id } }`,
    );
    const running: string[] = [];
    const order: string[] = [];
    const answered = await world().ask(document, {}, async ({ subgraph, query }, honest) => {
      expect(running).toEqual([]);
      running.push(subgraph);
      const answer = await honest();
      running.pop();
      order.push(`${subgraph} ${query.startsWith("mutation") ? "does" : "reads"}`);
      return answer;
    });
    expect(answered.errors).toEqual([]);
    expect(order).toEqual(["money does", "carts reads", "carts does", "money reads", "money does"]);
  });
});
