import { readFile } from "node:fs/promises";
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";

/** Keys older than this are read again before they are used, in milliseconds; where that fails they are used on. */
const freshMs = 60_000;
/** Keys older than this are believed no more: a key that a gateway took back is refused by then, whoever keeps us from reading. */
const usableMs = 600_000;
/** Least time between two looks at one place, and shorter while nothing is known of it: unknown key ids cannot make us read without end. */
const pauseMs = { known: 10_000, unknown: 1_000 };
/** Longest wait for one look, and largest key set, in milliseconds and characters. */
const timeoutMs = 2_000;
const largest = 100_000;

/** The gateways' keys cannot be read: nobody can be believed just now. */
export class GatewayKeysUnavailable extends Error {
  override readonly name = "GatewayKeysUnavailable";
}

export interface GatewayKeysOptions {
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
  readonly read?: (place: string) => Promise<JSONWebKeySet>;
}

/**
 * The public keys of one gateway or several, each place a URL (`…/.well-known/rogatory/jwks.json`) or a file, found by the token's `kid`. A key id that nobody
 * knows makes us look once more, so that rotating keys needs no restart, and is then refused. Nothing that a token says about where its key lies is followed.
 * Throws JWKSNoMatchingKey, or GatewayKeysUnavailable where it is unknown and some place could not be read.
 */
export function openGatewayKeys(places: readonly string[], options: GatewayKeysOptions = {}): JWTVerifyGetKey {
  const { now = () => performance.now(), read = readKeySet } = options;
  const shelves = places.map((place) => openShelf(() => read(place), now));
  return async (header, token) => {
    for (const attempt of ["as known", "read again"] as const) {
      if (attempt === "read again") await Promise.all(shelves.map((shelf) => shelf.look()));
      for (const shelf of shelves) {
        const keys = await shelf.keys();
        const found = await keys?.(header, token);
        if (found !== undefined) return found;
      }
    }
    throw shelves.every((shelf) => shelf.isRead()) ? new errors.JWKSNoMatchingKey() : new GatewayKeysUnavailable();
  };
}

/** Undefined where there is no such key. */
type FindKey = (...given: Parameters<JWTVerifyGetKey>) => Promise<Awaited<ReturnType<JWTVerifyGetKey>> | undefined>;

/** What is known of one place. */
interface Shelf {
  /** Undefined while there are none that may be believed. Never rejects. */
  keys(): Promise<FindKey | undefined>;
  /** Reads again, unless that was just done. Never rejects. */
  look(): Promise<void>;
  /** Whether the last look was good. */
  isRead(): boolean;
}

function openShelf(read: () => Promise<JSONWebKeySet>, now: () => number): Shelf {
  let known: { readonly keys: FindKey; readonly at: number } | undefined;
  let last: { readonly at: number; readonly good: boolean } | undefined;
  let looking: Promise<void> | undefined;

  const usable = (): boolean => known !== undefined && now() - known.at < usableMs;

  const look = async (): Promise<void> => {
    if (last !== undefined && now() - last.at < (usable() ? pauseMs.known : pauseMs.unknown)) return;
    looking ??= read()
      .then((set) => {
        known = { keys: findIn(createLocalJWKSet(set)), at: now() };
        last = { at: now(), good: true };
      })
      .catch(() => {
        last = { at: now(), good: false };
      })
      .finally(() => {
        looking = undefined;
      });
    return looking;
  };

  return {
    look,
    isRead: () => last?.good === true,
    async keys() {
      if (known !== undefined && now() - known.at >= freshMs) await look();
      return usable() ? known?.keys : undefined;
    },
  };
}

function findIn(keys: JWTVerifyGetKey): FindKey {
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey) return undefined;
      throw error;
    }
  };
}

async function readKeySet(place: string): Promise<JSONWebKeySet> {
  return JSON.parse(
    /^https?:\/\//.test(place) ? await download(place) : await readFile(place, "utf8"),
  ) as JSONWebKeySet;
}

async function download(url: string): Promise<string> {
  const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(timeoutMs) });
  const text = await response.text();
  if (!response.ok || text.length > largest) throw new Error(`no key set at ${url}`);
  return text;
}
