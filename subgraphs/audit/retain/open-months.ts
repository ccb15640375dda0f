import type { EntityManager } from "../../kit/subgraph.js";
import { runRounds } from "../run-rounds.js";

/** Milliseconds between two looks, and after a failure: there are months of time. */
const pause = 3_600_000;
const pauseAfterFailure = 60_000;

/** Makes the partitions of this month and the two after it, where they are missing. Safe to call from several processes at once. */
export async function openMonths(em: EntityManager): Promise<void> {
  await em.transactional(async (transaction) => {
    await transaction.execute("select pg_advisory_xact_lock(hashtext('months of the access log'))");
    await transaction.execute(
      "select audit.open_months((now() at time zone 'UTC')::date, (now() at time zone 'UTC' + interval '2 months')::date)",
    );
  });
}

/** Keeps months open ahead of time, until stopped: a batch for which there is no month is refused, and nothing is disclosed. */
export function keepMonthsOpen(em: () => EntityManager): () => Promise<void> {
  return runRounds(() =>
    openMonths(em()).then(
      () => pause,
      () => pauseAfterFailure,
    ),
  );
}
