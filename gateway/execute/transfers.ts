import type { Ask, DecidedAsk } from "../door/types.js";
import type { GuardedGraph } from "../plan/guarded-graph.js";
import type { Group } from "./regroup.js";
import type { Run } from "./run.js";

/** Identity data that a passage sends along to its half, because fields there require it. */
export interface Transfers {
  readonly sent: readonly { readonly ask: Ask }[];
  /** Those that no earlier passage of the operation has recorded as transfers to this service. */
  readonly unrecorded: readonly DecidedAsk[];
}

/** The question about a value on its way to a service: an object of its own, so that what is told of the transfer is not told of a disclosure. */
export function noteTransfer(run: Run, ask: Ask, service: string): Ask {
  const key = transferKey(ask, service);
  const known = run.transfers.get(key);
  if (known) return known;
  const transfer = { ...ask };
  run.transfers.set(key, transfer);
  return transfer;
}

/** What the permitted fields of a passage need and is sent along. Each was let through the door already, or there would be nothing to send. */
export function transfersOf(run: Run, groups: readonly Group[], service: string, graph: GuardedGraph): Transfers {
  const sent = new Set<Ask>();
  const unrecorded: DecidedAsk[] = [];
  const needing = groups.filter(({ units }) => units.some(({ field }) => field.needs !== undefined));
  for (const { ask } of needing.flatMap(({ members }) => members.flatMap(({ decided }) => [...decided.values()]))) {
    for (const coordinate of ask.field.needs ?? []) {
      const field = graph.identity.get(ask.entityType)?.get(coordinate.slice(ask.entityType.length + 1));
      if (!field) throw new Error(`${ask.field.coordinate} needs ${coordinate}, which is no identity field`);
      const needed = { ...ask, field };
      const known = run.transfers.get(transferKey(needed, service));
      const transfer = known ?? noteTransfer(run, needed, service);
      if (!known) unrecorded.push({ ask: transfer, verdict: run.door.judge(transfer), sentTo: service });
      sent.add(transfer);
    }
  }
  return { sent: [...sent].map((ask) => ({ ask })), unrecorded };
}

function transferKey({ field, entityType, entityId, subject }: Ask, service: string): string {
  return JSON.stringify([field.coordinate, entityType, entityId, subject?.id ?? null, service]);
}
