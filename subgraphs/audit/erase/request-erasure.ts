import { randomBytes } from "node:crypto";
import type { ErasureGround } from "../../../schema/ledger/vocabulary.js";
import type { EntityManager } from "../../kit/subgraph.js";
import { ErasureFault } from "./erasure-fault.js";
import { findSubject } from "./find-subject.js";
import { refuseHeld } from "./refuse-held.js";

/** Hours in which a request must be confirmed; then it is forgotten. */
export const confirmHours = 24;

/** What one operator asks for. */
export interface ErasureRequest {
  readonly subject: string;
  readonly ground: ErasureGround;
  readonly by: string;
  readonly at: Date;
}

/** A request that waits for the second operator. */
export interface WaitingErasure {
  readonly id: string;
  readonly leaves: number;
}

/** Writes a request down. Nothing is erased before somebody else confirms it. Throws ErasureFault where nothing names the person, or a hold keeps what does. */
export async function requestErasure(
  em: EntityManager,
  { subject, ground, by, at }: ErasureRequest,
): Promise<WaitingErasure> {
  const places = await findSubject(em, subject);
  if (places.length === 0)
    throw new ErasureFault(`no leaf names ${subject}: expected the id of a person, as accessLog shows it`);
  await refuseHeld(em, places);
  await forgetLapsed(em, at);
  const id = randomBytes(8).toString("hex");
  await em.execute(
    "insert into audit.audit_erasure (id, subject, ground, requested_by, requested_at) values (?, ?, ?, ?, ?::timestamptz)",
    [id, subject, ground, by, at.toISOString()],
  );
  return { id, leaves: places.length };
}

/** Forgets what nobody confirmed in time. */
export async function forgetLapsed(em: EntityManager, now: Date): Promise<void> {
  await em.execute(
    `delete from audit.audit_erasure where requested_at <= ?::timestamptz - interval '${confirmHours} hours'`,
    [now.toISOString()],
  );
}
