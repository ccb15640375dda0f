import type { IdentityField } from "../../schema/identity/catalog.js";
import type { Ask, Door, Receipt } from "../door/types.js";
import type { Variables } from "../plan/coerce-variables.js";
import { Answer } from "./answer.js";
import type { Data } from "./data.js";
import type { EntityAsks } from "./decided.js";
import { type Failure, unavailable } from "./failure.js";
import type { SharedObjects } from "./shared-objects.js";
import { Subjects } from "./subjects.js";
import type { SendPublic } from "./transport.js";

/** Everything that belongs to one operation in flight. Nothing here is ever shared with another. */
export interface Run {
  readonly variables: Variables;
  readonly sendPublic: SendPublic;
  readonly door: Door;
  /** Resolves when what the verdicts rest on is there. */
  readonly doorReady: Promise<void>;
  readonly signal: AbortSignal;
  readonly subjects: Subjects;
  /** What is recorded as sent on, by entity, field and receiving service. */
  readonly transfers: Map<string, Ask>;
  /** The record under which each of them was last written. */
  readonly recordedTransfers: Map<Ask, Receipt>;
  /** Questions already put, by entity. */
  readonly asks: Map<string, EntityAsks>;
  /** Failures that belong to no place in the data. */
  readonly loose: Set<Failure>;
  /** Objects that stand in several places. */
  readonly shared: SharedObjects;
  failedLog: boolean;
  usedIdentity: boolean;
  /** Of the field of a mutation that runs now; null: none. */
  idempotencyKey: string | null;
  /** True once an identity half has answered. */
  disclosed: boolean;
}

/** A compiled piece of a plan: fetches, and merges what came into the data under `root`. Rejects only for a fault of ours. */
export type Step = (run: Run, root: Data) => Promise<void>;

export function startRun(
  { variables, sendPublic, door, signal }: Pick<Run, "variables" | "sendPublic" | "door" | "signal">,
  identityFields: readonly IdentityField[],
): Run {
  const doorReady = identityFields.length > 0 ? door.prepare() : Promise.resolve();
  return {
    ...{ variables, sendPublic, door, doorReady, signal },
    subjects: new Subjects(),
    transfers: new Map(),
    recordedTransfers: new Map(),
    asks: new Map(),
    loose: new Set(),
    shared: new Map(),
    failedLog: false,
    usedIdentity: false,
    idempotencyKey: null,
    disclosed: false,
  };
}

/** The variables that a fetch uses; those without a value stay away. */
export function pickVariables(variables: Variables, names: readonly string[]): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const name of names) if (Object.hasOwn(variables, name)) picked[name] = variables[name];
  return picked;
}

/** Calls a public half; whatever goes wrong on the way is the failure of this fetch, and the transport's own words stay with the transport. */
export async function fetchPublic(
  run: Run,
  half: string,
  query: string,
  variables: Record<string, unknown>,
  idempotencyKey: string | null = null,
): Promise<Answer> {
  const answer = await run
    .sendPublic({ half, query, variables, signal: run.signal, ...(idempotencyKey !== null && { idempotencyKey }) })
    .then(Answer.read, () => Answer.failed(unavailable));
  for (const failure of answer.loose) run.loose.add(failure);
  return answer;
}
