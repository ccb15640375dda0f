import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { captureHome } from "../leaks/captures.js";
import { type Launched, launch } from "./launch.js";
import { type Answer, type Claims, environment, makeToken, post, storyMoment } from "./start-rogatory.js";

export const subgraphNames = ["platform", "justice", "treaty", "audit"] as const;
export const gatewayNames = ["gateway-1", "gateway-2"] as const;
export type SubgraphName = (typeof subgraphNames)[number];
export type GatewayName = (typeof gatewayNames)[number];
export type ProcessName = SubgraphName | GatewayName;

/** What docker-compose.yml runs, without Docker: four subgraphs and two gateways, each a process of its own, on one database. */
export interface Processes {
  readonly home: string;
  /** What the clocks show, more or less. */
  now(): Date;
  /** Address of a process's root; it is known before the process runs. */
  url(name: ProcessName): string;
  /** `options`: of its command, beside the port. */
  start(name: ProcessName, options?: readonly string[]): Promise<Launched>;
  kill(name: ProcessName): Promise<void>;
  /** What a process printed so far. */
  output(name: ProcessName): string;
  /** Asks /health/ready until it answers with this status; what it says then. Throws after half a minute. */
  ready(
    gateway: GatewayName,
    status: number,
  ): Promise<{ readonly status: string; readonly missing?: readonly string[] }>;
  token(claims: Claims): Promise<string>;
  ask(gateway: GatewayName, token: string, query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Ends all that runs; each one's exit code. */
  stop(): Promise<readonly (number | null)[]>;
}

/**
 * Finds a free port for every process and starts none. Their clocks stand at the moment of the stories. A clock starts with its process, so each is told
 * how late it is; subgraphs are told 20 s more, since a call that comes from the future is refused and one that is 20 s old is not.
 */
export async function planProcesses(databaseUrl: string): Promise<Processes> {
  const home = mkdtempSync(path.join(tmpdir(), "rogatory-test-"));
  const begun = performance.now();
  const ports = await freePorts([...subgraphNames, ...gatewayNames]);
  const running = new Map<ProcessName, Launched>();
  const ended: string[] = [];
  const url = (name: ProcessName): string => `http://127.0.0.1:${ports.get(name)}`;
  const addresses = Object.fromEntries(
    subgraphNames.map((name) => [`${name.toUpperCase()}_URL`, `${url(name)}/graphql`]),
  );

  const at = (lead: number): Date => new Date(Date.parse(storyMoment) + performance.now() - begun + lead);
  const settings = (lead: number): NodeJS.ProcessEnv => environment(home, { now: at(lead).toISOString(), databaseUrl });

  return {
    home,
    now: () => at(0),
    url,
    async start(name, options = []) {
      const { part, env } = isGateway(name)
        ? { part: "gateway", env: { ...settings(0), ...addresses } }
        : {
            part: name,
            env: {
              ...settings(20_000),
              ROGATORY_GATEWAY_URL: `${url("gateway-1")}/graphql`,
              ROGATORY_GATEWAY_JWKS: `${url("gateway-1")}/.well-known/rogatory/jwks.json`,
            },
          };
      const launched = await launch(["serve", part, "--port", String(ports.get(name)), ...options], env);
      running.set(name, launched);
      return launched;
    },
    async kill(name) {
      const process = running.get(name);
      ended.push(process?.output() ?? "");
      running.delete(name);
      await process?.kill();
    },
    output: (name) => [...ended, running.get(name)?.output() ?? ""].join("\n"),
    async ready(gateway, status) {
      for (const deadline = performance.now() + 30_000; ; ) {
        const answer = await fetch(`${url(gateway)}/health/ready`);
        const said = (await answer.json()) as { status: string; missing?: readonly string[] };
        if (answer.status === status) return said;
        if (performance.now() > deadline)
          throw new Error(`${gateway} still answers ${answer.status}: ${JSON.stringify(said)}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    token: (claims) => makeToken(claims, settings(0)),
    ask: (gateway, token, query, variables) => post(`${url(gateway)}/graphql`, token, { query, variables }),
    async stop() {
      const codes = await Promise.all([...running.values()].map((process) => process.stop()));
      captureHome(home);
      rmSync(home, { recursive: true, force: true });
      return codes;
    },
  };
}

function isGateway(name: ProcessName): name is GatewayName {
  return (gatewayNames as readonly string[]).includes(name);
}

/** Ports that nobody listens on just now, each another one. */
async function freePorts<Name extends string>(names: readonly Name[]): Promise<ReadonlyMap<Name, number>> {
  const servers = await Promise.all(
    names.map(async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return new Map(names.map((name, place) => [name, ports[place] as number]));
}
