import { buildSchema, parse } from "graphql";
import { pino } from "pino";
import { loadWarrants } from "../../gateway/door/load-warrants.js";
import { type OpenedDoor, openDoors } from "../../gateway/door/open-door.js";
import type { Ask } from "../../gateway/door/types.js";
import type { IdentityField } from "../../schema/identity/catalog.js";
import { decideBest } from "../../schema/law/decide-best.js";
import { type Inquiry, type Order, questionsForWarrant } from "../../schema/law/questions-for-warrant.js";
import { storyMoment } from "../kit/start-rogatory.js";
import { answerJustice, ruleBook as book } from "./shop/stand-ins.js";

/** Processor time in milliseconds for the persons of one operation. */
export interface DecisionCost {
  /** The door's verdict about each: her target and item found, what is known of her compared, the law asked as often as they differ. */
  readonly door: number;
  /** The law alone, asked about each anew on what is known of her. */
  readonly law: number;
}

const schema = buildSchema(
  "enum R { ERRORS } directive @warrant(id: ID!, report: R! = ERRORS, dryRun: Boolean! = false) on QUERY type Query { x: Int }",
);
const moment = new Date(storyMoment);
const legalName: IdentityField = {
  ...{ coordinate: "User.legalName", type: "User", field: "legalName", category: "SUBSCRIBER" },
  ...{ subjectPath: [], at: null, half: "accounts_identity" },
};

/** What it costs to decide about so many persons under a warrant that was never read before; of them `kinds` differ in what is known of them. */
export async function measureDecisions(persons: number, kinds: number, seconds: number): Promise<DecisionCost> {
  const asks = asksAbout(persons, kinds);
  const door = await costOf(seconds, { make: () => openDoor(persons), run: (opened) => asks.map(opened.judge) });
  const law = await costOf(seconds, { make: async () => asks, run: (each) => each.map(askLaw) });
  return { door, law };
}

function asksAbout(persons: number, kinds: number): readonly Ask[] {
  const countries = book.countries.map(({ alpha2 }) => alpha2);
  return Array.from({ length: persons }, (_, index) => {
    const kind = index % kinds;
    const residence = countries[kind % countries.length] ?? null;
    const nationality = countries[Math.floor(kind / countries.length) % countries.length] ?? null;
    const facts = { providerCountry: "IE", residence, nationality, locatedIn: null, protectedRole: null };
    const id = String(index + 1);
    return { field: legalName, entityType: "User", entityId: id, subject: { id, facts } };
  });
}

async function openDoor(persons: number): Promise<OpenedDoor> {
  const ask = async (_service: string, _query: string, variables: Readonly<Record<string, unknown>>) =>
    answerJustice({ variables }) as Record<string, unknown>;
  const nothing = async () => Promise.reject(new Error("nothing is recorded or sent"));
  const door = openDoors({
    ...{ schema, loadWarrant: loadWarrants(ask), clock: () => moment, log: pino({ enabled: false }) },
    ruleBook: { current: async () => book },
    recorder: { append: nothing, note: () => undefined },
    sendIdentity: nothing,
  })({
    principal: { sub: "judge", role: "JUDICIAL", country: "FR", authority: "fr-tj-paris", platform: null },
    ...{ operationId: "op", operationName: null, operationHash: "", variables: {} },
    document: parse(`query @warrant(id: "warrant-${persons}") { x }`),
  });
  await door.prepare();
  return door;
}

/** What the warrant of the stand-in orders. */
const order: Order = {
  ...{ requesting: "FR", authority: "JUDGE", validatedBy: null, platform: "FACEBOOK", kind: "PRODUCTION" },
  ...{ offenceCodes: ["FR-1881-24"], committedOnline: true, offenceCountry: "FR" },
  ...{ solePurposeIdentification: true, emergency: false },
};

function askLaw({ subject }: Ask): unknown {
  if (subject === null) throw new Error("every person is known");
  const { providerCountry, residence, nationality } = subject.facts;
  const known: Omit<Inquiry, "order"> = {
    ...{ category: "SUBSCRIBER", at: moment.toISOString(), factsBasis: "KNOWN", providerCountry },
    subject: { residence, nationality, locatedIn: null, protectedRole: null },
  };
  return decideBest(questionsForWarrant({ order, ...known }, book), book);
}

/** Milliseconds of processor time for one run, after as many as make it fast; what is made for a run is not counted. */
async function costOf<Made>(
  seconds: number,
  { make, run }: { readonly make: () => Promise<Made>; readonly run: (made: Made) => unknown },
): Promise<number> {
  let [spent, runs] = [0, 0];
  const begun = performance.now();
  for (let round = 0; performance.now() - begun < seconds * 1_000 || round < 3; round += 1) {
    const made = await Promise.all(Array.from({ length: 20 }, make));
    const before = process.cpuUsage();
    for (const each of made) run(each);
    const { user, system } = process.cpuUsage(before);
    if (round < 2) continue;
    spent += (user + system) / 1_000;
    runs += made.length;
  }
  return spent / runs;
}
