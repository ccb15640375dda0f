import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type LeafDraft, sealLeaf } from "../../../gateway/record/draft.js";
import { openEpoch } from "../../../gateway/record/epoch.js";
import { keepHistory } from "../../../gateway/record/history.js";
import { encodeBundle } from "../../../schema/ledger/bundle.js";
import { audit } from "../../../subgraphs/audit/index.js";
import { openSubgraph } from "../../../subgraphs/kit/subgraph.js";
import { oneDatabase } from "../../kit/databases.js";
import { now, readings } from "../../record/kit.js";
import { type AuditLog, ask, chiefAuditor, openAudit, settle } from "./kit.js";

const last = audit.migrations.findIndex(({ name }) => name === "0014-openings-of-a-batch");

describe.each(oneDatabase)("a log of the version in which each opening was a row, on the %s database", (kind) => {
  let log: AuditLog;
  beforeAll(async () => {
    log = await openAudit(kind, { ...audit, migrations: audit.migrations.slice(0, last) });
    // An embedded database begins as one of this version.
    await log.running.em().execute("drop schema audit cascade");
    await log.running.migrate();
  });
  afterAll(() => log.close());

  /** As that version wrote it. */
  async function append(drafts: readonly LeafDraft[]): Promise<void> {
    const em = log.running.em();
    const epoch = openEpoch();
    const sealed = epoch.seal([keepHistory().opening(epoch), ...drafts].map((draft) => sealLeaf(draft, now)));
    const { writer, seq, previous, root, hash, signature, leaves } = sealed.batch;
    const bytes = [writer, previous, root, hash, signature].map((value) => Buffer.from(value));
    await em.execute(
      `insert into audit.audit_batch (writer, previous, root, hash, signature, seq, leaves) values (${bytes.map(() => "?::bytea").join(", ")}, ?, ?)`,
      [...bytes, seq, leaves.length],
    );
    await em.execute("insert into audit.audit_bundle (writer, seq, bundle) values (?::bytea, ?, ?::bytea)", [
      Buffer.from(writer),
      seq,
      encodeBundle(leaves),
    ]);
    for (const [ordinal, own] of sealed.openings.entries())
      for (const { reference, key, value } of own)
        await em.execute(
          "insert into audit.audit_opening (writer, seq, ordinal, reference, key, value) values (?::bytea, ?, ?, ?, ?::bytea, ?)",
          [Buffer.from(writer), seq, ordinal, reference, Buffer.from(key), value],
        );
  }

  test("is taken over: every commitment opens as before, and what was erased stays erased", async () => {
    await append([
      ...readings(2),
      ...readings(1).map((draft) => ({ ...draft, references: { ...draft.references, subject: "ü'\\x" } })),
    ]);
    await append(readings(1));
    await log.running.em().execute("delete from audit.audit_opening where ordinal = 2 and reference = 'subject'");
    const upgraded = await openSubgraph(audit, log.options);
    await upgraded.migrate();
    const after = { ...log, running: upgraded };
    await settle(after);
    const { data } = await ask(after, chiefAuditor, "{ accessLog { nodes { actor warrant { id } subject { id } } } }");
    const seen = { actor: "judge-1", warrant: { id: "warrant-1" } };
    expect(
      data.accessLog.nodes.map(({ subject }: { subject: { id: string } | null }) => subject?.id ?? null).sort(),
    ).toEqual(["u0", "u0", "ü'\\x", null].sort());
    expect(data.accessLog.nodes).toEqual(Array(4).fill(expect.objectContaining(seen)));
    await upgraded.close();
  });
});
