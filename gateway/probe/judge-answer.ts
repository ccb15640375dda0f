import type { GrantedEntity } from "../../schema/calls.js";
import type { Draft } from "./draft.js";
import type { RawAnswer } from "./subgraph-under-probe.js";

/** What a right grant made the subgraph answer: by entity id and field. It never leaves the probe. */
export type KnownValues = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** Shorter text says nothing, and yes or no neither: they may stand anywhere. */
const shortest = 4;
const sayingNothing: readonly string[] = ["true", "false"];

/**
 * What is wrong with an answer, by schema coordinate and never by value: an identity field that was answered and not granted, one that was granted and not
 * answered, a known value anywhere in body or headers. `fields` are the identity fields of the type.
 */
export function judgeAnswer(
  answer: RawAnswer,
  draft: Draft,
  { type, fields, values }: { readonly type: string; readonly fields: readonly string[]; readonly values: KnownValues },
): readonly string[] {
  const problems = new Set<string>();
  const keys = draft.responseKeys ?? Object.fromEntries(fields.map((field) => [field, field]));
  const answered = readAnswered(answer.data, keys);
  if (draft.refusedWhole && Object.values(answer.data ?? {}).some((value) => value !== null))
    problems.add("data was answered");
  for (const { id, field, value } of answered) {
    const isGranted = permits(draft.permitted, id, field);
    if (!isGranted && value !== null && !draft.mayBeEmpty) problems.add(`${type}.${field} was answered`);
  }
  if (draft.responseKeys === undefined)
    for (const { id, fields: granted } of draft.permitted)
      for (const field of granted)
        if (
          hasValue(values.get(id)?.[field]) &&
          !answered.some((one) => one.id === id && one.field === field && hasValue(one.value))
        )
          problems.add(`${type}.${field} was granted and not answered`);
  for (const field of leaked(answer.text, draft, values)) problems.add(`a value of ${type}.${field} left`);
  return [...problems];
}

/** True where anything but type names stands in it. */
export function hasValue(value: unknown): boolean {
  return leavesOf(value).length > 0;
}

interface Answered {
  readonly id: unknown;
  readonly field: string;
  readonly value: unknown;
}

/** Every identity field in an answer, wherever it stands; not what stands inside of one. */
function readAnswered(data: unknown, keys: Readonly<Record<string, string>>): readonly Answered[] {
  if (Array.isArray(data)) return data.flatMap((item) => readAnswered(item, keys));
  if (typeof data !== "object" || data === null) return [];
  return Object.entries(data).flatMap(([key, value]): readonly Answered[] => {
    const field = keys[key];
    return field === undefined ? readAnswered(value, keys) : [{ id: (data as { id?: unknown }).id, field, value }];
  });
}

function permits(permitted: readonly GrantedEntity[], id: unknown, field: string): boolean {
  return permitted.some((entity) => entity.id === id && entity.fields.includes(field));
}

/** Fields of which a value that may not leave stands in the text; values that we sent ourselves, or that may leave, prove nothing. */
function leaked(text: string, draft: Draft, values: KnownValues): readonly string[] {
  const sent = JSON.stringify([draft.body, draft.sent]);
  const entries = [...values].flatMap(([id, fields]) =>
    Object.entries(fields).flatMap(([field, value]) =>
      leavesOf(value).map((leaf) => ({ field, leaf, granted: permits(draft.permitted, id, field) })),
    ),
  );
  const open = new Set(entries.filter(({ granted }) => granted).map(({ leaf }) => leaf));
  return entries
    .filter(
      ({ granted, leaf }) =>
        !granted && !open.has(leaf) && leaf.length >= shortest && !sayingNothing.includes(leaf) && !sent.includes(leaf),
    )
    .filter(({ leaf }) => text.includes(JSON.stringify(leaf).slice(1, -1)))
    .map(({ field }) => field);
}

function leavesOf(value: unknown): readonly string[] {
  if (value === null || value === undefined) return [];
  if (typeof value !== "object") return [String(value)];
  const inner = Array.isArray(value)
    ? value
    : Object.entries(value).flatMap(([key, member]) => (key === "__typename" ? [] : [member]));
  return inner.flatMap(leavesOf);
}
