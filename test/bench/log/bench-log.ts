import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { accessDrafts } from "../../../gateway/record/access-draft.js";
import { openRecorder, type Recorder } from "../../../gateway/record/open-recorder.js";
import type { LogStore } from "../../../schema/ledger/log-store.js";
import { seedLog } from "../../../subgraphs/audit/index.js";
import { runIntegrator } from "../../../subgraphs/audit/integrate/run-integrator.js";
import { readCheckpoint } from "../../../subgraphs/audit/tree/read-checkpoint.js";
import { quiet, reading } from "../../record/kit.js";
import { type AuditLog, ask, openAudit, settle } from "../../subgraphs/audit/kit.js";
import { percentile } from "../percentile.js";
import { offer } from "./overload.js";
import { countQuestions, pageQuestions, type Question } from "./questions.js";
import { drive, others, ours } from "./write-paths.js";

/** How the log is measured, and what prints. */
export interface LogBench {
  readonly rounds: number;
  readonly seconds: number;
  /** Entries of the searchable log in which pages are read. */
  readonly entries: number;
  readonly print: (...rows: readonly (readonly string[])[]) => void;
  readonly progress: (text: string) => void;
}

const clients = 256;
/** What a store takes longer for each batch, where ten times its load is to be offered: nobody can offer ten times what the recorder writes at best, in the same process. */
const slowMs = 100;

/** The access log on a PostgreSQL server that flushes: writing, waiting, integration, overload, and pages of a long log. */
export async function benchLog(bench: LogBench): Promise<void> {
  const perSecond = await withLog((log, recorder) => benchWriting(log, recorder, bench));
  await withLog((log, recorder) => benchLag(log, recorder, perSecond, bench));
  await withLog((log, recorder) => benchOverload(log, recorder, bench), slowMs);
  await benchPages(bench);
}

async function withLog<T>(work: (log: AuditLog, recorder: Recorder) => Promise<T>, slow = 0): Promise<T> {
  const log = await openAudit("server");
  const store = log.openStore();
  const append: LogStore["append"] = async (...batch) => {
    await sleep(slow);
    await store.append(...batch);
  };
  const recorder = await openRecorder({
    store: slow === 0 ? store : { ...store, append },
    clock: () => new Date(),
    log: quiet,
    timeoutMs: 5_000,
  });
  try {
    return await work(log, recorder);
  } finally {
    await recorder.close();
    await log.close();
  }
}

async function benchWriting(
  log: AuditLog,
  recorder: Recorder,
  { rounds, seconds, print, progress }: LogBench,
): Promise<number> {
  const url = log.url as string;
  const paths = [ours(recorder), ...(await others(url))];
  const measured = paths.map(() => ({ perSecond: [] as number[], cpu: [] as number[] }));
  for (let round = 0; round < rounds; round += 1)
    for (const [place, path] of paths.entries()) {
      progress(`${path.name}, round ${round + 1} of ${rounds}`);
      const driven = await drive(path, { clients, seconds });
      measured[place]?.perSecond.push(driven.perSecond);
      measured[place]?.cpu.push(driven.cpu);
    }
  const medians = measured.map(({ perSecond }) => percentile(perSecond, 50));
  const [first = Number.NaN] = medians;
  print(
    [`writing the log, ${clients} clients`, "leaves /s", "ours : this", "CPU µs a leaf, client and writer"],
    ...paths.map(({ name }, place) => [
      name,
      (medians[place] ?? 0).toFixed(0),
      (first / (medians[place] ?? 0)).toFixed(1),
      percentile(measured[place]?.cpu ?? [], 50).toFixed(0),
    ]),
  );
  const rows: string[][] = [];
  for (const count of [1, 32, 256]) {
    progress(`${count} clients wait for their records`);
    const { took } = await drive(paths[0] as (typeof paths)[number], { clients: count, seconds });
    rows.push([String(count), ...[50, 99].map((hundredths) => percentile(took, hundredths).toFixed(2))]);
  }
  print(["what a record adds to an answer, by clients", "p50 ms", "p99 ms"], ...rows);
  await Promise.all(paths.map((path) => path.close()));
  return first;
}

/** At half of what was written at most, how long the oldest record of a checkpoint had waited for it. */
async function benchLag(
  log: AuditLog,
  recorder: Recorder,
  most: number,
  { rounds, seconds, print, progress }: LogBench,
): Promise<void> {
  progress("integration at half load");
  const em = log.running.em;
  const stop = runIntegrator(em, { sealer: log.sealer, clock: () => new Date() });
  const lags: number[] = [];
  const drafts = accessDrafts(reading);
  let [sent, seen] = [0, ""];
  const began = performance.now();
  const waiting: Promise<unknown>[] = [];
  while (performance.now() - began < rounds * seconds * 2_000) {
    const due = Math.floor(((performance.now() - began) / 1000) * (most / 2));
    for (; sent < due; sent += 1) waiting.push(recorder.append(drafts).catch(() => null));
    const checkpoint = await readCheckpoint(em());
    if (checkpoint !== null && checkpoint.note !== seen) {
      seen = checkpoint.note;
      lags.push(checkpoint.lagMs);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await Promise.all(waiting);
  await stop();
  print(
    ["integration at half load", "leaves /s", "checkpoints", "lag p50 ms", "p99 ms"],
    [
      "one process, integrator beside",
      (sent / (rounds * seconds * 2)).toFixed(0),
      String(lags.length),
      ...[50, 99].map((each) => percentile(lags, each).toFixed(0)),
    ],
  );
}

async function benchOverload(
  log: AuditLog,
  recorder: Recorder,
  { rounds, seconds, print, progress }: LogBench,
): Promise<void> {
  progress("ten times as much as can be written");
  const { perSecond } = await drive(ours(recorder), { clients, seconds });
  const {
    offered,
    recorded,
    refused,
    refusals,
    before,
    most: memory,
    receipts,
  } = await offer(recorder, {
    perSecond: perSecond * 10,
    seconds: rounds * seconds,
  });
  await settle(log);
  const [row] = await log.running
    .em()
    .execute<{ found: string }[]>("select count(*) as found from audit.audit_entry where leaf_hash = any (?)", [
      `{${receipts.flatMap((receipt) => receipt.receipts.map(({ leafHash }) => leafHash)).join(",")}}`,
    ]);
  print(
    [
      "ten times overload",
      "offered",
      "recorded",
      "refused",
      "refused after p99 ms",
      "lost",
      "memory MiB, before",
      "at most",
    ],
    [
      "",
      ...[offered, recorded, refused].map(String),
      percentile(refusals, 99).toFixed(1),
      String(recorded - Number(row?.found)),
      before.toFixed(0),
      memory.toFixed(0),
    ],
  );
}

/** What is asked of a long log, each time with other values, and how long an answer takes. Its first answers come from the disk. */
export async function benchPages({ entries, rounds, print, progress }: LogBench): Promise<void> {
  const log = await openAudit("server");
  try {
    const at = new Date();
    const began = performance.now();
    await seedLog(log.running.em(), {
      ...{ entries, at },
      progress: (done, all) =>
        progress(`${entries.toLocaleString("en")} entries are made: ${Math.floor((100 * done) / all)} %`),
    });
    print(
      ["making the log", "entries", "s"],
      ["", entries.toLocaleString("en"), ((performance.now() - began) / 1000).toFixed(0)],
    );
    const turns = Math.max(50, rounds * 7);
    print(
      [`a page of 20 among ${entries.toLocaleString("en")} entries`, "p50 ms", "p99 ms", "first ms", "rows"],
      ...(await askAll(log, pageQuestions(entries, at), turns, progress)),
    );
    print(
      [`counts over ${entries.toLocaleString("en")} entries`, "p50 ms", "p99 ms", "first ms", "rows"],
      ...(await askAll(log, countQuestions(entries, at), 3, progress)),
    );
  } finally {
    await log.close();
  }
}

async function askAll(
  log: AuditLog,
  questions: readonly Question[],
  turns: number,
  progress: (text: string) => void,
): Promise<string[][]> {
  const rows: string[][] = [];
  for (const { name, as, ask: query } of questions) {
    progress(name);
    const took: number[] = [];
    let answered = 0;
    for (let turn = 0; turn < turns; turn += 1) {
      const began = performance.now();
      const { data, refusals } = await ask(log, as, query(turn));
      if (refusals.length > 0) throw new Error(`${name}: ${refusals.join()}`);
      took.push(performance.now() - began);
      const [answer] = Object.values(data);
      answered += (Array.isArray(answer) ? answer : (answer.nodes ?? answer.warrants)).length;
    }
    const [first = Number.NaN] = took;
    rows.push([
      name,
      ...[percentile(took, 50), percentile(took, 99), first].map((ms) => ms.toFixed(1)),
      (answered / turns).toFixed(0),
    ]);
  }
  return rows;
}
