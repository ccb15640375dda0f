import type { EntityManager } from "../../kit/subgraph.js";

/** How far the log is numbered and searchable, and what stopped it. */
export interface Head {
  /** Leaves that have an index. */
  readonly size: number;
  /** Leaves that the projection holds. */
  readonly searchable: number;
  /** Leaves below it are past retention: their hashes are there, they are not. A multiple of 256. */
  readonly minimum: number;
  /** How often persons were erased: openings that were read before the last time may hold who is erased. */
  readonly erasures: number;
  /** Why the integrator stands still; null: it does not. */
  readonly fault: string | null;
}

export async function readHead(em: EntityManager): Promise<Head> {
  const [row] = await em.execute<
    (Record<"size" | "searchable" | "minimum" | "erasures", string | number> & Pick<Head, "fault">)[]
  >("select size, searchable, minimum, erasures, fault from audit.audit_head where id = 1");
  if (row === undefined) throw new Error("the access log has no head: its migrations did not run");
  const { size, searchable, minimum, erasures, fault } = row;
  return {
    size: Number(size),
    searchable: Number(searchable),
    minimum: Number(minimum),
    erasures: Number(erasures),
    fault,
  };
}

/** Somebody else moved the head first. Nothing is lost: the next look starts from there. */
export class Overtaken extends Error {
  override readonly name = "Overtaken";
}

/**
 * Moves the size by compare-and-swap, inside the transaction in which leaves are numbered. It is what keeps two integrators from numbering the same leaves,
 * whoever believes to lead. Throws Overtaken.
 */
export async function moveSize(transaction: EntityManager, from: number, to: number): Promise<void> {
  const moved = await transaction.execute<unknown[]>(
    "update audit.audit_head set size = ? where id = 1 and size = ? returning id",
    [to, from],
  );
  if (moved.length !== 1) throw new Overtaken(`the head is not at size ${from} any more`);
}

/** The same for what can be searched; openings that were read before somebody was erased are not taken in either. Throws Overtaken. */
export async function moveSearchable(
  transaction: EntityManager,
  { searchable, erasures }: Pick<Head, "searchable" | "erasures">,
  to: number,
): Promise<void> {
  const moved = await transaction.execute<unknown[]>(
    "update audit.audit_head set searchable = ?, decided = ? where id = 1 and searchable = ? and erasures = ? returning id",
    [to, to, searchable, erasures],
  );
  if (moved.length !== 1) throw new Overtaken(`the head is not at searchable ${searchable} any more`);
}

/** Counts an erasure, first in its transaction: it waits for a projection that is being written, and every other begins again. */
export async function countErasure(transaction: EntityManager): Promise<void> {
  await transaction.execute("update audit.audit_head set erasures = erasures + 1 where id = 1");
}

/** Says for every process, and for whoever asks after the log's health, why the integrator stands still. */
export async function setFault(em: EntityManager, fault: string | null): Promise<void> {
  await em.execute("update audit.audit_head set fault = ? where id = 1 and fault is distinct from ?", [fault, fault]);
}
