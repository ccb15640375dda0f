import { createHash, randomBytes } from "node:crypto";
import { commit, type Opening, openingKeyBytes } from "../../schema/ledger/commitment.js";
import { type Leaf, leafVersion, transferVersion } from "../../schema/ledger/leaf.js";
import { encodeLeaf } from "../../schema/ledger/leaf-bytes.js";
import { leafHash } from "../../schema/ledger/merkle.js";
import type { Reference } from "../../schema/ledger/vocabulary.js";

type WithoutStamp<L> = L extends Leaf ? Omit<L, "v" | "at" | Reference> : never;

/** A leaf before the recorder dates it and commits to its references. */
export interface LeafDraft {
  readonly clear: WithoutStamp<Leaf>;
  /** Values that the leaf only commits to; null where there is none. Every reference that the type of leaf has. */
  readonly references: Readonly<Partial<Record<Reference, string | null>>>;
}

/** The writer has nothing to say but that it lives. */
export const heartbeat: LeafDraft = { references: {}, clear: { type: "HEARTBEAT" } };

/** A leaf as it will be stored, and what opens its commitments. */
export interface SealedLeaf {
  readonly bytes: Buffer;
  readonly hash: Buffer;
  readonly openings: readonly Opening[];
}

/** Keys that are drawn at once: asking for random bytes costs more than the bytes. */
const keysAtOnce = 256;
let drawn: Buffer = Buffer.alloc(0);

/** INVARIANT: no bytes are handed out twice. */
function freshKey(): Buffer {
  if (drawn.length === 0) drawn = randomBytes(keysAtOnce * openingKeyBytes);
  const key = drawn.subarray(0, openingKeyBytes);
  drawn = drawn.subarray(openingKeyBytes);
  return key;
}

/** Dates a draft, commits to its references under fresh keys and encodes it. Throws LeafFault. */
export function sealLeaf({ clear, references }: LeafDraft, at: Date): SealedLeaf {
  const openings: Opening[] = [];
  const commitments: Partial<Record<Reference, string | null>> = {};
  for (const [reference, value] of Object.entries(references) as [Reference, string | null][]) {
    if (value === null) commitments[reference] = null;
    else {
      const opening = { reference, key: freshKey(), value };
      openings.push(opening);
      commitments[reference] = commit(opening);
    }
  }
  const v = "recipient" in clear ? transferVersion : leafVersion;
  const bytes = encodeLeaf({ v, at: at.toISOString(), ...clear, ...commitments } as Leaf);
  return { bytes, hash: leafHash(bytes), openings };
}

const digest = (text: string): string => `sha256:${createHash("sha256").update(text, "utf8").digest("hex")}`;

/** A word of a leaf. What has another form (a client may have made it up) stands as its digest, so that nothing a client writes can spoil a record. */
export function asWord(text: string): string {
  return /^[!-~]{1,128}$/.test(text) ? text : digest(text);
}

/** The value of an opening: at most 512 characters, well-formed and without controls; what has another form stands as its digest. */
export function asReference(text: string): string {
  const wellFormed = Buffer.from(text, "utf8").toString("utf8") === text;
  return text.length <= 512 && wellFormed && !/\p{Cc}/u.test(text) ? text : digest(text);
}

/** Whether any of these leaves lets something leave. */
export function permitsAnything(drafts: readonly LeafDraft[]): boolean {
  return drafts.some(({ clear }) => clear.type === "ACCESS" && clear.fields.some(({ permitted }) => permitted));
}
