import type { Batch } from "../../schema/ledger/batch.js";
import { encodeBundle } from "../../schema/ledger/bundle.js";
import { type BatchOpenings, encodeOpenings } from "../../schema/ledger/openings.js";

/** The role that may insert into these tables and do nothing else; the audit subgraph's migrations make it where they may. */
export const writerRole = "rogatory_log_writer";

/**
 * The whole of what a gateway says to the log's database: one statement, one round trip, all tables or none. Tables of the audit subgraph. An act on a warrant that the
 * log has already refuses the batch, so that none stands in it twice, whoever carries it.
 */
export const appendStatement = `with batch as (
  insert into audit.audit_batch (writer, seq, previous, root, hash, signature, leaves)
  values ($1, $2, $3, $4, $5, $6, $8)
), bundle as (
  insert into audit.audit_bundle (writer, seq, bundle) values ($1, $2, $7)
), acts as (
  insert into audit.audit_act (act) select unnest($10::text[])
)
insert into audit.audit_opening (writer, seq, openings) values ($1, $2, $9)`;

/** The values of `appendStatement`. */
export function appendValues(batch: Batch, openings: BatchOpenings): unknown[] {
  return [
    batch.writer,
    batch.seq,
    batch.previous,
    batch.root,
    batch.hash,
    batch.signature,
    encodeBundle(batch.leaves),
    batch.leaves.length,
    encodeOpenings(openings),
    openings.flatMap((own) => own.filter(({ reference }) => reference === "act").map(({ value }) => value)),
  ];
}
