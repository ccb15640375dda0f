import { decodeOpenings, encodeOpenings } from "../../../schema/ledger/openings.js";
import type { Reference } from "../../../schema/ledger/vocabulary.js";
import type { EntityManager } from "../../kit/subgraph.js";
import type { LeafPlace } from "./find-subject.js";

/** Batches whose openings are in memory at once. */
const step = 50;

interface Row {
  readonly writer: Uint8Array;
  readonly seq: string | number;
  readonly month: string;
  readonly leaves: number;
  readonly openings: Uint8Array;
}

/**
 * Takes the openings of these references at these places away: their keys and values are then nowhere. A batch's openings are one row, which is written again without
 * them; nothing else of it changes. Call it in a transaction that has counted the erasure, so that no two write one row. Throws OpeningFault where a row cannot be read.
 */
export async function forgetOpenings(
  transaction: EntityManager,
  places: readonly LeafPlace[],
  references: readonly Reference[],
): Promise<void> {
  const batches = [...Map.groupBy(places, placeOf).values()] as [LeafPlace, ...LeafPlace[]][];
  for (let from = 0; from < batches.length; from += step) {
    const some = batches.slice(from, from + step);
    const rows = await transaction.execute<Row[]>(
      `select opening.writer, opening.seq, opening.month::text as month, batch.leaves, opening.openings
       from audit.audit_batch as batch join audit.audit_opening as opening
         on opening.writer = batch.writer and opening.seq = batch.seq and opening.month = batch.month
       where (batch.writer, batch.seq) in (${some.map(() => "(?::bytea, ?::bigint)").join(", ")})`,
      some.flatMap(([{ writer, seq }]) => [writer, seq]),
    );
    const ordinals = new Map(some.map((own) => [placeOf(own[0]), new Set(own.map(({ ordinal }) => ordinal))]));
    for (const row of rows) await forget(transaction, row, ordinals.get(placeOf(row)) ?? new Set(), references);
  }
}

async function forget(
  transaction: EntityManager,
  { writer, seq, month, leaves, openings }: Row,
  ordinals: ReadonlySet<number>,
  references: readonly Reference[],
): Promise<void> {
  const left = encodeOpenings(
    decodeOpenings(openings, leaves).map((own, ordinal) =>
      ordinals.has(ordinal) ? own.filter(({ reference }) => !references.includes(reference)) : own,
    ),
  );
  if (left.length === openings.length) return;
  await transaction.execute(
    "update audit.audit_opening set openings = ?::bytea where writer = ?::bytea and seq = ?::bigint and month = ?::date",
    [left, Buffer.from(writer), seq, month],
  );
}

function placeOf({ writer, seq }: { readonly writer: Uint8Array; readonly seq: string | number }): string {
  return `${Buffer.from(writer).toString("hex")}/${seq}`;
}
