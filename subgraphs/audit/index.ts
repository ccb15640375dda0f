/** The access log: what the gateways append is numbered, made searchable and served to auditors and providers. Nothing here decides or discloses. */
import type { SubgraphDefinition } from "../kit/subgraph.js";
import { AccessRecord } from "./entities/access-record.js";
import { FieldAccess } from "./entities/field-access.js";
import { runIntegrator } from "./integrate/run-integrator.js";
import { AccessLog } from "./migrations/access-log.js";
import { Recipients } from "./migrations/recipients.js";
import { AccessRecordFields, FieldAccessFields } from "./resolvers/access-record-fields.js";
import { AuditRoots } from "./resolvers/audit-roots.js";
import { NamedInLogQuery } from "./resolvers/named-in-log.js";
import { WarrantRecords } from "./resolvers/warrant-records.js";
import { WarrantOfRecord } from "./types/stubs.js";

export { type LogHealth, readLogHealth } from "./integrate/log-health.js";
export { rebuildProjection } from "./integrate/project.js";
export { readAllBatches } from "./integrate/read-batches.js";

export const audit: SubgraphDefinition = {
  name: "audit",
  entities: [AccessRecord, FieldAccess],
  migrations: [
    { name: "0001-access-log", class: AccessLog },
    { name: "0002-recipients", class: Recipients },
  ],
  resolvers: [AuditRoots, NamedInLogQuery, AccessRecordFields, FieldAccessFields, WarrantRecords],
  orphanedTypes: [AccessRecord, WarrantOfRecord],
  references: { Warrant: ({ id }: { id: string }): WarrantOfRecord => ({ id }) },
  afterStart: async (running) => runIntegrator(() => running.em()),
};
