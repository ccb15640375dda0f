import { decodeBundle } from "../../../schema/ledger/bundle.js";
import { leafHash } from "../../../schema/ledger/merkle.js";
import { type LeafReceipt, verifyReceiptOffline } from "../../../schema/ledger/receipt.js";
import { splitHashes, tileName, tileWidth } from "../../../schema/ledger/tile.js";
import type { EntityManager } from "../../kit/subgraph.js";
import { readTiles } from "./read-tiles.js";

/** A receipt as somebody brings it; without size and previous hash it is checked against the log's own batch. */
export type BroughtReceipt = Omit<LeafReceipt, "size" | "previous"> & {
  readonly size?: number | null;
  readonly previous?: string | null;
};

/** Where a receipt leads to. */
export interface FollowedReceipt {
  readonly signatureValid: boolean;
  readonly writerKnown: boolean;
  /** Whether the log has the leaf at the promised place. */
  readonly present: boolean;
  /** Its index in the log; null while it has none. */
  readonly index: number | null;
}

/** Holds a receipt against the log. */
export async function followReceipt(em: EntityManager, brought: BroughtReceipt): Promise<FollowedReceipt> {
  const { writer, batch, ordinal } = brought;
  const key = /^[0-9a-f]{64}$/.test(writer) ? Buffer.from(writer, "hex") : Buffer.alloc(32);
  const [known] = await em.execute<{ there: boolean }[]>(
    "select exists (select from audit.audit_batch where writer = ? and seq = 0) as there",
    [key],
  );
  const [row] = Number.isSafeInteger(batch)
    ? await em.execute<Row[]>(
        `select previous, bundle, leaves, first_index from audit.audit_batch as batch
         left join audit.audit_bundle as bundle on bundle.writer = batch.writer and bundle.seq = batch.seq and bundle.month = batch.month
         where batch.writer = ? and batch.seq = ?`,
        [key, batch],
      )
    : [];
  const present = row !== undefined && (await hashAt(em, row, ordinal)) === brought.leafHash;
  const size = brought.size ?? row?.leaves;
  const previous = brought.previous ?? (row === undefined ? undefined : Buffer.from(row.previous).toString("hex"));
  return {
    signatureValid:
      size !== undefined && previous !== undefined && verifyReceiptOffline({ ...brought, size, previous }),
    writerKnown: known?.there === true,
    present,
    index: present && row?.first_index != null ? Number(row.first_index) + ordinal : null,
  };
}

/** The hash of a leaf of a batch, hex; of one past retention as the tree has it. */
async function hashAt(
  em: EntityManager,
  { bundle, leaves, first_index }: Row,
  ordinal: number,
): Promise<string | null> {
  if (!Number.isInteger(ordinal) || ordinal < 0 || ordinal >= leaves) return null;
  if (bundle !== null) return leafHash(decodeBundle(bundle)[ordinal] as Uint8Array).toString("hex");
  const index = Number(first_index) + ordinal;
  const tile = { level: 0, number: Math.floor(index / tileWidth) };
  const hashes = (await readTiles(em, [tile])).get(tileName(tile));
  const hash = hashes && splitHashes(hashes)[index % tileWidth];
  return hash === undefined ? null : Buffer.from(hash).toString("hex");
}

interface Row {
  readonly previous: Uint8Array;
  readonly bundle: Uint8Array | null;
  readonly leaves: number;
  readonly first_index: string | number | null;
}
