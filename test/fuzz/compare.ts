import { isDeepStrictEqual } from "node:util";
import type { ExecutionResult, GraphQLFormattedError } from "graphql";
import { refusals } from "../../schema/refusals.js";

interface Told {
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

interface Answered {
  readonly data: unknown;
  readonly errors: readonly Told[];
}

/**
 * How the gateway's answer differs from the monolith's: null where data and every (path, code) are the same. Where a null has spread upwards, GraphQL lets a server leave
 * out errors beside the one that caused it; so there only the place it spread to counts. `spreads`: the operation asks for a non-null field that may fail. In a subgraph its
 * null takes neighbours with it, the facts of a person among them, that the monolith answers under another alias: those must be null with an error, whatever its code.
 */
export function difference(
  ours: { readonly data: unknown; readonly errors: readonly GraphQLFormattedError[] },
  theirs: ExecutionResult,
  spreads: boolean,
): string | null {
  const answered: Answered = { data: plain(ours.data), errors: ours.errors };
  const expected = plain(theirs.data ?? null);
  const text = `\n  ours:     ${JSON.stringify(answered.data)}\n  monolith: ${JSON.stringify(expected)}`;
  if (!isDeepStrictEqual(answered.data, expected))
    return spreads && lostToNeighbours(answered, answered.data, expected, []) ? null : `data${text}`;
  if (JSON.stringify(answered.data) !== JSON.stringify(expected)) return `the order of the fields${text}`;
  const told = errorSet(answered.data, answered.errors, spreads);
  const should = errorSet(expected, theirs.errors ?? [], spreads);
  return isDeepStrictEqual(told, should)
    ? null
    : `errors\n  ours:     ${JSON.stringify(told)}\n  monolith: ${JSON.stringify(should)}`;
}

function lostToNeighbours(
  answered: Answered,
  ours: unknown,
  theirs: unknown,
  path: readonly (string | number)[],
): boolean {
  if (isDeepStrictEqual(ours, theirs)) return true;
  if (ours === null) return answered.errors.some((error) => isDeepStrictEqual(error.path?.slice(0, path.length), path));
  if (typeof ours !== "object" || typeof theirs !== "object" || theirs === null) return false;
  const keys = Object.keys(theirs);
  if (!isDeepStrictEqual(Object.keys(ours), keys)) return false;
  return keys.every((key) => {
    const step = Array.isArray(theirs) ? Number(key) : key;
    return lostToNeighbours(
      answered,
      (ours as Record<string, unknown>)[key],
      (theirs as Record<string, unknown>)[key],
      [...path, step],
    );
  });
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function errorSet(data: unknown, errors: readonly Told[], spreads: boolean): string[] {
  return [...new Set(errors.map((error) => place(data, error, spreads)))].sort();
}

function place(data: unknown, { path = [], extensions = {} }: Told, spreads: boolean): string {
  let at = data;
  for (const [index, step] of path.entries()) {
    if (at === null) return `${path.slice(0, index).join(".")} (spread)`;
    at = (at as Record<string | number, unknown>)[step];
  }
  return `${path.join(".")}${spreads ? "" : ` ${code(extensions)}`}`;
}

function code({ code, refusal }: Readonly<Record<string, unknown>>): string {
  if (typeof refusal === "string") return refusals[refusal as keyof typeof refusals].code;
  return typeof code === "string" ? code : "INTERNAL";
}
