import { randomBytes } from "node:crypto";
import type { HoldAct, HoldGround } from "../../../schema/ledger/vocabulary.js";
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

/** A hold as its leaf tells it. */
export interface ToldHold extends Pick<LegalHold, "id" | "warrantId" | "caseId" | "from" | "to"> {
  readonly act: HoldAct;
  readonly ground: HoldGround;
  readonly by: string;
}

/** Who answers for it, why, and how it is recorded: `record` resolves once the leaf that says so is durable. */
export interface HoldOrder {
  readonly ground: HoldGround;
  readonly by: string;
  readonly record: (hold: ToldHold) => Promise<unknown>;
}

/** Places a hold; resolves with its id. It stands before its leaf does, so that it keeps whatever happens to the process; where the leaf cannot be recorded, it does not stand. */
export async function placeHold(
  em: EntityManager,
  matter: HeldMatter,
  { at, ground, by, record }: HoldOrder & { readonly at: Date },
): Promise<string> {
  const id = randomBytes(8).toString("hex");
  const warrantId = "warrant" in matter ? matter.warrant : null;
  const caseId = "case" in matter ? matter.case : null;
  const [from, to] = "from" in matter ? [matter.from, matter.to] : [null, null];
  await em.execute(
    `insert into audit.audit_hold (id, warrant_id, case_id, from_time, to_time, placed_by, placed_at)
     values (?, ?, ?, ?::timestamptz, ?::timestamptz, ?, ?::timestamptz)`,
    [id, warrantId, caseId, from?.toISOString() ?? null, to?.toISOString() ?? null, by, at.toISOString()],
  );
  try {
    await record({ id, act: "PLACE", ground, warrantId, caseId, from, to, by });
  } catch (error) {
    await remove(em, id);
    throw error;
  }
  return id;
}

/** Lifts a hold once the leaf that says so is durable; where the process dies between the two it stands, and the same call does the rest. False: no such hold stands. */
export async function liftHold(em: EntityManager, id: string, { ground, by, record }: HoldOrder): Promise<boolean> {
  const hold = (await listHolds(em)).find((one) => one.id === id);
  if (hold === undefined) return false;
  const { warrantId, caseId, from, to } = hold;
  await record({ id, act: "LIFT", ground, warrantId, caseId, from, to, by });
  await remove(em, id);
  return true;
}

async function remove(em: EntityManager, id: string): Promise<void> {
  await em.execute("delete from audit.audit_hold where id = ?", [id]);
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
