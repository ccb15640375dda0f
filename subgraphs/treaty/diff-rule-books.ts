import { canonicalJson } from "../../schema/canonical-json.js";
import type { RuleBook as LawBook } from "../../schema/law/rule-book.js";

/** What came, what went, and what reads differently, by id. */
export interface ListDifference {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** With the members that differ. */
  readonly changed: readonly { readonly id: string; readonly members: readonly string[] }[];
}

export interface RuleBookDifference {
  readonly rules: ListDifference;
  readonly instruments: ListDifference;
  readonly countries: ListDifference;
  readonly offences: ListDifference;
  readonly offenceCategories: ListDifference;
  readonly platforms: ListDifference;
  readonly sources: ListDifference;
  /** Other members of the book that differ: version, asOf, disclaimer, knownGaps, judiciaryModel. */
  readonly other: readonly string[];
}

/** From the first book to the second. */
export function diffRuleBooks(from: LawBook, to: LawBook): RuleBookDifference {
  return {
    rules: diffLists(from.rules, to.rules, ({ id }) => id),
    instruments: diffLists(from.instruments, to.instruments, ({ id }) => id),
    countries: diffLists(from.countries, to.countries, ({ alpha2 }) => alpha2),
    offences: diffLists(from.offences.national, to.offences.national, ({ code }) => code),
    offenceCategories: diffLists(from.offences.categories, to.offences.categories, ({ code }) => code),
    platforms: diffLists(from.platforms, to.platforms, ({ code }) => code),
    sources: diffLists(from.sources, to.sources, ({ id }) => id),
    other: (["version", "asOf", "disclaimer", "knownGaps", "judiciaryModel"] as const).filter(
      (member) => !isSame(from[member], to[member]),
    ),
  };
}

function diffLists<T extends object>(from: readonly T[], to: readonly T[], idOf: (item: T) => string): ListDifference {
  const [before, after] = [
    new Map(from.map((item) => [idOf(item), item])),
    new Map(to.map((item) => [idOf(item), item])),
  ];
  const changed = [...before].flatMap(([id, item]) => {
    const other = after.get(id);
    const members = other === undefined ? [] : differingMembers(item, other);
    return members.length === 0 ? [] : [{ id, members }];
  });
  return {
    added: [...after.keys()].filter((id) => !before.has(id)),
    removed: [...before.keys()].filter((id) => !after.has(id)),
    changed,
  };
}

function differingMembers(one: object, other: object): string[] {
  const [before, after] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (member) => !isSame(before.get(member), after.get(member)),
  );
}

function isSame(one: unknown, other: unknown): boolean {
  return canonicalJson(one ?? null) === canonicalJson(other ?? null);
}
