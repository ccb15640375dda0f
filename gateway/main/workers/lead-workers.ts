import type { Logger } from "pino";
import { countPlaces } from "../events/stream-places.js";
import type { Figures } from "../figures.js";
import type { PrimaryAnswers, WorkerAnswers } from "./answers.js";
import { askWorkers } from "./ask-workers.js";
import type { Line } from "./line.js";

/** How a process ended. */
export interface End {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface WorkerProcess {
  /** Never given twice. */
  readonly id: number;
  readonly pid: number | undefined;
  readonly line: Line<WorkerAnswers>;
  readonly ended: Promise<End>;
  kill(): void;
}

export interface LeadParts {
  readonly count: number;
  /** Starts a process, and answers what it asks. */
  readonly fork: (answers: PrimaryAnswers) => WorkerProcess;
  /** Figures of this process. */
  readonly own: () => Figures;
  readonly log: Logger;
}

/** The workers of one port, each a whole gateway. */
export interface LedWorkers {
  /** The address, once the first listens. Rejects with FirstWorkerEnded. */
  readonly listening: Promise<string>;
  /** All read graph and safelist again, each by itself. */
  reload(): void;
  /** All finish what runs, and end. Rejects where one did not end well. */
  close(): Promise<void>;
  /** At once. */
  kill(): void;
}

/** The first worker said itself what kept it from listening; no other one was started. */
export class FirstWorkerEnded extends Error {
  override readonly name = "FirstWorkerEnded";
  constructor(readonly end: End) {
    super(`the first worker ended with ${end.signal ?? end.code} before it listened`);
  }
}

/** A worker that lived for less died at once. */
const steadyMs = 10_000;
/** Before one takes the place of one that died at once, doubled each time; in milliseconds. */
const pausesMs = { first: 500, longest: 30_000 };
/** What a worker is told needs no answer, but whoever waits for one needs an end. */
const toldMs = 60_000;

interface Member {
  readonly worker: WorkerProcess;
  isHere: boolean;
  listens: boolean;
  /** The `servedDigest` that it told last. */
  serves: string | null;
}

/**
 * Starts one worker, and the others once it listens, so that what is wrong is said once. One that ends is replaced: at once, and after a pause that grows where it died
 * at once. Any of them that listens does what needs doing by one alone; when it ends, another one.
 */
export function leadWorkers({ count, fork, own, log }: LeadParts): LedWorkers {
  const members = new Map<WorkerProcess, Member>();
  const pauses = new Set<NodeJS.Timeout>();
  const first = Promise.withResolvers<string>();
  const placesOf = countPlaces();
  let opened = false;
  let stopping = false;
  let watching: Member | null = null;
  const listening = (): readonly WorkerProcess[] =>
    [...members.values()].filter(({ listens }) => listens).map(({ worker }) => worker);
  const together = askWorkers(listening, own);

  function start(quickBefore: number): void {
    const begun = performance.now();
    const places = placesOf();
    const worker = fork({
      here() {
        member.isHere = true;
      },
      admits(digest) {
        member.serves = digest;
        const others = [...members.values()].filter(({ listens }) => listens);
        return others.length === 0 || others.some(({ serves }) => serves === digest);
      },
      serves(digest) {
        member.serves = digest;
      },
      listening: (url) => listens(member, url),
      figures: together.figures,
      missing: async () => (member.listens ? together.missing() : [`worker ${worker.id}`]),
      ...{ takePlace: places.take, leavePlace: places.leave },
    });
    const member: Member = { worker, isHere: false, listens: false, serves: null };
    members.set(worker, member);
    void worker.ended.then((end) => {
      members.delete(worker);
      worker.line.cut();
      places.leaveAll();
      together.ended(worker);
      if (watching === member) watching = null;
      appoint();
      if (stopping) return;
      if (!opened) first.reject(new FirstWorkerEnded(end));
      else replace(worker, end, { livedMs: Math.round(performance.now() - begun), quickBefore });
    });
  }

  function listens(member: Member, url: string): void {
    member.listens = true;
    log.info({ worker: member.worker.id, pid: member.worker.pid }, "a worker listens");
    appoint();
    if (opened) return;
    opened = true;
    first.resolve(url);
    for (let others = 1; others < count && !stopping; others += 1) start(0);
  }

  function replace(
    { id, pid }: WorkerProcess,
    end: End,
    { livedMs, quickBefore }: { readonly livedMs: number; readonly quickBefore: number },
  ): void {
    const quick = livedMs < steadyMs ? quickBefore + 1 : 0;
    const pauseMs = quick === 0 ? 0 : Math.min(pausesMs.longest, pausesMs.first * 2 ** (quick - 1));
    const said = { worker: id, pid, ...end, livedMs, pauseMs };
    log[end.code === 0 ? "warn" : "error"](said, "a worker ended; another one takes its place after the pause");
    const pause = setTimeout(() => {
      pauses.delete(pause);
      start(quick);
    }, pauseMs);
    pauses.add(pause);
  }

  function appoint(): void {
    if (watching !== null || stopping) return;
    watching = [...members.values()].find((member) => member.listens) ?? null;
    // One that cannot be told has ended, or does soon.
    watching?.worker.line.ask("watch", null, toldMs).catch(() => undefined);
  }

  const kill = (): void => {
    for (const worker of members.keys()) worker.kill();
  };
  start(0);
  return {
    listening: first.promise,
    reload() {
      // One that is not here yet reads them later than now.
      for (const { worker, isHere } of members.values())
        if (isHere) worker.line.ask("reload", null, toldMs).catch(() => undefined);
    },
    async close() {
      stopping = true;
      for (const pause of pauses) clearTimeout(pause);
      const faults = await Promise.all([...members.values()].map(stop));
      const told = faults.filter((fault) => fault !== null);
      if (told.length > 0) throw new Error(told.join(", "));
    },
    kill,
  };
}

/** One that is not here yet has begun nothing. What it ended with, where that was not well. */
async function stop({ worker, isHere }: Member): Promise<string | null> {
  if (isHere) worker.line.ask("stop", null, toldMs).catch(() => undefined);
  else worker.kill();
  const { code, signal } = await worker.ended;
  return isHere && code !== 0 ? `worker ${worker.id} ended with ${signal ?? code}` : null;
}
