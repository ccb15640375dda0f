import type { Installation, Told } from "./installation.js";
import type { KeptLeaf } from "./kept-leaves.js";
import { operationOf } from "./read-told.js";

/** Everything that anybody could see of one asking: the client, the subgraphs, whoever reads the log without its openings. */
export interface AsSeen {
  readonly status: number;
  /** The answer byte for byte, but for ids, hashes and signatures. */
  readonly answer: string;
  readonly headers: readonly string[];
  /** Every fetch: which service, with or without a grant, with which text; sorted, since what is asked at once arrives in any order. */
  readonly fetches: readonly string[];
  /** Of every leaf its type, its keys and which of them are null; of its decisions the fields alone. */
  readonly leaves: readonly unknown[];
}

/**
 * Asks, and describes what was to be seen. Two askings that differ in nothing but what a denial must not tell are the same: `names` are the words by which the
 * two were asked, such as the ids of two persons.
 */
export async function seeAsking(
  site: Installation,
  ask: () => Promise<Told>,
  names: readonly string[] = [],
): Promise<AsSeen> {
  site.wire.asked.length = 0;
  const told = await ask();
  const fetches = site.wire.asked.map(({ service, identity, query }) => `${service} ${identity} ${query}`);
  const leaves = await site.leaves(operationOf(told));
  const blank = (text: string): string =>
    names.reduce((left, name) => left.replaceAll(name, "NAME"), text.replace(ids, '"…"').replace(place, '"batch":"…"'));
  return {
    status: told.status,
    answer: blank(told.bytes),
    headers: [...told.headers].map(([name, value]) => (unlike.has(name) ? name : blank(`${name}: ${value}`))),
    fetches: fetches.map(blank).sort(),
    leaves: leaves.map(shapeOf),
  };
}

/** UUIDs, hashes in hex, signatures in base64, and seals, which cover nothing but what stands beside them. */
const ids = /"([0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64}|[A-Za-z0-9+/]{86}==|eyJ[\w-]+\.\.[\w-]{86})"/g;
/** Where a receipt stands in the log: it depends on what else was recorded. */
const place = /"batch":\d+,"ordinal":\d+,"size":\d+,"path":\[("…",?)*\]/g;
/** Headers that say when, and how many digits the numbers above have. */
const unlike = new Set(["date", "content-length"]);

function shapeOf({ leaf }: KeptLeaf): unknown {
  return Object.fromEntries(
    Object.entries(leaf).map(([key, value]) => {
      if (key === "type") return [key, value];
      if (key === "fields") return [key, (value as { field: string }[]).map(({ field }) => field)];
      return [key, value === null ? null : typeof value];
    }),
  );
}
