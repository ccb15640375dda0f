import type { AskService } from "../door/load-warrants.js";

/** Whether a gateway can answer, and what is missing where it cannot. */
export type CheckReadiness = () => Promise<readonly string[]>;

export interface ReadinessParts {
  readonly services: readonly string[];
  readonly ask: AskService;
  /** Rejects while no rule book is known. */
  readonly ruleBook: () => Promise<unknown>;
}

/** Ready: every subgraph answers a signed call, and treaty gave a rule book. Names what is missing; empty when ready. Concurrent questions share one look. */
export function openReadiness({ services, ask, ruleBook }: ReadinessParts): CheckReadiness {
  let looking: Promise<readonly string[]> | null = null;
  const look = async (): Promise<readonly string[]> => {
    const checks = [
      ...services.map(async (service) => ({ name: service, ok: await holds(ask(service, "{ __typename }", {})) })),
      (async () => ({ name: "rule book", ok: await holds(ruleBook()) }))(),
    ];
    return (await Promise.all(checks)).filter(({ ok }) => !ok).map(({ name }) => name);
  };
  return () => {
    looking ??= look().finally(() => {
      looking = null;
    });
    return looking;
  };
}

function holds(check: Promise<unknown>): Promise<boolean> {
  return check.then(
    () => true,
    () => false,
  );
}
