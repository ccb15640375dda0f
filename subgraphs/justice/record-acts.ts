import type { EntityManager } from "../kit/subgraph.js";
import { Authority } from "./entities/authority.js";
import { Warrant } from "./entities/warrant.js";
import { WarrantEvent } from "./entities/warrant-event.js";
import type { ActToRecord } from "./types/act-to-record.js";

/** Seconds for which a carrier is the only one; it renews them with every look. */
const leaseSeconds = 10;

/**
 * The acts that the log does not hold yet, in the order in which they were done, those of one warrant in the order of its versions, whatever the database's clock
 * did. None where another carrier is at it: one carries at a time, so that no warrant's acts are mixed. An act that is read here is read again until it is `settled`.
 */
export async function takeActs(em: EntityManager, carrier: string, limit: number): Promise<ActToRecord[]> {
  const [waiting] = await em.execute<{ some: boolean }[]>(
    "select exists (select from justice.unrecorded_acts) as some",
  );
  if (waiting?.some !== true) return [];
  const lease = await em.execute<unknown[]>(
    `update justice.recording_lease set carrier = ?, until = clock_timestamp() + interval '${leaseSeconds} seconds'
     where id = 1 and (carrier = ? or until < clock_timestamp()) returning id`,
    [carrier, carrier],
  );
  if (lease.length === 0) return [];
  const rows = await em.execute<{ id: string }[]>(
    `select act.id, max(unrecorded.written_at) over (partition by act.warrant_id order by act.version) as turn
     from justice.unrecorded_acts as unrecorded join justice.warrant_events as act on act.id = unrecorded.event_id
     order by turn, act.warrant_id, act.version limit ${limit}`,
  );
  const events = await em.find(WarrantEvent, { id: { $in: rows.map(({ id }) => id) } });
  const warrants = await em.find(Warrant, { id: { $in: [...new Set(events.map(({ warrantId }) => warrantId))] } });
  const kinds = new Map((await em.find(Authority, {})).map(({ id, kind }) => [id, kind]));
  return rows.map(({ id }) => {
    const event = events.find((one) => one.id === id);
    const warrant = warrants.find((one) => one.id === event?.warrantId);
    const facts = event?.facts;
    const authorityKind = kinds.get(warrant?.authorityId ?? "");
    if (!event || !warrant || !facts || !authorityKind) throw new Error(`act ${id} does not say what must be recorded`);
    const { validatedBy, ...said } = facts;
    return {
      ...said,
      ...{ id, doneAt: event.at, from: event.from, to: event.to, by: event.by, actor: event.actor },
      warrantId: warrant.id,
      contentHash: warrant.contentHash,
      caseId: warrant.caseId,
      authorityId: warrant.authorityId,
      authorityKind,
      country: warrant.country,
      platform: warrant.platform,
      kind: warrant.kind,
      categories: warrant.categories,
      emergency: warrant.emergency,
      validatedBy: validatedBy === null ? null : (kinds.get(validatedBy) ?? null),
      deadlineAt: facts.deadline?.at ?? null,
      deadlineState: facts.deadline?.state ?? null,
    };
  });
}

/** The log holds these acts: nobody need carry them any more. Twice does no harm. */
export async function settleActs(em: EntityManager, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await em.execute("delete from justice.unrecorded_acts where event_id in (?)", [[...ids]]);
}
