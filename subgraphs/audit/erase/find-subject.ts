import type { EntityManager } from "../../kit/subgraph.js";
import { readHead } from "../integrate/head.js";

/** The place of a leaf: its batch, and where in it. */
export interface LeafPlace {
  readonly writer: Buffer;
  readonly seq: number;
  readonly ordinal: number;
  /** Null while it is not numbered. */
  readonly index: number | null;
}

/**
 * Every leaf that names a person: those that can be searched by the projection's index, the rest by the openings themselves, so that none is missed while the
 * projection is behind or built again.
 */
export async function findSubject(em: EntityManager, subject: string): Promise<LeafPlace[]> {
  const { searchable } = await readHead(em);
  const rows = await em.execute<Row[]>(
    `select batch.writer, batch.seq, entry.index - batch.first_index as ordinal, entry.index
     from audit.audit_entry as entry
     join lateral (select writer, seq, first_index from audit.audit_batch where first_index <= entry.index order by first_index desc limit 1) as batch on true
     where entry.subject_id = ? and entry.index < ?
     union all
     select opening.writer, opening.seq, opening.ordinal, batch.first_index + opening.ordinal
     from audit.audit_batch as batch join audit.audit_opening as opening on opening.writer = batch.writer and opening.seq = batch.seq
     where (batch.first_index is null or batch.first_index >= ?) and opening.reference = 'subject' and opening.value = ?`,
    [subject, searchable, searchable, subject],
  );
  return rows.map(({ writer, seq, ordinal, index }) => ({
    writer: Buffer.from(writer),
    seq: Number(seq),
    ordinal: Number(ordinal),
    index: index === null ? null : Number(index),
  }));
}

interface Row {
  readonly writer: Uint8Array;
  readonly seq: string | number;
  readonly ordinal: string | number;
  readonly index: string | number | null;
}
