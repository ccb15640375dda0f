import type { Opening } from "../../../schema/ledger/commitment.js";
import { decodeOpenings } from "../../../schema/ledger/openings.js";
import type { EntityManager } from "../../kit/subgraph.js";
import type { StoredBatch } from "./read-batches.js";

/** The openings that are left of a leaf, by its batch and its place in it. */
export type OpeningsOf = (batch: StoredBatch, ordinal: number) => readonly Opening[];

/** Reads what is left of the openings of these batches. Throws OpeningFault where they cannot be read. */
export async function readOpenings(em: EntityManager, batches: readonly StoredBatch[]): Promise<OpeningsOf> {
  const rows = await em.execute<{ writer: Uint8Array; seq: string | number; openings: Uint8Array }[]>(
    `select writer, seq, openings from audit.audit_opening
     where (writer, seq) in (${batches.map(() => "(?::bytea, ?)").join(", ")}) and month in (?)`,
    [...batches.flatMap(({ writer, seq }) => [writer, seq]), [...new Set(batches.map(({ month }) => month))]],
  );
  const encoded = new Map(rows.map(({ openings, ...row }) => [nameOf(row), openings]));
  const openings = new Map(
    batches.map((batch) => {
      const bytes = encoded.get(nameOf(batch));
      return [batch, bytes === undefined ? [] : decodeOpenings(bytes, batch.leaves.length)] as const;
    }),
  );
  return (batch, ordinal) => openings.get(batch)?.[ordinal] ?? [];
}

function nameOf({ writer, seq }: { readonly writer: Uint8Array; readonly seq: string | number }): string {
  return `${Buffer.from(writer).toString("hex")}/${seq}`;
}
