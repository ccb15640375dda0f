import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Access, accessDrafts } from "../../../gateway/record/access-draft.js";
import type { LeafDraft } from "../../../gateway/record/draft.js";
import { openRecorder } from "../../../gateway/record/open-recorder.js";
import { alarmDraft, outcomeDrafts } from "../../../gateway/record/outcome-draft.js";
import type { DecisionCode } from "../../../schema/law/vocabulary.js";
import { auditChecks } from "../../../subgraphs/audit/query/audit-checks.js";
import { oneDatabase } from "../../kit/databases.js";
import { now, quiet, reading } from "../../record/kit.js";
import { type AuditLog, ask, chiefAuditor, germanAuditor, judge, openAudit, settle } from "./kit.js";

const permittedAs = (code: DecisionCode): Access => ({
  ...reading,
  fields: [{ ...(reading.fields[0] as Access["fields"][number]), code }],
});
const underStatus = (status: string): Access => ({
  ...reading,
  warrant: { ...(reading.warrant as NonNullable<Access["warrant"]>), status },
});
const german: Access = { ...permittedAs("HELD"), principal: { ...reading.principal, country: "DE" } };
const busy = Array.from({ length: 60 }, (_, turn) => ({
  ...reading,
  operation: { ...reading.operation, id: `busy-${turn}` },
  principal: { ...reading.principal, sub: "busy" },
}));
const calm = Array.from({ length: 3 }, (_, turn) => ({
  ...reading,
  operation: { ...reading.operation, id: `calm-${turn}` },
  principal: { ...reading.principal, sub: `calm-${turn}` },
}));

describe.each(oneDatabase)("the checks of the log on the %s database", (kind) => {
  let log: AuditLog;
  beforeAll(async () => {
    log = await openAudit(kind);
  });
  afterAll(() => log.close());

  /** Records these, each delivered, and then what else the log says. */
  async function record(accesses: readonly Access[], delivered = true, more: readonly LeafDraft[] = []): Promise<void> {
    const options = { clock: () => now, log: quiet, heartbeatMs: 3_600_000, timeoutMs: 5000 };
    const recorder = await openRecorder({ store: log.openStore(), ...options });
    const { receipts } = await recorder.append(accesses.flatMap(accessDrafts));
    const outcomes = receipts.map(({ leafHash }) => ({ leaf: leafHash, outcome: "RELEASED" as const, rows: [] }));
    if (delivered) await recorder.append(outcomeDrafts("op-1", outcomes));
    if (more.length > 0) await recorder.append(more);
    if (more.length > 0) recorder.refuse(more.length, "QUEUE_FULL");
    if (more.length > 0) await recorder.append(accessDrafts({ ...reading, fields: reading.fields.slice(1) }));
    await recorder.close();
    await settle(log);
  }
  const check = async (name: string, principal = chiefAuditor, rest = "") => {
    const query = `{ auditCheck(check: ${name}${rest}) { treeSize nodes { check index at text warrant { id } record { subject { id } country } } pageInfo { hasNextPage endCursor } } }`;
    const { data, refusals } = await ask(log, principal, query);
    expect(refusals).toEqual([]);
    return data.auditCheck;
  };

  test("a log in order has no finding in any check, and says over how many leaves", async () => {
    await record([reading, ...calm]);
    for (const name of Object.keys(auditChecks)) expect(await check(name)).toMatchObject({ treeSize: 7, nodes: [] });
  });

  test.each([
    ["DISCLOSED_WITHOUT_USABLE_WARRANT", () => record([underStatus("REVOKED")]), 1],
    ["DISCLOSED_WITHOUT_USABLE_WARRANT", () => record([{ ...reading, warrant: null }]), 2],
    ["DISCLOSED_DURING_HOLD", () => record([permittedAs("HELD"), german]), 2],
    ["PERSON_EXCLUDED_BY_AGREEMENT", () => record([permittedAs("PERSON_CONDITION")]), 1],
    ["OFFENCE_BELOW_THRESHOLD", () => record([permittedAs("OFFENCE_BELOW_THRESHOLD")]), 1],
    ["RECORDED_NOT_DELIVERED", () => record([reading], false), 1],
    ["UNUSUAL_VOLUME", () => record(busy), 1],
    [
      "OVER_DISCLOSED",
      () =>
        record([reading], true, [
          alarmDraft("FACTS_DISAGREE", "op-1", "platform"),
          alarmDraft("FIELDS_NOT_ASKED", "op-1", "platform"),
        ]),
      1,
    ],
    ["LOG_GAP", () => Promise.resolve(), 1],
  ] as const)("%s is found", async (name, happen, findings) => {
    await happen();
    const { nodes } = await check(name);
    expect(nodes).toHaveLength(findings);
    expect(nodes[0]).toMatchObject({ check: name, text: auditChecks[name].text, at: now.toISOString() });
    expect(nodes[0].record === null).toBe(auditChecks[name].source === "system");
  });

  test("in the scope of who asks, in a period, and page by page", async () => {
    const own = await check("DISCLOSED_DURING_HOLD", germanAuditor);
    expect(own.nodes).toMatchObject([{ record: { country: "DE" }, warrant: { id: "warrant-1" } }]);
    const later = new Date(now.getTime() + 1000).toISOString();
    expect((await check("DISCLOSED_DURING_HOLD", chiefAuditor, `, from: "${later}"`)).nodes).toEqual([]);
    const first = await check("DISCLOSED_DURING_HOLD", chiefAuditor, ", first: 1");
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = await check(
      "DISCLOSED_DURING_HOLD",
      chiefAuditor,
      `, first: 1, after: "${first.pageInfo.endCursor}"`,
    );
    expect(second).toMatchObject({ pageInfo: { hasNextPage: false } });
    expect(second.nodes[0].index).toBeGreaterThan(first.nodes[0].index);
    const foreign = `{ auditCheck(check: LOG_GAP, after: "${first.pageInfo.endCursor}") { treeSize } }`;
    expect((await ask(log, chiefAuditor, foreign)).refusals).toEqual(["CURSOR"]);
    const empty = `{ auditCheck(check: LOG_GAP, from: "${later}", to: "${now.toISOString()}") { treeSize } }`;
    expect((await ask(log, chiefAuditor, empty)).refusals).toEqual(["PERIOD"]);
    expect((await ask(log, judge, "{ auditCheck(check: LOG_GAP) { treeSize } }")).refusals).toEqual(["ROLE"]);
  });
});
