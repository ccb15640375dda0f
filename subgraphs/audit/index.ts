/** The access log: what the gateways append is numbered, made searchable and served to auditors and providers. Nothing here decides or discloses. */
import { readFile } from "node:fs/promises";
import { readPolicy } from "../../schema/ledger/witness-policy.js";
import type { SubgraphDefinition } from "../kit/subgraph.js";
import { AccessRecord } from "./entities/access-record.js";
import { DutyChange } from "./entities/duty-change.js";
import { FieldAccess } from "./entities/field-access.js";
import { LogRead } from "./entities/log-read.js";
import { SystemRecord } from "./entities/system-record.js";
import { WarrantRecord } from "./entities/warrant-record.js";
import { runIntegrator } from "./integrate/run-integrator.js";
import { AccessLog } from "./migrations/access-log.js";
import { Erasures } from "./migrations/erasure.js";
import { Findings } from "./migrations/findings.js";
import { HoldLeaves } from "./migrations/hold-leaves.js";
import { Months } from "./migrations/months.js";
import { OpeningsOfABatch } from "./migrations/openings-of-a-batch.js";
import { ReadsOfTheLog } from "./migrations/reads-of-the-log.js";
import { Recipients } from "./migrations/recipients.js";
import { LogTree } from "./migrations/tree.js";
import { WarrantActs } from "./migrations/warrant-acts.js";
import { references } from "./references.js";
import {
  AccessRecordFields,
  FieldAccessFields,
  LogReadFields,
  SystemRecordFields,
} from "./resolvers/access-record-fields.js";
import { AuditRoots } from "./resolvers/audit-roots.js";
import { FindingFields, FindingListFields } from "./resolvers/finding-fields.js";
import { HoldFields } from "./resolvers/hold-fields.js";
import { LiveTail } from "./resolvers/live-tail.js";
import { NamedInLogQuery } from "./resolvers/named-in-log.js";
import { RecordedActsQuery } from "./resolvers/recorded-acts.js";
import { ReplayQuery } from "./resolvers/replay-query.js";
import { TreeRoots } from "./resolvers/tree-roots.js";
import { DutyChangeFields, WarrantRecordFields } from "./resolvers/warrant-record-fields.js";
import { WarrantRecords } from "./resolvers/warrant-records.js";
import { keepMonthsOpen, openMonths } from "./retain/open-months.js";
import { openSealer } from "./tree/open-sealer.js";
import { WarrantOfRecord } from "./types/stubs.js";
import { runWitnessing } from "./witness/run-witnessing.js";

export { type Confirmation, confirmErasure, type Erasure } from "./erase/confirm-erasure.js";
export { ErasureFault } from "./erase/erasure-fault.js";
export { confirmHours, requestErasure } from "./erase/request-erasure.js";
export { ExportFault } from "./export/export-fault.js";
export { exportLog } from "./export/export-log.js";
export { describeHold, type HeldMatter, type HoldOrder, liftHold, listHolds, placeHold } from "./hold/holds.js";
export { type LogHealth, readLogHealth } from "./integrate/log-health.js";
export { rebuildProjection } from "./integrate/project.js";
export { readAllBatches } from "./integrate/read-batches.js";
export { RetentionFault } from "./retain/retention-fault.js";
export { retire } from "./retain/retire.js";
export { SeedFault, seedLog } from "./seed/seed-log.js";

export { beginOrigin, OriginFault } from "./tree/begin-origin.js";
export { openSealer } from "./tree/open-sealer.js";
export { TreeFault } from "./tree/tree-fault.js";

export const audit: SubgraphDefinition = {
  name: "audit",
  entities: [AccessRecord, FieldAccess, LogRead, WarrantRecord, DutyChange, SystemRecord],
  migrations: [
    { name: "0001-access-log", class: AccessLog },
    { name: "0002-recipients", class: Recipients },
    { name: "0003-tree", class: LogTree },
    { name: "0004-warrant-acts", class: WarrantActs },
    { name: "0010-erasures", class: Erasures },
    { name: "0011-reads-of-the-log", class: ReadsOfTheLog },
    { name: "0012-months", class: Months },
    { name: "0014-findings", class: Findings },
    { name: "0015-hold-leaves", class: HoldLeaves },
    { name: "0016-openings-of-a-batch", class: OpeningsOfABatch },
  ],
  resolvers: [
    AuditRoots,
    NamedInLogQuery,
    ReplayQuery,
    TreeRoots,
    FindingListFields,
    FindingFields,
    AccessRecordFields,
    FieldAccessFields,
    LogReadFields,
    SystemRecordFields,
    WarrantRecordFields,
    DutyChangeFields,
    HoldFields,
    RecordedActsQuery,
    WarrantRecords,
    LiveTail,
  ],
  references,
  orphanedTypes: [AccessRecord, WarrantRecord, SystemRecord, WarrantOfRecord],
  async afterStart({ em, clock, files: { key, witnesses } }) {
    if (key === undefined) throw new Error("the access log is signed: it needs the file of its key");
    const policy = witnesses === undefined ? null : readPolicy(await readFile(witnesses, "utf8"));
    await openMonths(em());
    const jobs = [
      keepMonthsOpen(em),
      runIntegrator(em, { sealer: await openSealer(key), clock }),
      ...(policy === null ? [] : [runWitnessing(em, policy)]),
    ];
    return async () => {
      await Promise.all(jobs.map((stop) => stop()));
    };
  },
};
