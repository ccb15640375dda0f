import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type ExecutionResult, execute, type GraphQLSchema, parse } from "graphql";
import { openPgliteStore } from "../../../gateway/record/pglite-store.js";
import { openPostgresStore } from "../../../gateway/record/postgres-store.js";
import type { Opening } from "../../../schema/ledger/commitment.js";
import type { LogStore } from "../../../schema/ledger/log-store.js";
import { makeNoteKey } from "../../../schema/ledger/note.js";
import { decodeOpenings } from "../../../schema/ledger/openings.js";
import type { Reference } from "../../../schema/ledger/vocabulary.js";
import type { Principal } from "../../../schema/principal.js";
import { forgetOpenings } from "../../../subgraphs/audit/erase/forget-openings.js";
import { audit, type HoldOrder } from "../../../subgraphs/audit/index.js";
import { integrate } from "../../../subgraphs/audit/integrate/integrate.js";
import { project } from "../../../subgraphs/audit/integrate/project.js";
import { readAllBatches } from "../../../subgraphs/audit/integrate/read-batches.js";
import { openSealer, type Sealer } from "../../../subgraphs/audit/tree/open-sealer.js";
import { buildSchema } from "../../../subgraphs/kit/build-schema.js";
import { Refusal } from "../../../subgraphs/kit/refusal.js";
import {
  type OpenSubgraphOptions,
  openSubgraph,
  type RunningSubgraph,
  type SubgraphContext,
} from "../../../subgraphs/kit/subgraph.js";
import { createDatabase } from "../../kit/databases.js";
import { openEmbedded } from "../../kit/embedded-database.js";
import { now, quiet } from "../../record/kit.js";

export interface AuditLog {
  readonly running: RunningSubgraph;
  /** With which it was opened. */
  readonly options: OpenSubgraphOptions;
  /** Signs the log's checkpoints. */
  sealer: Sealer;
  /** A gateway's way to append; a recorder that closes closes it. */
  openStore(): LogStore;
  /** Where the server is, or null on the embedded database. */
  readonly url: string | null;
  close(): Promise<void>;
}

/** The audit subgraph on an empty database, and the store by which a gateway appends to it. */
export async function openAudit(kind: "embedded" | "server", definition = audit): Promise<AuditLog> {
  const temporary = kind === "server" ? await createDatabase() : null;
  const pglite = kind === "embedded" ? await openEmbedded() : null;
  const home = mkdtempSync(path.join(tmpdir(), "rogatory-log-"));
  const keyFile = path.join(home, "key");
  writeFileSync(keyFile, makeNoteKey("log.example/test"));
  const options: OpenSubgraphOptions = {
    database: pglite ? { kind: "embedded", pglite } : { kind: "server", url: temporary?.url as string },
    clock: () => now,
    gatewayKeys: () => Promise.reject(new Error("no call is made")),
    askGateway: () => Promise.reject(new Error("the log asks nobody")),
    log: quiet,
    files: { key: keyFile },
  };
  const running = await openSubgraph(definition, options);
  await running.migrate();
  return {
    running,
    options,
    sealer: await openSealer(keyFile),
    openStore: () =>
      pglite ? openPgliteStore(pglite) : openPostgresStore({ url: temporary?.url as string, log: quiet }),
    url: temporary?.url ?? null,
    async close() {
      await running.close();
      await pglite?.close();
      await temporary?.drop();
      rmSync(home, { recursive: true });
    },
  };
}

/** An empty log again, and nobody who remembers the old one: which no product code can do. */
export async function emptyLog(log: AuditLog): Promise<void> {
  const em = log.running.em();
  const tables = ["audit_batch", "audit_tile", "audit_checkpoint", "audit_cosignature"];
  for (const parted of ["audit_bundle", "audit_opening"])
    await em.execute(`alter table audit.${parted} disable trigger user`);
  for (const table of tables) await em.execute(`alter table audit.${table} disable trigger user`);
  await em.execute(
    `truncate ${tables.map((table) => `audit.${table}`).join(", ")}, audit.audit_export, audit.audit_writer,
     audit.audit_act, audit.audit_entry, audit.audit_entry_field, audit.audit_entry_read, audit.audit_warrant_entry, audit.audit_warrant_duty, audit.audit_system_entry,
     audit.audit_finding, audit.audit_volume, audit.audit_volume_spread, audit.audit_hour`,
  );
  for (const parted of ["audit_bundle", "audit_opening"]) {
    await em.execute(`delete from audit.${parted}`);
    await em.execute(`alter table audit.${parted} enable trigger user`);
  }
  await em.execute(
    "update audit.audit_head set size = 0, searchable = 0, decided = 0, minimum = 0, witnessed_size = 0, fault = null",
  );
  for (const table of tables) await em.execute(`alter table audit.${table} enable trigger user`);
  const { key } = log.running.files;
  rmSync(`${key}.signed`, { force: true });
  log.sealer = await openSealer(key as string);
}

/** What is written meanwhile is of an earlier month: the database dates each row itself, so a test says what day it takes it to be. */
export async function inMonth<T>({ running }: AuditLog, month: string, work: () => Promise<T>): Promise<T> {
  const date = async (value: string): Promise<void> => {
    for (const table of ["audit_batch", "audit_bundle", "audit_opening"])
      await running.em().execute(`alter table audit.${table} alter column month set default ${value}`);
  };
  await running.em().execute(`select audit.open_months('${month}', '${month}')`);
  await date(`'${month}'`);
  const done = await work();
  await date("(date_trunc('month', now() at time zone 'UTC'))::date");
  return done;
}

/** Of a hold whose leaf is nobody's concern. */
export const placing: HoldOrder = { ground: "PROCEEDINGS", by: "legal", record: async () => undefined };

/** The openings of these references are gone, of every leaf. */
export async function forgetEverywhere({ running }: AuditLog, ...references: Reference[]): Promise<void> {
  const places = (await readAllBatches(running.em())).flatMap(({ writer, seq, leaves }) =>
    leaves.map((_, ordinal) => ({ writer: Buffer.from(writer), seq, ordinal, index: null })),
  );
  await forgetOpenings(running.em(), places, references);
}

/** Every opening that is kept. */
export async function keptOpenings({ running }: AuditLog): Promise<Opening[]> {
  const rows = await running
    .em()
    .execute<{ leaves: number; openings: Uint8Array }[]>(
      "select leaves, openings from audit.audit_opening join audit.audit_batch using (writer, seq)",
    );
  return rows.flatMap(({ leaves, openings }) => decodeOpenings(openings, leaves).flat());
}

/** Numbers and projects all that waits. */
export async function settle(log: AuditLog): Promise<void> {
  const { running } = log;
  while ((await integrateOnce(log)) > 0);
  while ((await project(running.em())) > 0);
}

/** One step of integration. */
export function integrateOnce({ running, sealer }: AuditLog): Promise<number> {
  return integrate({ em: running.em(), sealer, clock: () => now });
}

const nobody = { country: null, authority: null, platform: null };
export const frenchAuditor: Principal = { ...nobody, sub: "cnil", role: "AUDITOR", country: "FR" };
export const germanAuditor: Principal = { ...nobody, sub: "bfdi", role: "AUDITOR", country: "DE" };
export const chiefAuditor: Principal = { ...nobody, sub: "edps", role: "AUDITOR" };
export const facebook: Principal = { ...nobody, sub: "desk", role: "PROVIDER", platform: "FACEBOOK" };
export const judge: Principal = {
  ...nobody,
  sub: "judge-1",
  role: "JUDICIAL",
  country: "FR",
  authority: "fr-tj-paris",
};

let schema: GraphQLSchema | undefined;

// biome-ignore lint/suspicious/noExplicitAny: the shape of an answer is that of the test's own query.
type Data = Record<string, any>;

/** Asks the subgraph as somebody. */
export async function ask(
  { running }: AuditLog,
  principal: Principal,
  query: string,
): Promise<{ data: Data; refusals: string[] }> {
  schema ??= buildSchema(audit);
  const contextValue = {
    principal,
    operationId: "op",
    em: running.em(),
    clock: () => now,
    grant: null,
  } as unknown as SubgraphContext;
  const result: ExecutionResult = await execute({ schema, document: parse(query), contextValue });
  return {
    data: JSON.parse(JSON.stringify(result.data ?? {})),
    refusals: (result.errors ?? []).map(({ originalError, message }) =>
      originalError instanceof Refusal ? originalError.refusal : `fault: ${message}`,
    ),
  };
}
