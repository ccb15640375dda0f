import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Access, accessDrafts } from "../../../gateway/record/access-draft.js";
import { type ActToRecord, actDrafts } from "../../../gateway/record/act-drafts.js";
import type { LeafDraft } from "../../../gateway/record/draft.js";
import { openRecorder } from "../../../gateway/record/open-recorder.js";
import { alarmDraft, outcomeDrafts } from "../../../gateway/record/outcome-draft.js";
import { type DecisionCode, dataCategories } from "../../../schema/law/vocabulary.js";
import { auditChecks } from "../../../subgraphs/audit/query/audit-checks.js";
import { oneDatabase } from "../../kit/databases.js";
import { issuing, now, quiet, reading } from "../../record/kit.js";
import {
  type AuditLog,
  ask,
  chiefAuditor,
  facebook,
  frenchAuditor,
  germanAuditor,
  judge,
  openAudit,
  settle,
} from "./kit.js";

const permittedAs = (code: DecisionCode): Access => ({
  ...reading,
  fields: [{ ...(reading.fields[0] as Access["fields"][number]), code }],
});
const underStatus = (status: string): Access => ({
  ...reading,
  warrant: { ...(reading.warrant as NonNullable<Access["warrant"]>), status },
});
const german: Access = { ...permittedAs("HELD"), principal: { ...reading.principal, country: "DE" } };
/** An act of a warrant of its own, under which nothing else happens but `more`. */
const act = (warrantId: string, more: Partial<ActToRecord>): LeafDraft[] => {
  const one = { ...issuing, id: `event-${warrantId}-${more.id ?? more.what}`, warrantId, categories: dataCategories };
  return actDrafts({ ...one, ...more, id: one.id }).map(({ draft }) => draft);
};
const under = (warrantId: string, category: Access["fields"][number]["category"] = "SUBSCRIBER"): Access => ({
  ...reading,
  warrant: { ...(reading.warrant as NonNullable<Access["warrant"]>), id: warrantId },
  fields: [{ ...(reading.fields[0] as Access["fields"][number]), category }],
});
const informing = { id: "obligation-inform", kind: "INFORM_USER", owner: "ISSUING_AUTHORITY", dueAt: null } as const;
const inform = (state: "OPEN" | "DONE" | "DEFERRED" | "MISSED") => ({ duties: [{ ...informing, state }] });
const fulfil = { what: "FULFIL", from: "ACCEPTED", to: "FULFILLED", deadlineState: "MET" } as const;
const prosecutor = { authorityId: "fr-parquet-paris", authorityKind: "PUBLIC_PROSECUTOR" } as const;
const preservation = { kind: "PRESERVATION" } as const;
/** Ended without its validation, and before it was due. */
const emergency = { emergency: true, validationOwed: true } as const;

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
    const query = `{ auditCheck(check: ${name}${rest}) { treeSize nodes { check index at text warrant { id } obligation { id } warrantRecord { act } record { subject { id } country } } pageInfo { hasNextPage endCursor } } }`;
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

  /** What happens, and the warrants of the findings: of each two, one is in order. */
  const acts: readonly [
    keyof typeof auditChecks,
    readonly (readonly LeafDraft[])[],
    readonly Access[],
    readonly string[],
  ][] = [
    [
      "EMERGENCY_NOT_VALIDATED",
      [
        act("lapsed", { ...emergency, what: "LAPSE", from: "ACCEPTED", to: "REVOKED" }),
        act("declined", { ...emergency, what: "DECLINE", from: "ACCEPTED", to: "REVOKED" }),
        act("validated", { ...emergency, what: "VALIDATE", from: "ACCEPTED", to: "ACCEPTED", validatedBy: "JUDGE" }),
        act("validated", { emergency: true, what: "REVOKE", from: "ACCEPTED", to: "REVOKED" }),
      ],
      [],
      ["lapsed", "declined"],
    ],
    [
      "PROSECUTOR_ALONE",
      [
        act("alone", prosecutor),
        act("late", prosecutor),
        act("late", { ...prosecutor, what: "VALIDATE", validatedBy: "JUDGE", doneAt: "2026-11-24T00:00:00.000Z" }),
        act("confirmed", prosecutor),
        act("confirmed", { ...prosecutor, what: "VALIDATE", validatedBy: "INVESTIGATING_JUDGE" }),
        act("identification", prosecutor),
        act("judge", {}),
      ],
      [
        under("alone", "TRAFFIC"),
        under("late", "CONTENT"),
        under("confirmed", "TRAFFIC"),
        under("identification"),
        under("judge", "CONTENT"),
      ],
      ["alone", "late"],
    ],
    [
      "DEADLINE_MISSED",
      [
        act("slow", { what: "MISS_DEADLINE", from: "ISSUED", deadlineState: "OVERDUE" }),
        act("slow", { what: "ACCEPT", to: "ACCEPTED", deadlineState: "OVERDUE" }),
        act("swift", { what: "ACCEPT", to: "ACCEPTED", deadlineState: "MET" }),
        act("owing", {
          what: "MISS",
          duties: [{ ...informing, id: "obligation-report", kind: "REPORT", state: "MISSED" }],
        }),
      ],
      [],
      ["slow", "owing"],
    ],
    [
      "USER_NOT_INFORMED",
      [
        act("silent", inform("OPEN")),
        act("silent", fulfil),
        act("told", inform("OPEN")),
        act("told", { what: "COMPLETE", ...inform("DONE") }),
        act("told", fulfil),
        act("put off", inform("OPEN")),
        act("put off", { what: "DEFER", ...inform("DEFERRED") }),
        act("put off", fulfil),
        act("too long", { what: "MISS", duties: [{ ...informing, id: "obligation-too-long", state: "MISSED" }] }),
        act("nothing sent", inform("OPEN")),
        act("nothing sent", { what: "REVOKE", from: "ISSUED", to: "REVOKED" }),
      ],
      [under("silent")],
      ["silent", "too long"],
    ],
    [
      "PRESERVATION_LAPSED",
      [
        act("let go", { ...preservation, what: "EXPIRE", from: "ACCEPTED", to: "EXPIRED" }),
        act("followed", { ...preservation, what: "FOLLOW", from: "ACCEPTED", to: "ACCEPTED" }),
        act("followed", { ...preservation, what: "EXPIRE", from: "ACCEPTED", to: "EXPIRED" }),
        act("never issued", { ...preservation, what: "EXPIRE", from: "DRAFT", to: "EXPIRED", issued: false }),
        act("production", { what: "EXPIRE", from: "ACCEPTED", to: "EXPIRED" }),
      ],
      [],
      ["let go"],
    ],
    [
      "OVERRIDE_USED",
      [
        act("overridden", { what: "REVOKE", by: "CENTRAL_AUTHORITY", from: "ACCEPTED", to: "REVOKED" }),
        act("withdrawn", { what: "REVOKE", from: "ACCEPTED", to: "REVOKED" }),
      ],
      [],
      ["overridden"],
    ],
    [
      "KEY_FROM_NEW_PLACE",
      [
        act("first", { authorityId: "de-ag-berlin", signingKey: "key-1" }),
        act("again", { authorityId: "de-ag-berlin", signingKey: "key-1" }),
        act("new key", { authorityId: "de-ag-berlin", signingKey: "key-2" }),
        act("new hand", { authorityId: "de-ag-berlin", signingKey: "key-1", actor: "judge-9" }),
        act("unsigned", { authorityId: "de-ag-berlin" }),
      ],
      [],
      ["new key", "new hand"],
    ],
  ];
  test.each(acts)(
    "%s is found where it is so, and where it is not it is not",
    async (name, happened, accesses, found) => {
      const recorder = await openRecorder({
        store: log.openStore(),
        clock: () => now,
        log: quiet,
        heartbeatMs: 3_600_000,
        timeoutMs: 5000,
      });
      await recorder.append(happened.flat());
      if (accesses.length > 0) await recorder.append(accesses.flatMap(accessDrafts));
      await recorder.close();
      await settle(log);
      const { treeSize, nodes } = await check(name);
      expect(nodes.map(({ warrant }: { warrant: { id: string } }) => warrant.id)).toEqual(found);
      expect(treeSize).toBeGreaterThan(0);
      for (const node of nodes) {
        const { source, text } = auditChecks[name];
        expect([node.check, node.text]).toEqual([name, text]);
        expect([node.record === null, node.warrantRecord === null]).toEqual([source !== "entry", source !== "act"]);
      }
    },
  );

  test("a disclosure that the acts on its warrant do not bear out is found, whatever the door wrote down of the warrant", async () => {
    const before = (await check("DISCLOSED_WITHOUT_USABLE_WARRANT")).nodes.length;
    const ended = { what: "REVOKE", from: "ACCEPTED", to: "REVOKED" } as const;
    const acts = [
      act("over", { ...ended, doneAt: new Date(now.getTime() - 1).toISOString() }),
      act("later over", { ...ended, doneAt: new Date(now.getTime() + 1).toISOString() }),
      act("identification only", { categories: ["SUBSCRIBER", "USER_IDENTIFICATION"] }),
    ];
    await record(
      [under("over"), under("later over"), under("identification only", "TRAFFIC"), under("identification only")],
      true,
      acts.flat(),
    );
    const found = (await check("DISCLOSED_WITHOUT_USABLE_WARRANT")).nodes.slice(before);
    expect(found.map(({ warrant }: { warrant: { id: string } }) => warrant.id)).toEqual([
      "over",
      "identification only",
    ]);
  });

  test("what was not done is named", async () => {
    const missed = async (name: string) =>
      (await check(name)).nodes.map(({ obligation }: { obligation: { id: string } | null }) => obligation?.id ?? null);
    expect(await missed("USER_NOT_INFORMED")).toEqual(["obligation-inform", "obligation-too-long"]);
    expect(await missed("DEADLINE_MISSED")).toEqual([null, "obligation-report"]);
  });

  test("acts are found in the scope of who asks", async () => {
    expect((await check("OVERRIDE_USED", germanAuditor)).nodes).toEqual([]);
    expect((await check("OVERRIDE_USED", frenchAuditor)).nodes).toHaveLength(1);
    expect((await check("OVERRIDE_USED", facebook)).nodes).toHaveLength(1);
    expect((await check("OVERRIDE_USED", { ...facebook, platform: "FJORDNET" })).nodes).toEqual([]);
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
