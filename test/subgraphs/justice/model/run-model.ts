import { expect } from "@jest/globals";
import fc from "fast-check";
import { draft } from "../acts.js";
import { freshWorld, needsValidation } from "../fake-graph.js";
import {
  type Answer,
  centralFr,
  enforcer,
  facebook,
  type JusticeUnderTest,
  paris,
  prosecutor,
  type Who,
} from "../justice-under-test.js";
import {
  type ActName,
  type ActorName,
  attempt,
  draftModel,
  expiryDay,
  extensionDays,
  type Model,
  preservedDays,
  seenOn,
  type Try,
} from "./warrant-model.js";

/** Drives random actors through random acts, one at a time or two at once on two connections, and holds what comes of it against the model. */

const start = Date.parse("2026-11-23T10:00:00.000Z");
const dayLength = 86_400_000;

type Ask = JusticeUnderTest["ask"];
interface Real {
  readonly justice: JusticeUnderTest;
  /** Two ways in: two connections on a server. */
  readonly ways: readonly [Ask, Ask];
  readonly warrant: { readonly id: string; readonly contentHash: string; readonly items: readonly string[] };
}
interface Book {
  model: Model;
  day: number;
}

const actors: Record<ActorName, Who> = {
  ...{ prosecutor, judge: paris, provider: facebook, enforcer },
  central: { ...centralFr, mayRevoke: true },
};
const mayTry: Record<ActName, readonly ActorName[]> = {
  ...{ issue: ["prosecutor", "judge"], validate: ["prosecutor", "judge"], decline: ["prosecutor", "judge"] },
  ...{ answer: ["prosecutor", "judge"], extend: ["prosecutor", "judge"], revoke: ["prosecutor", "judge", "central"] },
  ...{ accept: ["provider"], contest: ["provider"], notHeld: ["provider"], refuse: ["provider"], fulfil: ["provider"] },
  ...{ clear: ["enforcer"], object: ["enforcer"] },
};

const tries: fc.Arbitrary<Try> = fc
  .tuple(
    // Ends come seldom, or no life would be long.
    fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom<ActName[]>("issue", "validate", "accept", "contest", "answer") },
      { weight: 6, arbitrary: fc.constantFrom<ActName[]>("fulfil", "clear", "refuse", "notHeld", "object", "extend") },
      { weight: 1, arbitrary: fc.constantFrom<ActName[]>("decline", "revoke") },
    ),
    fc.nat(),
    fc.constantFrom<(readonly number[] | null)[]>(null, [0], [1], [0, 1]),
  )
  .map(([act, who, items]) => ({ act, actor: mayTry[act][who % mayTry[act].length] as ActorName, items }));

class Act implements fc.AsyncCommand<Book, Real> {
  constructor(readonly one: Try) {}
  check = (): boolean => true;
  async run(book: Book, real: Real): Promise<void> {
    const expected = attempt(book.model, this.one, book.day);
    const code = await make(real, real.ways[0], this.one);
    expect(code).toBe("code" in expected ? expected.code : null);
    if ("model" in expected) book.model = expected.model;
    await compare(book, real);
  }
  toString = (): string => tell(this.one);
}

class AtOnce implements fc.AsyncCommand<Book, Real> {
  constructor(
    readonly one: Try,
    readonly other: Try,
  ) {}
  /** Each of the two could be done, alone: so at most one of them can be done as things stand. */
  check = ({ model, day }: Readonly<Book>): boolean =>
    [this.one, this.other].every((act) => "model" in attempt(model, act, day));
  async run(book: Book, real: Real): Promise<void> {
    const codes = await Promise.all([make(real, real.ways[0], this.one), make(real, real.ways[1], this.other)]);
    const possible = this.outcomes(book, codes);
    const seen = await read(real);
    const found = possible.find((model) => fits(model, book.day, seen));
    expect({
      codes,
      seen,
      possible: possible.map((model) => seenOn(model, book.day)),
      fits: found !== undefined,
    }).toMatchObject({ fits: true });
    if (found) book.model = found;
    await compare(book, real);
  }

  /** The warrants that may come of it: both acts in one order or the other, one alone, or none; whoever is refused changed nothing. */
  private outcomes({ model, day }: Book, [one, other]: readonly (string | null)[]): Model[] {
    const after = (from: Model, act: Try): Model[] => {
      const result = attempt(from, act, day);
      return "model" in result ? [result.model] : [];
    };
    const inTurn = (first: Try, second: Try): Model[] => after(model, first).flatMap((next) => after(next, second));
    if (one === null && other === null) return [...inTurn(this.one, this.other), ...inTurn(this.other, this.one)];
    if (one === null) return after(model, this.one);
    if (other === null) return after(model, this.other);
    // Nobody won: then neither could have, alone.
    return [...after(model, this.one), ...after(model, this.other)].length === 0 ? [model] : [];
  }
  toString = (): string => `at once: ${tell(this.one)} | ${tell(this.other)}`;
}

class Wait implements fc.AsyncCommand<Book, Real> {
  constructor(readonly days: number) {}
  check = (): boolean => true;
  async run(book: Book, real: Real): Promise<void> {
    book.day += this.days;
    real.justice.now = new Date(start + book.day * dayLength);
    await compare(book, real);
  }
  toString = (): string => `${this.days} days later`;
}

/** Plays `runs` random lives. `ways`: the two connections. Throws with the shortest life that went wrong. */
export async function playLives(
  justice: JusticeUnderTest,
  ways: readonly [Ask, Ask],
  { runs, seed, length }: { readonly runs: number; readonly seed: number; readonly length: number },
): Promise<void> {
  const commands = fc.commands(
    [
      tries.map((one) => new Act(one)),
      tries.map((one) => new Act(one)),
      ...Array.from({ length: 6 }, () => fc.tuple(tries, tries).map(([one, other]) => new AtOnce(one, other))),
      fc.constantFrom(1, 4, 7).map((days) => new Wait(days)),
    ],
    { maxCommands: length, size: "max" },
  );
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.nat(2), commands, async (validation, one, cmds) => {
      const preservation = one === 0;
      const setup = async () => ({
        model: { model: draftModel(validation, preservation), day: 0 },
        real: await begin(justice, ways, { validation, preservation }),
      });
      await fc.asyncModelRun(setup, cmds);
    }),
    { numRuns: runs, seed, endOnFailure: runs < 50 },
  );
}

async function begin(
  justice: JusticeUnderTest,
  ways: Real["ways"],
  { validation, preservation }: { readonly validation: boolean; readonly preservation: boolean },
): Promise<Real> {
  justice.now = new Date(start);
  const hold = [
    { kind: "NOTIFY_ENFORCING_AUTHORITY", owner: "ISSUING_AUTHORITY", dueHours: 0, text: "Notify." },
    { kind: "HOLD", owner: "PROVIDER", dueHours: 240, text: "Hold." },
  ];
  const effect = preservation ? "PERMIT_PRESERVATION" : "PERMIT_VOLUNTARY";
  const kept = { rule: { id: "R-EE-PRESERVE", preservation: { days: preservedDays, extensionDays } } };
  Object.assign(justice.world, freshWorld(), {
    effects: { SUBSCRIBER: effect, USER_IDENTIFICATION: effect },
    law: preservation
      ? { SUBSCRIBER: kept, USER_IDENTIFICATION: kept }
      : { USER_IDENTIFICATION: { obligations: hold } },
    ...(validation && { preview: needsValidation }),
  });
  const { warrant } = await draft(justice, prosecutor, {
    ...(preservation && { kind: "PRESERVATION" }),
    expiresAt: new Date(start + expiryDay * dayLength).toISOString(),
  });
  const { id, contentHash, items } = warrant;
  return { justice, ways, warrant: { id, contentHash, items: items.nodes.map((item: { id: string }) => item.id) } };
}

/** Null: done. Else the code of the refusal. */
async function make({ warrant }: Real, ask: Ask, { act, actor, items }: Try): Promise<string | null> {
  const { id, contentHash } = warrant;
  const itemIds = items?.map((place) => warrant.items[place]) ?? null;
  const objection = { id, itemIds, ground: act === "object" ? "NE_BIS_IN_IDEM" : "OVERBROAD", text: "Because." };
  const mutations: Record<ActName, [string, string, object]> = {
    issue: ["issueWarrant", "IssueWarrantInput!", { id, contentHash }],
    validate: ["validateWarrant", "IssueWarrantInput!", { id, contentHash }],
    accept: ["acceptWarrant", "AnswerOrderInput!", { id, contentHash, itemIds }],
    contest: ["contestWarrant", "ContestInput!", objection],
    refuse: ["refuseWarrant", "ContestInput!", objection],
    notHeld: ["contestWarrant", "ContestInput!", { ...objection, ground: "DATA_NOT_HELD" }],
    fulfil: ["fulfilItems", "AnswerOrderInput!", { id, contentHash, itemIds }],
    clear: ["clearHold", "AnswerOrderInput!", { id, contentHash, itemIds }],
    object: ["objectToWarrant", "ContestInput!", objection],
    decline: ["declineValidation", "", {}],
    revoke: ["revokeWarrant", "", {}],
    answer: ["answerContest", "", {}],
    extend: ["extendPreservation", "", {}],
  };
  const [field, type, input] = mutations[act];
  const words = act === "extend" ? "" : `, ${act === "answer" ? "text" : "reason"}: "Because."`;
  const document = type
    ? `mutation ($input: ${type}) { done: ${field}(input: $input) { userErrors { code } } }`
    : `mutation { done: ${field}(id: "${id}"${words}) { userErrors { code } } }`;
  const answer: Answer = await ask(actors[actor], document, type ? { input } : {});
  if (answer.errors?.[0]) {
    // Whoever was slower is told so; nothing else is an error.
    expect(answer.errors[0].extensions).toEqual({ code: "CONFLICT", refusal: "CHANGED_MEANWHILE" });
    return "CONFLICT";
  }
  return answer.data.done.userErrors[0]?.code ?? null;
}

type Seen = Awaited<ReturnType<typeof read>>;

async function read({ justice, warrant }: Real) {
  const { data } = await justice.ask(
    prosecutor,
    `{ warrant(id: "${warrant.id}") { status items { nodes { status } } history { at from to } } }`,
  );
  const { status, items, history } = data.warrant;
  return {
    status: status as string,
    items: items.nodes.map((item: { status: string }) => item.status) as string[],
    history,
  };
}

function fits(model: Model, day: number, seen: Seen): boolean {
  const expected = seenOn(model, day);
  return (
    seen.status === expected.status &&
    seen.items.join() === expected.items.join() &&
    seen.history.length === lengthOf(model, day)
  );
}

/** Each act once; expiry, which nobody does, is told as well. */
function lengthOf(model: Model, day: number): number {
  return model.done + (seenOn(model, day).status === "EXPIRED" ? 1 : 0);
}

async function compare({ model, day }: Book, real: Real): Promise<void> {
  const { history, ...seen } = await read(real);
  expect(seen).toEqual(seenOn(model, day));
  expect(history).toHaveLength(lengthOf(model, day));
  history.forEach(({ at, from }: { at: string; from: string | null }, place: number) => {
    expect(from).toBe(place === 0 ? null : history[place - 1].to);
    if (place > 0) expect(Date.parse(at)).toBeGreaterThanOrEqual(Date.parse(history[place - 1].at));
  });
  expect(history.at(-1).to).toBe(seen.status);
}

function tell({ act, actor, items }: Try): string {
  return `${actor} ${act} ${items === null ? "all" : items.join("+")}`;
}
