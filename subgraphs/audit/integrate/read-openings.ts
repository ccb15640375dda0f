import type { PlacedOpening } from "../../../schema/ledger/log-store.js";
import type { Reference } from "../../../schema/ledger/vocabulary.js";
import type { EntityManager } from "../../kit/subgraph.js";
import type { StoredBatch } from "./read-batches.js";

/** The openings that are left of these batches, by `placeOf`. */
export async function readOpenings(
  em: EntityManager,
  batches: readonly StoredBatch[],
): Promise<ReadonlyMap<string, PlacedOpening[]>> {
  const rows = await em.execute<
    {
      writer: Uint8Array;
      seq: string | number;
      ordinal: number;
      reference: Reference;
      key: Uint8Array;
      value: string;
    }[]
  >(
    `select writer, seq, ordinal, reference, key, value from audit.audit_opening
     where (writer, seq) in (${batches.map(() => "(?::bytea, ?)").join(", ")}) and month in (?)`,
    [...batches.flatMap(({ writer, seq }) => [writer, seq]), [...new Set(batches.map(({ month }) => month))]],
  );
  const openings = new Map<string, PlacedOpening[]>();
  for (const { writer, seq, ...opening } of rows) {
    const place = placeOf({ writer, seq: Number(seq) }, opening.ordinal);
    openings.set(place, [...(openings.get(place) ?? []), opening]);
  }
  return openings;
}

/** Where a leaf stands, as text. */
export function placeOf({ writer, seq }: Pick<StoredBatch, "writer" | "seq">, ordinal: number): string {
  return `${Buffer.from(writer).toString("hex")}/${seq}/${ordinal}`;
}
