import type { OriginLeaf } from "../../../schema/ledger/leaf.js";
import { merkleRoot } from "../../../schema/ledger/merkle.js";
import { TileFault } from "../../../schema/ledger/tile.js";
import type { EntityManager } from "../../kit/subgraph.js";
import { readHead, setFault } from "../integrate/head.js";
import { integrate } from "../integrate/integrate.js";
import type { Sealer } from "./open-sealer.js";
import { rootAt } from "./prove.js";
import { readCheckpoint } from "./read-checkpoint.js";
import { TreeFault } from "./tree-fault.js";

/** There is no reason to go on under another origin, or no way to. The message says what was expected. */
export class OriginFault extends Error {
  override readonly name = "OriginFault";
}

export interface NewOrigin {
  /** Of the log as it was: what it signed last on this machine. */
  readonly old: Sealer;
  /** Under another name, with nothing signed yet. */
  readonly next: Sealer;
  readonly clock: () => Date;
  /** Appends the leaf that says so, as an epoch of its own; resolves with that epoch's public key. */
  readonly append: (succession: Pick<OriginLeaf, "origin" | "previous" | "lost">) => Promise<Buffer>;
}

/** What the log was found to be, and where it goes on. */
export interface BegunOrigin extends Pick<OriginLeaf, "previous" | "lost"> {
  /** Leaves in the first tree that is signed under the new origin. */
  readonly size: number;
}

/**
 * Goes on with a log that was restored from a backup. Its old origin signed more than it has, so nothing is signed under that any more: the tree that is left, once it
 * proves to be the one of its last checkpoint, is continued under another name and key, and the first batch that is numbered names that checkpoint and what was lost.
 * Indexes and proofs of what is left stay. Throws OriginFault, and TreeFault where what is left does not hold in itself; nothing is changed then.
 */
export async function beginOrigin(em: EntityManager, { old, next, clock, append }: NewOrigin): Promise<BegunOrigin> {
  const origin = next.verifier.name;
  if (origin === old.verifier.name)
    throw new OriginFault(
      `the log is called ${origin} already: expected another name, which witnesses do not know yet`,
    );
  if (next.remembered !== null)
    throw new OriginFault(`${origin} has signed a log before: expected a key that never signed`);
  const { previous, lost } = await findLastGood(em, old);
  const writer = await append({ origin, previous, lost });
  // Signs as the new one, on a checkpoint of the old.
  const sealer: Sealer = { ...next, remembered: null, open: old.open };
  await integrate({ em, sealer, clock, writer });
  await setFault(em, null);
  return { previous, lost, size: (await readHead(em)).size };
}

async function findLastGood(em: EntityManager, old: Sealer): Promise<Pick<OriginLeaf, "previous" | "lost">> {
  const checkpoint = await readCheckpoint(em);
  const size = checkpoint?.size ?? 0;
  if ((await readHead(em)).size !== size)
    throw new TreeFault(`the log does not end at its last checkpoint of ${size} leaves: restore it whole`);
  const root = await rootOf(em, size);
  if (checkpoint !== null && !root.equals(old.open(checkpoint.note).root))
    throw new TreeFault(`the tree of ${size} leaves is not the one that was signed: restore another backup`);
  const { remembered } = old;
  if (remembered === null)
    throw new OriginFault(
      "nothing was signed on this machine that the log could lack: expected ROGATORY_LOG_KEY to name the log's key, with what it signed last beside it",
    );
  if (remembered.size <= size && (await rootOf(em, remembered.size)).equals(remembered.root))
    throw new OriginFault(
      `the log of ${size} leaves holds all ${remembered.size} that were signed here: it needs no other origin`,
    );
  return {
    previous: { origin: old.verifier.name, size, root: root.toString("hex") },
    lost: { size: remembered.size, root: Buffer.from(remembered.root).toString("hex") },
  };
}

async function rootOf(em: EntityManager, size: number): Promise<Buffer> {
  try {
    return size === 0 ? merkleRoot([]) : await rootAt(em, size);
  } catch (error) {
    if (error instanceof TileFault) throw new TreeFault(error.message);
    throw error;
  }
}
