import type { ErasureGround } from "../../../schema/ledger/vocabulary.js";
import type { EntityManager } from "../../kit/subgraph.js";
import { deleteOpenings } from "./delete-openings.js";
import { ErasureFault } from "./erasure-fault.js";
import { findSubject } from "./find-subject.js";
import { refuseHeld } from "./refuse-held.js";
import { confirmHours, forgetLapsed } from "./request-erasure.js";

/** An erasure as its leaf tells it. */
export interface Erasure {
  readonly id: string;
  readonly ground: ErasureGround;
  readonly leaves: number;
  readonly requestedBy: string;
  readonly confirmedBy: string;
}

export interface Confirmation {
  readonly id: string;
  readonly by: string;
  readonly at: Date;
  /** Resolves once the leaf of the erasure is durable. */
  readonly record: (erasure: Erasure) => Promise<unknown>;
}

/**
 * Erases what was asked for, confirmed by another operator than the one who asked. The leaf comes first: nothing is erased unrecorded, and where the process dies
 * between the two, the same call does the rest. Throws ErasureFault.
 */
export async function confirmErasure(em: EntityManager, { id, by, at, record }: Confirmation): Promise<Erasure> {
  await forgetLapsed(em, at);
  const [request] = await em.execute<{ subject: string; ground: ErasureGround; requested_by: string }[]>(
    "select subject, ground, requested_by from audit.audit_erasure where id = ?",
    [id],
  );
  if (request === undefined)
    throw new ErasureFault(
      `no erasure ${id} waits: expected one that was asked for within the last ${confirmHours} hours and not confirmed yet`,
    );
  if (request.requested_by === by)
    throw new ErasureFault(`${by} asked for this erasure: expected somebody else to confirm it`);
  const places = await findSubject(em, request.subject);
  await refuseHeld(em, places);
  const erasure = {
    id,
    ground: request.ground,
    leaves: places.length,
    requestedBy: request.requested_by,
    confirmedBy: by,
  };
  await record(erasure);
  await deleteOpenings(em, places);
  await em.execute("delete from audit.audit_erasure where id = ?", [id]);
  return erasure;
}
