import { batchHash, noBatch, verifyBatchSignature } from "./batch.js";
import { LeafFault, parseLeaf } from "./leaf-bytes.js";
import { merkleRoot } from "./merkle.js";

/** Where a batch stands in the log, and its writer's signature over it: what an export keeps beside the leaves. */
export interface BatchLine {
  /** Index of its first leaf. */
  readonly first: number;
  readonly leaves: number;
  /** Raw Ed25519 key of the epoch, hex. */
  readonly writer: string;
  readonly seq: number;
  /** Base64. */
  readonly signature: string;
}

/** Something that does not hold: one of the leaves from `index` up to, not including, `until` is wrong, or what is said of it. */
export interface LogFinding {
  readonly index: number;
  readonly until: number;
  readonly what: string;
}

/** The place in the log that is proven wrong first, and most narrowly, before all others: one edited leaf spoils its batch, its tiles and every root. */
export function inOrder(findings: readonly LogFinding[]): LogFinding[] {
  return [...findings].sort((one, other) => one.until - other.until || other.index - one.index);
}

/** Follows the writers' chains through a log, batch by batch in the order of the log. Whoever has the log's own key still cannot sign for a writer. */
export interface BatchCheck {
  /** Index of the next batch's first leaf. */
  readonly next: number;
  /** The next batch; `first` are the bytes of its first leaf, null where it is past retention. */
  take(line: BatchLine, leafHashes: readonly Uint8Array[], first: Uint8Array | null): void;
  /** After the last: what does not hold, in the order of the log. */
  finish(): readonly LogFinding[];
}

/** A batch whose signature was not looked at yet: the chain's next signature that holds covers it. */
interface Link {
  readonly line: BatchLine;
  readonly hash: Buffer;
}

interface Chain {
  seq: number;
  /** Hashes of the last two batches: the next epoch remembers one of them. */
  hashes: Uint8Array[];
  unchecked: Link[];
}

/** Batches between two looks at a signature; each covers all that came before it in its chain. */
const stride = 64;

export function openBatchCheck(): BatchCheck {
  const chains = new Map<string, Chain>();
  const remembered: {
    readonly line: BatchLine;
    readonly writer: string;
    readonly batches: number;
    readonly head: string;
  }[] = [];
  const findings: LogFinding[] = [];
  let next = 0;
  const find = ({ first, leaves }: Pick<BatchLine, "first" | "leaves">, what: string): void => {
    findings.push({ index: first, until: first + leaves, what });
  };

  function settle(chain: Chain): void {
    const last = chain.unchecked.at(-1);
    if (last !== undefined && !holds(last)) {
      const broken = chain.unchecked.find((link) => !holds(link)) ?? last;
      find(broken.line, `batch ${broken.line.seq} of writer ${broken.line.writer} is not what its writer signed`);
    }
    chain.unchecked = [];
  }

  function open(line: BatchLine, first: Uint8Array): void {
    try {
      const leaf = parseLeaf(first);
      if (leaf.type !== "WRITER_OPEN" || leaf.writer !== line.writer)
        find(line, "the epoch does not open with a WRITER_OPEN leaf of its own key");
      else if (leaf.previous !== null) remembered.push({ line, ...leaf.previous });
    } catch (error) {
      if (!(error instanceof LeafFault)) throw error;
      find(line, error.message);
    }
  }

  return {
    get next() {
      return next;
    },
    take(line, leafHashes, first) {
      if (line.first !== next) find(line, "the batches do not follow each other here");
      next = line.first + line.leaves;
      const chain = chains.get(line.writer) ?? { seq: -1, hashes: [noBatch], unchecked: [] };
      if (line.seq !== chain.seq + 1)
        find(line, `batch ${line.seq} of writer ${line.writer} must be number ${chain.seq + 1} of its chain`);
      if (line.seq === 0 && first !== null) open(line, first);
      const previous = chain.hashes.at(-1) as Uint8Array;
      const hash = batchHash(Buffer.from(line.writer, "hex"), line.seq, previous, merkleRoot(leafHashes));
      chains.set(line.writer, chain);
      chain.seq = line.seq;
      chain.hashes = [previous, hash];
      chain.unchecked.push({ line, hash });
      if (chain.unchecked.length >= stride) settle(chain);
    },
    finish() {
      for (const chain of chains.values()) settle(chain);
      for (const { line, writer, batches, head } of remembered) {
        const chain = chains.get(writer);
        const hash = chain?.hashes[batches - chain.seq];
        if (hash === undefined || Buffer.from(hash).toString("hex") !== head)
          find(line, `the epoch before this one, of writer ${writer}, is not as long as it was, or changed`);
      }
      return inOrder(findings);
    },
  };
}

function holds({ line, hash }: Link): boolean {
  const signature = Buffer.from(line.signature, "base64");
  return verifyBatchSignature(Buffer.from(line.writer, "hex"), hash, line.leaves, signature);
}
