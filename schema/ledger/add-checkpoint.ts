import { hashBytes } from "./merkle.js";
import { NoteFault } from "./note.js";

/** What a log says to a witness (C2SP tlog-witness, add-checkpoint): its new checkpoint, and why it is the one the witness knows, longer. */
export interface AddCheckpoint {
  /** Size of the tree that the witness signed last; 0: none. */
  readonly old: number;
  /** From `old` to the new size; none where there is nothing to prove. */
  readonly proof: readonly Uint8Array[];
  /** The signed checkpoint. */
  readonly note: string;
}

/** Most hashes of a proof, by the protocol. */
const maxHashes = 63;

export function writeAddCheckpoint({ old, proof, note }: AddCheckpoint): string {
  const hashes = proof.map((hash) => `${Buffer.from(hash).toString("base64")}\n`);
  return `old ${old}\n${hashes.join("")}\n${note}`;
}

/** Strict. Throws NoteFault. */
export function readAddCheckpoint(body: string): AddCheckpoint {
  const end = body.indexOf("\n\n");
  const [first = "", ...lines] = body.slice(0, Math.max(0, end)).split("\n");
  const old = /^old (0|[1-9]\d{0,15})$/.exec(first)?.[1];
  if (old === undefined || !Number.isSafeInteger(Number(old)))
    throw new NoteFault("the first line must be `old` and a size, and a blank line must follow the proof");
  if (lines.length > maxHashes) throw new NoteFault(`a proof has at most ${maxHashes} hashes`);
  const proof = lines.map((line) => {
    const hash = Buffer.from(line, "base64");
    if (hash.length !== hashBytes || hash.toString("base64") !== line)
      throw new NoteFault("a hash of the proof is 32 bytes in padded base64");
    return hash;
  });
  return { old: Number(old), proof, note: body.slice(end + 2) };
}
