import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { accessDrafts } from "../../../gateway/record/access-draft.js";
import type { LeafDraft } from "../../../gateway/record/draft.js";
import { holdDraft } from "../../../gateway/record/hold-draft.js";
import { openRecorder } from "../../../gateway/record/open-recorder.js";
import { parseLeaf } from "../../../schema/ledger/leaf-bytes.js";
import { type HeldMatter, liftHold, listHolds, placeHold, type ToldHold } from "../../../subgraphs/audit/hold/holds.js";
import { rebuildProjection } from "../../../subgraphs/audit/integrate/project.js";
import { oneDatabase } from "../../kit/databases.js";
import { now, quiet, reading } from "../../record/kit.js";
import {
  type AuditLog,
  ask,
  chiefAuditor,
  emptyLog,
  facebook,
  frenchAuditor,
  germanAuditor,
  openAudit,
  settle,
} from "./kit.js";

describe.each(oneDatabase)("legal holds in the log, on the %s database", (kind) => {
  let log: AuditLog;
  const em = () => log.running.em();
  beforeAll(async () => {
    log = await openAudit(kind);
  });
  beforeEach(async () => {
    await emptyLog(log);
    await em().execute("delete from audit.audit_hold");
  });
  afterAll(() => log.close());

  async function append(drafts: readonly LeafDraft[]): Promise<void> {
    const options = { clock: () => now, log: quiet, heartbeatMs: 3_600_000, timeoutMs: 5000 };
    const recorder = await openRecorder({ store: log.openStore(), ...options });
    await recorder.append(drafts);
    await recorder.close();
    await settle(log);
  }
  const record = (hold: ToldHold) => append([holdDraft(hold)]);
  const down = () => Promise.reject(new Error("the log is down"));
  const place = (
    matter: HeldMatter,
    ground: "COURT_ORDER" | "PROCEEDINGS" = "PROCEEDINGS",
    how: typeof record = record,
  ) => placeHold(em(), matter, { ground, by: "amara", at: now, record: how });
  const told = async (principal = chiefAuditor) => {
    const query = `{ logEntries(from: 0, first: 100) { ... on SystemRecord { recordedAt leaf hold { id act ground by from to warrant { id } case { id } } } } }`;
    const { data, refusals } = await ask(log, principal, query);
    expect(refusals).toEqual([]);
    return data.logEntries.filter(({ hold }: { hold?: unknown }) => hold != null);
  };

  test("who placed a hold and who lifted it, when, on what and why, is told to auditors, and no name stands in the leaf", async () => {
    const id = await place({ warrant: "warrant-1" });
    await liftHold(em(), id, { ground: "ENDED", by: "bela", record });
    const on = { id, from: null, to: null, warrant: { id: "warrant-1" }, case: null };
    const entries = await told();
    expect(entries).toMatchObject([
      { recordedAt: now.toISOString(), hold: { ...on, act: "PLACE", ground: "PROCEEDINGS", by: "amara" } },
      { recordedAt: now.toISOString(), hold: { ...on, act: "LIFT", ground: "ENDED", by: "bela" } },
    ]);
    const leaves = entries.map(({ leaf }: { leaf: string }) => parseLeaf(Buffer.from(leaf, "base64")));
    expect(leaves[0]).toMatchObject({ type: "HOLD", hold: id, act: "PLACE", case: null, from: null });
    expect(JSON.stringify(leaves)).not.toMatch(/amara|bela|warrant-1/);
    await rebuildProjection(em());
    expect(await told()).toEqual(entries);
  });

  test("a hold on a time says which", async () => {
    const time = { from: new Date("2026-11-01T00:00:00Z"), to: new Date("2026-12-01T00:00:00Z") };
    await place(time, "COURT_ORDER");
    const { from, to } = { from: time.from.toISOString(), to: time.to.toISOString() };
    expect(await told()).toMatchObject([{ hold: { from, to, ground: "COURT_ORDER", warrant: null, case: null } }]);
  });

  test("on which warrant or case is told to those in whose scope a record names it, and the case to no provider", async () => {
    await append(accessDrafts(reading));
    await place({ warrant: "warrant-1" });
    await place({ case: "case-1" });
    const [warrant, inCase] = [{ id: "warrant-1" }, { id: "case-1" }];
    const seen = async (who: typeof chiefAuditor) =>
      (await told(who)).map(({ hold }: { hold: Record<string, unknown> }) => [hold.by, hold.warrant, hold.case]);
    expect(await seen(chiefAuditor)).toEqual([
      ["amara", warrant, null],
      ["amara", null, inCase],
    ]);
    expect(await seen(frenchAuditor)).toEqual([
      ["amara", warrant, null],
      ["amara", null, inCase],
    ]);
    expect(await seen(germanAuditor)).toEqual([
      ["amara", null, null],
      ["amara", null, null],
    ]);
    expect(await seen(facebook)).toEqual([
      ["amara", warrant, null],
      ["amara", null, null],
    ]);
  });

  test("a hold that cannot be recorded does not stand; one whose lifting cannot be recorded does", async () => {
    await expect(place({ warrant: "warrant-1" }, "PROCEEDINGS", down)).rejects.toThrow("the log is down");
    expect(await listHolds(em())).toEqual([]);
    const id = await place({ warrant: "warrant-1" });
    await expect(liftHold(em(), id, { ground: "ENDED", by: "bela", record: down })).rejects.toThrow("the log is down");
    expect(await listHolds(em())).toMatchObject([{ id, placedBy: "amara" }]);
    expect(await liftHold(em(), id, { ground: "ENDED", by: "bela", record })).toBe(true);
    expect(await liftHold(em(), id, { ground: "ENDED", by: "bela", record: down })).toBe(false);
  });

  test("it keeps from the first moment on: before the leaf that says so", async () => {
    let standing = 0;
    await place({ case: "case-1" }, "PROCEEDINGS", async (hold) => {
      standing = (await listHolds(em())).length;
      await record(hold);
    });
    expect(standing).toBe(1);
  });
});
