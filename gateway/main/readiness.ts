import type { AskService } from "../door/load-warrants.js";
import { limits } from "./limits.js";
import { oneLook } from "./one-look.js";

/** Whether a gateway can answer, and what is missing where it cannot. */
export type CheckReadiness = () => Promise<readonly string[]>;

export interface ReadinessParts {
  readonly services: readonly string[];
  readonly ask: AskService;
  /** Rejects while the subgraph's own database does not answer. */
  readonly checkSubgraph: (service: string) => Promise<void>;
  /** Rejects while no rule book is known. */
  readonly ruleBook: () => Promise<unknown>;
  /** False while the log is recorded and not integrated in time. */
  readonly integrated: () => boolean;
}

/**
 * Ready: every subgraph answers a signed call and has its database, treaty gave a rule book, and the log is integrated. Names what is missing; empty when ready. Concurrent questions
 * share one look.
 */
export function openReadiness({ services, ask, checkSubgraph, ruleBook, integrated }: ReadinessParts): CheckReadiness {
  return oneLook(async () => {
    const checks = [
      ...services.map(async (service) => ({
        name: service,
        ok: await holds(Promise.all([ask(service, "{ __typename }", {}), checkSubgraph(service)])),
      })),
      (async () => ({ name: "rule book", ok: await holds(ruleBook()) }))(),
      { name: "integration of the log", ok: integrated() },
    ];
    return (await Promise.all(checks)).filter(({ ok }) => !ok).map(({ name }) => name);
  });
}

/** A check that does not come to its end in the time for a fetch does not hold. */
async function holds(check: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, limits.fetchMs, false);
  });
  const checked = check.then(
    () => true,
    () => false,
  );
  return Promise.race([checked, late]).finally(() => clearTimeout(timer));
}
