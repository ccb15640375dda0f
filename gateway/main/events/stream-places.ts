import { createHash } from "node:crypto";
import type { Principal } from "../../../schema/principal.js";
import { limits } from "../limits.js";

/** Places for streams, so many for each principal. */
export interface StreamPlaces {
  /** False where this principal has all of hers. Rejects where that is not known. */
  take(who: string): Promise<boolean>;
  leave(who: string): void;
}

/** Tells principals apart without keeping who they are. */
export function whoIs(principal: Principal): string {
  return createHash("sha256").update(JSON.stringify(principal)).digest("hex");
}

/** The places that one holder has taken among those of all. */
export interface HolderPlaces {
  take(who: string): boolean;
  leave(who: string): void;
  /** The holder has gone, and with it its streams. */
  leaveAll(): void;
}

/** Counts the places of several holders together. */
export function countPlaces(each: number = limits.streamsEach): () => HolderPlaces {
  const taken = new Map<string, number>();
  const change = (counts: Map<string, number>, who: string, by: number): void => {
    const left = (counts.get(who) ?? 0) + by;
    if (left > 0) counts.set(who, left);
    else counts.delete(who);
  };
  return () => {
    const own = new Map<string, number>();
    return {
      take(who) {
        if ((taken.get(who) ?? 0) >= each) return false;
        for (const counts of [own, taken]) change(counts, who, 1);
        return true;
      },
      leave(who) {
        if (own.has(who)) for (const counts of [own, taken]) change(counts, who, -1);
      },
      leaveAll() {
        for (const [who, count] of own) change(taken, who, -count);
        own.clear();
      },
    };
  };
}

/** Of a process that is alone. */
export function openStreamPlaces(): StreamPlaces {
  const own = countPlaces()();
  return { take: async (who) => own.take(who), leave: own.leave };
}
