import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { AskService } from "../../gateway/door/load-warrants.js";
import { accessDrafts } from "../../gateway/record/access-draft.js";
import { type ActToRecord, actDrafts } from "../../gateway/record/act-drafts.js";
import { carryActs } from "../../gateway/record/carry-acts.js";
import { openRecorder, type Recorder } from "../../gateway/record/open-recorder.js";
import { StoreRefused } from "../../schema/ledger/log-store.js";
import { oneDatabase } from "../kit/databases.js";
import { type AuditLog, ask as askAudit, emptyLog, openAudit, settle } from "../subgraphs/audit/kit.js";
import { issuing, now, quiet, reading } from "./kit.js";

const gateway = { sub: "gateway", role: "GATEWAY", country: null, authority: null, platform: null } as const;

describe.each(oneDatabase)("acts are carried to the log on the %s database", (kind) => {
  let log: AuditLog;
  /** What justice has written down and the log does not hold yet. */
  let waiting: ActToRecord[];
  /** Services that do not answer. */
  const silent = new Set<string>();
  const recorders: Recorder[] = [];
  beforeAll(async () => {
    log = await openAudit(kind);
  });
  beforeEach(async () => {
    await emptyLog(log);
    waiting = [];
    silent.clear();
  });
  afterAll(async () => {
    for (const recorder of recorders) await recorder.close();
    await log.close();
  });

  const ask: AskService = async (service, document, variables) => {
    const name = /(takeActs|settleActs|recordedActs)\(/.exec(document)?.[1] as string;
    if (silent.has(service) || silent.has(name)) throw new Error(`${service} does not answer`);
    if (name === "takeActs") return { takeActs: waiting.slice(0, variables.first as number) };
    if (name === "settleActs") waiting = waiting.filter(({ id }) => !(variables.ids as string[]).includes(id));
    if (name === "settleActs") return { settleActs: true };
    const acts = JSON.stringify(variables.acts);
    return (await askAudit(log, gateway, `{ recordedActs(acts: ${acts}) }`)).data;
  };
  async function recorder(): Promise<Recorder> {
    const options = { clock: () => now, log: quiet, heartbeatMs: 3_600_000, timeoutMs: 5000 };
    const opened = await openRecorder({ store: log.openStore(), ...options });
    recorders.push(opened);
    return opened;
  }
  /** A gateway that carries until `done`, and stops. */
  async function carryUntil(done: () => boolean | Promise<boolean>, by?: Pick<Recorder, "append">): Promise<void> {
    const carrying = carryActs({ ask, recorder: by ?? (await recorder()), log: quiet, everyMs: 5 });
    for (let attempt = 0; !(await done()); attempt += 1) {
      if (attempt > 400) throw new Error("nothing was carried");
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await carrying.close();
  }
  const carried = (): boolean => waiting.length === 0;
  /** The acts as the log lists them. */
  async function recorded(): Promise<{ index: number; act: string; warrant: string }[]> {
    await settle(log);
    return log.running
      .em()
      .execute("select index, act, warrant_id as warrant from audit.audit_warrant_entry order by index");
  }
  const life = (warrantId: string): ActToRecord[] =>
    (["ISSUE", "ACCEPT", "FULFIL"] as const).map((what, place) => ({
      ...issuing,
      ...{ id: `event-${warrantId}-${place}`, what, warrantId },
    }));

  test("in the order in which they were done, each once, and none is left", async () => {
    waiting = [...life("w1"), ...life("w2")];
    await carryUntil(carried);
    const acts = await recorded();
    for (const warrant of ["w1", "w2"])
      expect(acts.filter((act) => act.warrant === warrant).map(({ act }) => act)).toEqual([
        "ISSUE",
        "ACCEPT",
        "FULFIL",
      ]);
    expect(acts).toHaveLength(6);
  });

  test("more than are taken at once", async () => {
    waiting = Array.from({ length: 130 }, (_, place) => ({ ...issuing, id: `event-many-${place}` }));
    await carryUntil(carried);
    expect(await recorded()).toHaveLength(130);
  });

  test("killed before the leaf: the next gateway carries it", async () => {
    waiting = life("w1");
    const dying = { append: () => Promise.reject(new Error("killed")) };
    let rounds = 0;
    await carryUntil(() => ++rounds > 5, dying);
    expect(await recorded()).toEqual([]);
    await carryUntil(carried);
    expect(await recorded()).toHaveLength(3);
  });

  test("killed between the leaf and the word that it is there: the leaf stands once", async () => {
    waiting = life("w1");
    silent.add("settleActs");
    await carryUntil(async () => (await recorded()).length === 3);
    expect(waiting).toHaveLength(3);
    silent.clear();
    await carryUntil(carried);
    expect(await recorded()).toHaveLength(3);
  });

  test("the log is down: acts wait, and are carried when it is there again", async () => {
    waiting = life("w1");
    const opened = await recorder();
    let down = true;
    const append: Recorder["append"] = (drafts) =>
      down ? Promise.reject(new StoreRefused("read-only")) : opened.append(drafts);
    let rounds = 0;
    await carryUntil(
      () => {
        rounds += 1;
        if (rounds === 5) waiting.push(...life("w2"));
        if (rounds === 10) down = false;
        return carried();
      },
      { append },
    );
    expect((await recorded()).map(({ act }) => act)).toEqual(
      [...Array(2)].flatMap(() => ["ISSUE", "ACCEPT", "FULFIL"]),
    );
  });

  test("who does not know what the log holds carries nothing", async () => {
    waiting = life("w1");
    silent.add("recordedActs");
    let rounds = 0;
    await carryUntil(() => ++rounds > 10);
    expect([await recorded(), waiting.length]).toEqual([[], 3]);
  });

  test("the log itself refuses an act that it has: whoever comes second writes nothing", async () => {
    const [one, two] = [await recorder(), await recorder()];
    const drafts = life("w1")
      .flatMap(actDrafts)
      .map(({ draft }) => draft);
    const both = await Promise.allSettled([one.append(drafts), two.append(drafts)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await recorded()).toHaveLength(3);
    await two.append(accessDrafts(reading));
    await one.append(accessDrafts(reading));
  });

  test("an act that changes more obligations than one leaf has room for stands in several, and is carried whole", async () => {
    const duties = Array.from({ length: 70 }, (_, place) => ({
      ...({
        id: `obligation-${place}`,
        kind: "HOLD",
        owner: "PROVIDER",
        state: "OPEN",
        dueAt: issuing.doneAt,
      } as const),
    }));
    waiting = [{ ...issuing, id: "event-large", duties }];
    await carryUntil(carried);
    expect(await recorded()).toHaveLength(3);
    const obligations = await log.running
      .em()
      .execute<{ id: string }[]>("select obligation_id as id from audit.audit_warrant_duty order by index, position");
    expect(obligations.map(({ id }) => id)).toEqual(duties.map(({ id }) => id));
  });
});
