import { type Draft, type DraftBody, signDraft } from "./draft.js";
import { type ProbeKeys, rightTokens } from "./token-draft.js";

/** An answer as it came: everything that could carry a value. */
export interface RawAnswer {
  readonly status: number;
  /** Body and headers, as text. */
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>> | null;
}

/** A subgraph that is probed over HTTP. */
export interface SubgraphUnderProbe {
  readonly service: string;
  /** Seconds since 1970, whole. */
  now(): number;
  /** Names of the key that it trusts and of one that it does not know. */
  readonly kid: string;
  readonly foreignKid: string;
  /** Throws SubgraphSilent where nothing answers. */
  send(draft: Draft): Promise<RawAnswer>;
  /** Asks for open data, with a call token and no grant. */
  ask(body: DraftBody): Promise<Readonly<Record<string, unknown>>>;
}

/** Nothing answers at the address, or nothing that is GraphQL. */
export class SubgraphSilent extends Error {
  override readonly name = "SubgraphSilent";
}

/** Longest wait for one answer, in milliseconds. */
const timeoutMs = 10_000;

export function openSubgraphUnderProbe(
  url: string,
  service: string,
  keys: ProbeKeys,
  clock: () => Date,
): SubgraphUnderProbe {
  const now = (): number => Math.floor(clock().getTime() / 1000);
  const { kid } = keys.trusted;

  async function send(draft: Draft): Promise<RawAnswer> {
    const { body, headers } = signDraft(draft, keys);
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { method: "POST", body, headers, signal, redirect: "error" }).catch(
      (cause: Error) => {
        throw new SubgraphSilent(`${url} gives no answer (${cause.name})`, { cause });
      },
    );
    const text = await response.text();
    return {
      status: response.status,
      text: [text, ...[...response.headers].flat()].join("\n"),
      data: dataOf(text),
    };
  }

  return {
    service,
    now,
    kid,
    foreignKid: keys.foreign.kid,
    send,
    async ask(body) {
      const { call } = rightTokens(service, kid, now(), {});
      const principal = { sub: "probe", role: "ENGINEER", country: null, authority: null, platform: null };
      const asEngineer = { ...call, claims: { ...call.claims, principal } };
      const { status, data } = await send({ body, call: asEngineer, grant: null, permitted: [] });
      if (data === null)
        throw new SubgraphSilent(
          `${url} does not answer a right call token for "${service}" (HTTP status ${status}): does it know the key of the probe, and is this its name?`,
        );
      return data;
    },
  };
}

function dataOf(text: string): RawAnswer["data"] {
  try {
    const { data } = JSON.parse(text) as { data?: unknown };
    return typeof data === "object" && data !== null ? (data as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
