import type { EntityManager } from "../kit/subgraph.js";
import { Obligation } from "./entities/obligation.js";
import type { Warrant } from "./entities/warrant.js";

/** What is left to the platform's daily run once a preservation is over; the Regulation names no time. */
const hoursToDelete = 24;

/** When the platform must have said what became of what it kept, now that the preservation ends then; resolves with what was moved. */
export async function moveDeletion(em: EntityManager, { id, kind }: Warrant, endsAt: Date): Promise<Obligation[]> {
  if (kind !== "PRESERVATION") return [];
  const dueAt = new Date(endsAt.getTime() + hoursToDelete * 3_600_000);
  const deletion = { warrantId: id, kind: "DELETE", owner: "PROVIDER", state: { $ne: "DONE" } } as const;
  const moved = { dueAt, state: "OPEN" } as const;
  const found = await em.find(Obligation, deletion, { disableIdentityMap: true });
  await em.nativeUpdate(Obligation, deletion, moved);
  return found.map((obligation) => ({ ...obligation, ...moved }));
}
