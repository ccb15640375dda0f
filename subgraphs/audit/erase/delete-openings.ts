import type { Reference } from "../../../schema/ledger/vocabulary.js";
import type { EntityManager } from "../../kit/subgraph.js";
import { countErasure } from "../integrate/head.js";
import type { LeafPlace } from "./find-subject.js";
import { forgetOpenings } from "./forget-openings.js";

/**
 * What is deleted of a leaf about an erased person: who she is, what was known of her when it was decided, and the name that a client gave the operation, which may
 * say anything. Who asked, and under which warrant and case, stays: that is what the record is kept for.
 */
export const erasedReferences: readonly Reference[] = ["subject", "question", "operationName"];

/** Places in one statement. */
const step = 1000;

/** Deletes the openings at these places, and what the projection made of them; both or neither. A projection under way that has read them begins again. */
export async function deleteOpenings(em: EntityManager, places: readonly LeafPlace[]): Promise<void> {
  await em.transactional(async (inner) => {
    const transaction = inner as EntityManager;
    await countErasure(transaction);
    await forgetOpenings(transaction, places, erasedReferences);
    for (let from = 0; from < places.length; from += step) {
      const some = places.slice(from, from + step);
      await transaction.execute(
        `update audit.audit_entry_read as asked set arguments = null
         from (values ${some.map(() => "(?::bytea, ?::bigint, ?::int)").join(", ")}) as erased (writer, seq, ordinal)
         join audit.audit_batch as batch on batch.writer = erased.writer and batch.seq = erased.seq
         where asked.index = batch.first_index + erased.ordinal`,
        some.flatMap(({ writer, seq, ordinal }) => [writer, seq, ordinal]),
      );
      await transaction.execute(
        `update audit.audit_entry as entry set subject_id = null, operation_name = null
         from (values ${some.map(() => "(?::bytea, ?::bigint, ?::int)").join(", ")}) as erased (writer, seq, ordinal)
         join audit.audit_batch as batch on batch.writer = erased.writer and batch.seq = erased.seq
         where entry.index = batch.first_index + erased.ordinal`,
        some.flatMap(({ writer, seq, ordinal }) => [writer, seq, ordinal]),
      );
    }
  });
}
