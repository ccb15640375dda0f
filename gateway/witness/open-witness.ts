import { readAddCheckpoint } from "../../schema/ledger/add-checkpoint.js";
import { openCheckpoint, parseCheckpoint, type ReadCheckpoint } from "../../schema/ledger/checkpoint.js";
import { NoteFault, type NoteSigner, type NoteVerifier } from "../../schema/ledger/note.js";
import { type TreeHead, verifyConsistency } from "../../schema/ledger/verify-consistency.js";
import type { SeenTrees } from "./keep-seen.js";

/** An answer of the protocol (C2SP tlog-witness). */
export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly type: "text/plain; charset=utf-8" | "text/x.tlog.size";
  readonly body: string;
}

export interface WitnessParts {
  /** Cosigns under the witness's own name. */
  readonly signer: NoteSigner;
  /** The logs that it knows, by their keys. */
  readonly logs: readonly NoteVerifier[];
  readonly seen: SeenTrees;
  readonly clock: () => Date;
}

/**
 * A witness: it signs that a log's checkpoint is the one it signed before, longer, and never one that is not. It learns of the log nothing but size and root.
 * INVARIANT: what it signed is on disk before the signature leaves.
 */
export function openWitness({ signer, logs, seen, clock }: WitnessParts): (body: string) => Promise<WitnessAnswer> {
  let turn: Promise<unknown> = Promise.resolve();

  async function answer(body: string): Promise<WitnessAnswer> {
    const asked = readAddCheckpoint(body);
    const { origin } = parseCheckpoint(asked.note);
    const log = logs.find(({ name }) => name === origin);
    if (log === undefined) return refuse(404, `this witness knows no log ${origin}`);
    const checkpoint = openSigned(asked.note, log);
    if (checkpoint === null) return refuse(403, `the checkpoint is not signed by ${origin}`);
    if (asked.old > checkpoint.size) return refuse(400, "the old size is larger than that of the checkpoint");
    const last = (await seen.read(origin)) ?? { size: 0, root: new Uint8Array() };
    if (asked.old !== last.size || (checkpoint.size === last.size && !sameRoot(checkpoint, last)))
      return { status: 409, type: "text/x.tlog.size", body: `${last.size}\n` };
    if (!grows(last, checkpoint, asked.proof))
      return refuse(422, "the proof does not lead from the old tree to this one");
    await seen.write(origin, checkpoint);
    return { status: 200, type: plain, body: `${signer.sign(checkpoint.note.text, clock())}\n` };
  }

  // One at a time: between what is read and what is written nobody else is answered.
  return (body) => {
    const answered = turn
      .then(() => answer(body))
      .catch((error: unknown) => {
        if (error instanceof NoteFault) return refuse(400, error.message);
        throw error;
      });
    turn = answered.catch(() => undefined);
    return answered;
  };
}

const plain = "text/plain; charset=utf-8";
const refuse = (status: WitnessAnswer["status"], body: string): WitnessAnswer => ({
  status,
  type: plain,
  body: `${body}\n`,
});
const sameRoot = (one: TreeHead, other: TreeHead): boolean => Buffer.compare(one.root, other.root) === 0;

/** A first checkpoint needs no proof: everything grows from nothing. */
function grows(last: TreeHead, next: TreeHead, proof: readonly Uint8Array[]): boolean {
  return last.size === 0 ? proof.length === 0 && next.size > 0 : verifyConsistency(last, next, proof);
}

function openSigned(note: string, log: NoteVerifier): ReadCheckpoint | null {
  try {
    return openCheckpoint(note, log);
  } catch (error) {
    if (error instanceof NoteFault) return null;
    throw error;
  }
}
