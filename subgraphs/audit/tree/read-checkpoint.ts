import type { EntityManager } from "../../kit/subgraph.js";

/** A signed checkpoint as it is stored, with the cosignatures that came since. */
export interface StoredCheckpoint {
  readonly size: number;
  readonly root: Buffer;
  /** Signed note, each witness's line under the log's own. */
  readonly note: string;
  /** The log's public key, as notes write it. */
  readonly verifier: string;
  readonly signedAt: Date;
  /** How long the oldest record that it was first to cover had waited for it, in milliseconds. */
  readonly lagMs: number;
}

/** The latest checkpoint, or that of `size`; null where there is none. */
export async function readCheckpoint(em: EntityManager, size: number | null = null): Promise<StoredCheckpoint | null> {
  const [row] = await em.execute<Row[]>(
    `select checkpoint.*, (
       select array_to_string(array_agg(line order by cosigned_at, witness), chr(10)) from audit.audit_cosignature as cosignature
       where cosignature.size = checkpoint.size
     ) as lines
     from audit.audit_checkpoint as checkpoint ${size === null ? "" : "where size = ?"} order by checkpoint.size desc limit 1`,
    size === null ? [] : [size],
  );
  if (row === undefined) return null;
  return {
    size: Number(row.size),
    root: Buffer.from(row.root),
    note: row.lines === null ? row.note : `${row.note}${row.lines}\n`,
    verifier: row.verifier,
    signedAt: new Date(row.signed_at),
    lagMs: row.lag_ms,
  };
}

interface Row {
  readonly size: string | number;
  readonly root: Uint8Array;
  readonly note: string;
  readonly verifier: string;
  readonly signed_at: Date | string;
  readonly lag_ms: number;
  readonly lines: string | null;
}
