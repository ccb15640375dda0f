import { randomBytes } from "node:crypto";
import type { EntityManager } from "../../kit/subgraph.js";

/** What a legal hold keeps from erasure and from the end of retention: the records of a warrant, of a case, or of a time [from, to). */
export type HeldMatter =
  | { readonly warrant: string }
  | { readonly case: string }
  | { readonly from: Date; readonly to: Date };

/** A hold that stands until it is lifted. */
export interface LegalHold {
  readonly id: string;
  readonly warrantId: string | null;
  readonly caseId: string | null;
  readonly from: Date | null;
  readonly to: Date | null;
  readonly placedBy: string;
  readonly placedAt: Date;
}

export async function placeHold(em: EntityManager, matter: HeldMatter, by: string, at: Date): Promise<string> {
  const id = randomBytes(8).toString("hex");
  const time = "from" in matter ? [matter.from.toISOString(), matter.to.toISOString()] : [null, null];
  await em.execute(
    `insert into audit.audit_hold (id, warrant_id, case_id, from_time, to_time, placed_by, placed_at)
     values (?, ?, ?, ?::timestamptz, ?::timestamptz, ?, ?::timestamptz)`,
    [
      id,
      "warrant" in matter ? matter.warrant : null,
      "case" in matter ? matter.case : null,
      ...time,
      by,
      at.toISOString(),
    ],
  );
  return id;
}

/** False: no such hold stands. */
export async function liftHold(em: EntityManager, id: string): Promise<boolean> {
  const lifted = await em.execute<unknown[]>("delete from audit.audit_hold where id = ? returning id", [id]);
  return lifted.length === 1;
}

/** The holds that stand, oldest first. */
export async function listHolds(em: EntityManager): Promise<LegalHold[]> {
  const rows = await em.execute<Row[]>("select * from audit.audit_hold order by placed_at, id");
  const time = (value: Date | string | null): Date | null => (value === null ? null : new Date(value));
  return rows.map((row) => ({
    id: row.id,
    warrantId: row.warrant_id,
    caseId: row.case_id,
    from: time(row.from_time),
    to: time(row.to_time),
    placedBy: row.placed_by,
    placedAt: new Date(row.placed_at),
  }));
}

interface Row {
  readonly id: string;
  readonly warrant_id: string | null;
  readonly case_id: string | null;
  readonly from_time: Date | string | null;
  readonly to_time: Date | string | null;
  readonly placed_by: string;
  readonly placed_at: Date | string;
}

/** A hold in words. */
export function describeHold({ id, warrantId, caseId, from, to }: LegalHold): string {
  const matter =
    warrantId !== null
      ? `warrant ${warrantId}`
      : caseId !== null
        ? `case ${caseId}`
        : `the time from ${from?.toISOString()} to ${to?.toISOString()}`;
  return `hold ${id} on ${matter}`;
}

/** Tables of the projection whose records are under a warrant, in a case, and of a time. */
export const heldTables = ["audit_entry", "audit_warrant_entry"] as const;

/** The condition, in SQL, under which a hold keeps a record of one of them. */
export const heldBy = `(entry.warrant_id = hold.warrant_id or entry.case_id = hold.case_id
  or (entry.recorded_at >= hold.from_time and entry.recorded_at < hold.to_time))`;
