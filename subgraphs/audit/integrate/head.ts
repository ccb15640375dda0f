import type { EntityManager } from "../../kit/subgraph.js";

/** How far the log is numbered and searchable, and what stopped it. */
export interface Head {
  /** Leaves that have an index. */
  readonly size: number;
  /** Leaves that the projection holds. */
  readonly searchable: number;
  /** Why the integrator stands still; null: it does not. */
  readonly fault: string | null;
}

export async function readHead(em: EntityManager): Promise<Head> {
  const [row] = await em.execute<{ size: string | number; searchable: string | number; fault: string | null }[]>(
    "select size, searchable, fault from audit.audit_head where id = 1",
  );
  if (row === undefined) throw new Error("the access log has no head: its migrations did not run");
  return { size: Number(row.size), searchable: Number(row.searchable), fault: row.fault };
}

/** Somebody else moved the head first. Nothing is lost: the next look starts from there. */
export class Overtaken extends Error {
  override readonly name = "Overtaken";
}

/**
 * Moves one number of the head by compare-and-swap, inside the transaction of what it counts. It is what keeps two integrators from numbering the same
 * leaves, whoever believes to lead. Throws Overtaken.
 */
export async function moveHead(
  transaction: EntityManager,
  number: "size" | "searchable",
  from: number,
  to: number,
): Promise<void> {
  const moved = await transaction.execute<unknown[]>(
    `update audit.audit_head set ${number} = ? where id = 1 and ${number} = ? returning id`,
    [to, from],
  );
  if (moved.length !== 1) throw new Overtaken(`the head is not at ${number} ${from} any more`);
}

/** Says for every process, and for whoever asks after the log's health, why the integrator stands still. */
export async function setFault(em: EntityManager, fault: string | null): Promise<void> {
  await em.execute("update audit.audit_head set fault = ? where id = 1 and fault is distinct from ?", [fault, fault]);
}
