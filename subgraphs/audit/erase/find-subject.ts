import { decodeOpenings } from "../../../schema/ledger/openings.js";
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
  const numbered = await em.execute<Numbered[]>(
    `select batch.writer, batch.seq, entry.index - batch.first_index as ordinal, entry.index
     from audit.audit_entry as entry
     join lateral (select writer, seq, first_index from audit.audit_batch where first_index <= entry.index order by first_index desc limit 1) as batch on true
     where entry.subject_id = ? and entry.index < ?`,
    [subject, searchable],
  );
  const searched = numbered.map(({ writer, seq, ordinal, index }) => ({
    writer: Buffer.from(writer),
    seq: Number(seq),
    ordinal: Number(ordinal),
    index: Number(index),
  }));
  return [...searched, ...(await findAhead(em, subject, searchable))];
}

/** Leaves that cannot be searched yet. The database looks which batches hold the name's bytes at all; whether they are the name of a person is read here. */
async function findAhead(em: EntityManager, subject: string, searchable: number): Promise<LeafPlace[]> {
  const rows = await em.execute<Ahead[]>(
    `select batch.writer, batch.seq, batch.leaves, batch.first_index, opening.openings
     from audit.audit_batch as batch join audit.audit_opening as opening
       on opening.writer = batch.writer and opening.seq = batch.seq and opening.month = batch.month
     where (batch.first_index is null or batch.first_index + batch.leaves > ?) and position(?::bytea in opening.openings) > 0`,
    [searchable, Buffer.from(subject, "utf8")],
  );
  return rows.flatMap(({ writer, seq, leaves, first_index, openings }) =>
    decodeOpenings(openings, leaves).flatMap((own, ordinal) => {
      const index = first_index === null ? null : Number(first_index) + ordinal;
      const names = own.some(({ reference, value }) => reference === "subject" && value === subject);
      if (!names || (index !== null && index < searchable)) return [];
      return [{ writer: Buffer.from(writer), seq: Number(seq), ordinal, index }];
    }),
  );
}

interface Numbered {
  readonly writer: Uint8Array;
  readonly seq: string | number;
  readonly ordinal: string | number;
  readonly index: string | number;
}

interface Ahead extends Pick<Numbered, "writer" | "seq"> {
  readonly leaves: number;
  readonly first_index: string | number | null;
  readonly openings: Uint8Array;
}
