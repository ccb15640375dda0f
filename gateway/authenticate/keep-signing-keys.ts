import type { JWK } from "jose";
import { keyKeptSeconds, keyLeadSeconds } from "../../schema/calls.js";
import type { FoundKey } from "./read-signing-keys.js";
import type { SigningKey } from "./signing-key.js";

/** The keys of a gateway: the one that signs now, and the public part of every one by which something of it may still be checked. */
export interface SigningKeys {
  signing(): SigningKey;
  published(): readonly JWK[];
}

export interface KeptKeys extends SigningKeys {
  /** Looks where the keys lie. Throws SigningKeyError where they cannot be read; then everything stays as it was. */
  look(): Promise<void>;
}

interface Held {
  readonly key: SigningKey;
  /** Milliseconds; since when it is published. */
  readonly since: number;
  /** False once it lies there no more. */
  present: boolean;
  /** When it ceased to sign or to lie there, whichever was later; null while it does either. */
  left: number | null;
}

/**
 * Rotation without a restart. A key that appears is published at once and signs after `keyLeadSeconds`; one that signs no more, or was taken away, stays
 * published for `keyKeptSeconds`. Of several the last by name signs, among those published long enough; where none is, the one that signed before goes on,
 * and at the start the first by name. `now` in milliseconds.
 */
export async function keepSigningKeys(read: () => Promise<readonly FoundKey[]>, now: () => number): Promise<KeptKeys> {
  const held = new Map<string, Held>();
  let current: Held | null = null;

  async function look(): Promise<void> {
    const found = await read();
    const time = now();
    const names = new Set(found.map(({ key }) => key.kid));
    for (const [kid, one] of held) if (one.present && !names.has(kid)) leave(one, time);
    for (const { key, ageMs } of found) {
      const before = held.get(key.kid);
      held.delete(key.kid);
      // At the start a key is as old as its file; later it is as old as our knowledge of it.
      const since = before?.since ?? (current === null ? time - ageMs : time);
      const one: Held = { key, since, present: true, left: null };
      if (before === current && before !== undefined) current = one;
      held.set(key.kid, one);
    }
    choose();
  }

  function leave(one: Held, time: number): void {
    one.present = false;
    if (one !== current) one.left = time;
  }

  function choose(): Held {
    const time = now();
    const present = [...held.values()].filter((one) => one.present);
    const ready = present.filter(({ since }) => time - since >= keyLeadSeconds * 1000);
    const chosen = ready.at(-1) ?? current ?? present[0];
    if (chosen === undefined) throw new Error("keys are chosen from what was read");
    if (current !== null && chosen !== current) current.left = time;
    chosen.left = null;
    current = chosen;
    for (const [kid, { present: lies, left }] of held)
      if (!lies && left !== null && time - left >= keyKeptSeconds * 1000) held.delete(kid);
    return chosen;
  }

  await look();
  return {
    look,
    signing: () => choose().key,
    published() {
      choose();
      return [...held.values()].map(({ key }) => key.publicJwk);
    },
  };
}

/** One key that never changes. */
export function oneSigningKey(key: SigningKey): SigningKeys {
  return { signing: () => key, published: () => [key.publicJwk] };
}
