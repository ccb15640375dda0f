import type { Ask, Denial, Subject, Verdict } from "../../../gateway/door/types.js";
import type { KnownFacts } from "../../../schema/calls.js";
import { identifierText } from "../../../schema/identity/identifier.js";
import type { DataCategory } from "../../../schema/law/vocabulary.js";
import { fields, hash, period, type Thing } from "./data.js";

/** A law for one operation: two in three categories are open for a person, whatever is asked of her, and three in four searches. */
export type Policy = (category: DataCategory, subject: Subject | null, search?: string) => boolean;

export const policyOf =
  (seed: number): Policy =>
  (category, subject, search) =>
    subject === null
      ? search !== undefined && hash(`${seed} ${search}`) % 4 !== 0
      : hash(`${seed} ${category} ${subject.id} ${String(subject.facts.residence)}`) % 3 !== 0;

/** The name of a search, as the door records it. */
export function identifierOf(args: Readonly<Record<string, unknown>>): string {
  const { address, port = null, from, to } = args as Record<string, string> & { port?: number | null };
  const time = (text: unknown): string => new Date(String(text)).toISOString();
  return identifierText({ kind: "IP_ADDRESS", address: String(address), port, from: time(from), to: time(to) });
}

/** The person that an object of the world is about, found as the split tells the planner to. */
export function subjectOf(source: Thing, path: readonly string[]): Subject | null {
  let person: Thing | null = source;
  for (const step of path)
    person = person && (fields[person.__typename]?.[step]?.(person as never, {} as never) as Thing | null);
  return person && { id: person.id, facts: fields.User?.jurisdiction?.(person as never, {} as never) as KnownFacts };
}

const denials = new Map<DataCategory, Denial>();

export function denialOf(category: DataCategory): Denial {
  const denial = denials.get(category) ?? {
    code: "NO_ROUTE",
    category,
    effect: "DENY",
    rule: null,
    reason: `${category} is closed.`,
  };
  denials.set(category, denial);
  return denial;
}

export function judgeBy(policy: Policy): (ask: Ask) => Verdict {
  return ({ field, subject, search }) =>
    policy(field.category, subject, search && identifierText(search))
      ? { kind: "PERMITTED", window: field.at === null ? null : period }
      : { kind: "DENIED", denial: denialOf(field.category) };
}
