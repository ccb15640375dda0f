import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { AskService } from "../door/load-warrants.js";
import { type ActToRecord, actDrafts } from "./act-drafts.js";
import { describeFailure } from "./describe-failure.js";
import type { Recorder } from "./open-recorder.js";

export interface CarryingOptions {
  readonly ask: AskService;
  readonly recorder: Pick<Recorder, "append">;
  readonly log: Logger;
  /** Milliseconds between two looks where nothing waits, and after a failure (1000). */
  readonly everyMs?: number;
}

/** Acts that are carried at once. */
const most = 50;

const take = `mutation TakeActs($carrier: ID!, $first: Int!) {
  takeActs(carrier: $carrier, first: $first) {
    id what doneAt from to by actor warrantId contentHash caseId authorityId authorityKind country platform kind categories
    emergency issued validationOwed validatedBy signingKey deadlineAt deadlineState duties { id kind owner state dueAt }
  }
}`;
const look = "query RecordedActs($acts: [ID!]!) { recordedActs(acts: $acts) }";
const settle = "mutation SettleActs($ids: [ID!]!) { settleActs(ids: $ids) }";

/**
 * Carries acts on warrants from where they were done to the log, until stopped. An act never waits for the log: it is written down with its own transaction, and
 * stays there until the log holds it. That is right also for the acts that open the door, since the door records by itself, and before it opens. Killed anywhere, the
 * next carrier goes on: what the log holds already it does not append again, and the log itself refuses an act that it has.
 */
export function carryActs({ ask, recorder, log, everyMs = 1000 }: CarryingOptions): { close(): Promise<void> } {
  const carrier = randomUUID();
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let told: string | null = null;
  let carrying: Promise<void> = run();

  /** Returns whether more may wait. */
  async function carry(): Promise<boolean> {
    const { takeActs: acts } = (await ask("justice", take, { carrier, first: most })) as { takeActs: ActToRecord[] };
    if (acts.length === 0) return false;
    const drafts = acts.flatMap(actDrafts);
    const names = drafts.map(({ name }) => name);
    const { recordedActs } = (await ask("audit", look, { acts: names })) as { recordedActs: string[] };
    const missing = drafts.filter(({ name }) => !recordedActs.includes(name)).map(({ draft }) => draft);
    if (missing.length > 0) await recorder.append(missing);
    await ask("justice", settle, { ids: acts.map(({ id }) => id) });
    return acts.length === most;
  }

  async function run(): Promise<void> {
    try {
      while (!closed && (await carry()));
      told = null;
    } catch (error) {
      const failure = describeFailure(error);
      if (told !== JSON.stringify(failure)) log.warn(failure, "acts on warrants wait for the log");
      told = JSON.stringify(failure);
    }
    if (!closed)
      timer = setTimeout(() => {
        carrying = run();
      }, everyMs).unref();
  }

  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await carrying;
    },
  };
}
