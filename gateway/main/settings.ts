import { availableParallelism } from "node:os";
import { z } from "zod";
import { limits } from "./limits.js";

/** The settings of a process: read once, here alone, and refused whole when one of them is wrong. */
export interface Settings {
  readonly production: boolean;
  readonly host: string;
  /** Null: not set; each kind of process then has its own. */
  readonly port: number | null;
  readonly databaseUrl: string | null;
  readonly home: string;
  readonly trustFile: string | null;
  /** Folder of the SDL that a gateway loads; null: what this build was composed from. */
  readonly sdlFolder: string | null;
  /** Development only: where the clock starts. */
  readonly now: Date | null;
  /** Where a gateway of its own process finds a subgraph; by name. */
  readonly subgraphUrls: Readonly<Record<string, string>>;
  /** Where a subgraph of its own process asks back: the address of its GraphQL endpoint. */
  readonly gatewayUrl: string;
  /** URLs or files of the keys that a subgraph trusts for calls and grants; empty: asked of the gateway itself. */
  readonly gatewayJwks: readonly string[];
  /** File, or folder, of the keys that this gateway signs with. */
  readonly gatewayKeyPlace: string | null;
  /** File of the key that signs the log's checkpoints; null: not set. */
  readonly logKeyFile: string | null;
  /** File of the policy that says which witnesses sign the log; null: none. */
  readonly witnessFile: string | null;
  /** How many operations a gateway keeps read, validated and picked; 0: every request is read anew. */
  readonly knownOperations: number;
  /** How many processes a gateway of its own runs as, on one port. */
  readonly workers: number;
}

/** Of a process that holds a gateway: with what its command is told beside the environment. */
export interface GatewaySettings extends Settings {
  /** The only documents that are answered; null: every document is. */
  readonly safelistFile: string | null;
}

/** A setting is wrong; one sentence for each. The process ends with status 2. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  constructor(readonly faults: readonly string[]) {
    super(faults.join("\n"));
  }
}

/** Ports that the processes of one machine take where PORT is not set. */
export const defaultPorts: Readonly<Record<string, number>> = {
  gateway: 4000,
  platform: 4001,
  justice: 4002,
  treaty: 4003,
  audit: 4004,
};

/** Workers of one port. */
const mostWorkers = 64;

const url = (protocols: RegExp, expected: string) => z.url({ protocol: protocols, error: `expected ${expected}` });
const address = (name: string) =>
  url(/^https?$/, "an address such as http://127.0.0.1:4001/graphql")
    .default(`http://127.0.0.1:${defaultPorts[name]}/graphql`)
    .transform(toEndpoint);
const text = z.string().trim().min(1, "expected a value, or not to be set");

const environment = z.object({
  NODE_ENV: z.string().optional(),
  HOST: text.default("127.0.0.1"),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, "expected a port from 0 to 65535; 0 takes a free one")
    .transform(Number)
    .refine((port) => port <= 65_535, "expected a port from 0 to 65535; 0 takes a free one")
    .optional(),
  DATABASE_URL: url(/^postgres(ql)?$/, "a PostgreSQL URL such as postgres://user@127.0.0.1:5432/rogatory").optional(),
  ROGATORY_HOME: text.default(".rogatory"),
  ROGATORY_TRUST: text.optional(),
  ROGATORY_SDL: text.optional(),
  ROGATORY_NOW: z.iso
    .datetime({ offset: true, error: "expected an RFC 3339 time such as 2026-11-23T10:00:00Z" })
    .transform((time) => new Date(time))
    .optional(),
  PLATFORM_URL: address("platform"),
  JUSTICE_URL: address("justice"),
  TREATY_URL: address("treaty"),
  AUDIT_URL: address("audit"),
  ROGATORY_GATEWAY_URL: address("gateway"),
  ROGATORY_GATEWAY_JWKS: z
    .string()
    .transform((list) => list.split(",").map((place) => place.trim()))
    .refine(
      (places) => places.every((place) => place !== ""),
      "expected URLs or files of key sets, with commas between",
    )
    .default([]),
  ROGATORY_GATEWAY_KEY: text.optional(),
  ROGATORY_LOG_KEY: text.optional(),
  ROGATORY_WITNESSES: text.optional(),
  ROGATORY_KNOWN_OPERATIONS: z
    .string()
    .regex(/^\d{1,5}$/, "expected a number from 0 to 99999; 0 keeps none")
    .transform(Number)
    .default(limits.knownOperations),
  ROGATORY_WORKERS: z
    .string()
    .refine((text) => readWorkers(text) !== null, "expected a number from 1 to 64, or auto")
    .transform((text) => readWorkers(text) ?? 1)
    .default(1),
});

/** Throws SettingsError. An empty variable counts as not set; the values of faulty ones are not shown, since they may be secret. */
export function readSettings(variables: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const parsed = environment.safeParse(
    Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== "")),
  );
  if (!parsed.success)
    throw new SettingsError(parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`));
  const read = parsed.data;
  const production = read.NODE_ENV === "production";
  if (production && read.ROGATORY_NOW !== undefined) {
    throw new SettingsError([
      "ROGATORY_NOW: production runs on the real time; unset it, or run without NODE_ENV=production",
    ]);
  }
  return {
    production,
    host: read.HOST,
    port: read.PORT ?? null,
    databaseUrl: read.DATABASE_URL ?? null,
    home: read.ROGATORY_HOME,
    trustFile: read.ROGATORY_TRUST ?? null,
    sdlFolder: read.ROGATORY_SDL ?? null,
    now: read.ROGATORY_NOW ?? null,
    subgraphUrls: {
      platform: read.PLATFORM_URL,
      justice: read.JUSTICE_URL,
      treaty: read.TREATY_URL,
      audit: read.AUDIT_URL,
    },
    gatewayUrl: read.ROGATORY_GATEWAY_URL,
    gatewayJwks: read.ROGATORY_GATEWAY_JWKS,
    gatewayKeyPlace: read.ROGATORY_GATEWAY_KEY ?? null,
    logKeyFile: read.ROGATORY_LOG_KEY ?? null,
    witnessFile: read.ROGATORY_WITNESSES ?? null,
    knownOperations: read.ROGATORY_KNOWN_OPERATIONS,
    workers: read.ROGATORY_WORKERS,
  };
}

/**
 * Production takes nothing from a development machine. Throws SettingsError with everything that is missing; `parts` says what this process needs:
 * a database of its own, keys and trust where it is a gateway, and the log's key where it signs checkpoints.
 */
export function requireForProduction(
  settings: Settings,
  parts: { readonly database: boolean; readonly gateway: boolean; readonly log: boolean },
): void {
  if (!settings.production) return;
  const faults = [
    ...(parts.database && settings.databaseUrl === null
      ? [
          "DATABASE_URL: production refuses the embedded database, which does not survive a power cut; expected a PostgreSQL server",
        ]
      : []),
    ...(parts.gateway && settings.trustFile === null
      ? ["ROGATORY_TRUST: production refuses the development issuer, which vouches for anybody; expected a trust file"]
      : []),
    ...(parts.gateway && settings.gatewayKeyPlace === null
      ? [
          "ROGATORY_GATEWAY_KEY: production makes no keys; expected the file of the gateway's Ed25519 key, or the folder of its keys",
        ]
      : []),
    ...(parts.log && settings.logKeyFile === null
      ? [
          "ROGATORY_LOG_KEY: production makes no keys; expected the file of the log's key, as `rogatory note-key` makes it",
        ]
      : []),
  ];
  if (faults.length > 0) throw new SettingsError(faults);
}

/** Names of the settings, for the test that reads docker-compose.yml against them. */
export const settingNames: readonly string[] = Object.keys(environment.shape);

/** Null where it is none. `auto` is one for each core that this process may use. */
export function readWorkers(text: string): number | null {
  if (text === "auto") return Math.min(availableParallelism(), mostWorkers);
  return /^[1-9]\d?$/.test(text) && Number(text) <= mostWorkers ? Number(text) : null;
}

function toEndpoint(given: string): string {
  const endpoint = new URL(given);
  if (endpoint.pathname === "/") endpoint.pathname = "/graphql";
  return endpoint.toString();
}
