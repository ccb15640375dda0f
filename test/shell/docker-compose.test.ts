import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { packageRoot } from "../../gateway/main/package-root.js";
import { readSettings, settingNames } from "../../gateway/main/settings.js";
import { subgraphs } from "../../gateway/main/subgraphs.js";

interface Service {
  readonly image?: string;
  readonly build?: { readonly dockerfile_inline: string };
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
}

const text = readFileSync(path.join(packageRoot, "docker-compose.yml"), "utf8");
const file = parse(text, { merge: true, uniqueKeys: true }) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
};
const { database, ...ours } = file.services;
const names = subgraphs.map(({ name }) => name);
const gateways = Object.entries(ours).filter(([, service]) => partOf(service) === "gateway");
const processes = Object.entries(ours);

function partOf({ command = [] }: Service): string | undefined {
  return command.at(-1);
}

function addressOf(name: string, service: Service | undefined): string {
  return `http://${name}:${service?.environment.PORT}`;
}

describe("docker-compose.yml runs what this code is", () => {
  test("each subgraph is one service under its own name, and there are two gateways and a PostgreSQL server", () => {
    expect(processes.map(([, service]) => partOf(service)).sort()).toEqual([...names, "gateway", "gateway"].sort());
    for (const name of names) expect(partOf(ours[name] as Service)).toBe(name);
    expect(database?.image).toMatch(/^postgres:\d+/);
    expect(text).not.toMatch(/fsync|synchronous_commit|full_page_writes/);
  });

  test.each(processes)(
    "%s runs the command that this code has, from the image that is built from these folders",
    (_, service) => {
      expect(service.command?.slice(0, -1)).toEqual(["node", "gateway/cli.ts", "serve"]);
      const copied = [...(service.build?.dockerfile_inline ?? "").matchAll(/^COPY (\w+) \.\/\1$/gm)].map(
        ([, folder]) => folder,
      );
      expect(copied).toEqual(["gateway", "schema", "subgraphs", "test"]);
    },
  );

  test.each(processes)("%s is given settings that the code knows, and values that it takes", (_, { environment }) => {
    expect(Object.keys(environment).filter((name) => !settingNames.includes(name))).toEqual([]);
    expect(() => readSettings(environment)).not.toThrow();
    expect(environment.HOST).toBe("0.0.0.0");
  });

  test.each(processes)("%s works on the database of this file, and waits for it", (_, { environment, depends_on }) => {
    const { hostname, port, username, password, pathname } = new URL(environment.DATABASE_URL as string);
    expect({ hostname, port }).toEqual({ hostname: "database", port: "5432" });
    expect(database?.environment).toEqual({
      POSTGRES_USER: username,
      POSTGRES_PASSWORD: password,
      POSTGRES_DB: pathname.slice(1),
    });
    expect(depends_on).toEqual({ database: { condition: "service_healthy" } });
  });

  test.each(gateways)("%s finds every subgraph at the port on which it listens", (_, { environment }) => {
    for (const name of names)
      expect(environment[`${name.toUpperCase()}_URL`]).toBe(`${addressOf(name, ours[name])}/graphql`);
  });

  test.each(names)("%s asks back where a gateway listens, and trusts the keys that the gateways show", (name) => {
    const { ROGATORY_GATEWAY_URL, ROGATORY_GATEWAY_JWKS } = ours[name]?.environment ?? {};
    const roots = gateways.map(([gateway, service]) => addressOf(gateway, service));
    expect(roots.map((root) => `${root}/graphql`)).toContain(ROGATORY_GATEWAY_URL);
    const keys = roots.map((root) => `${root}/.well-known/rogatory/jwks.json`);
    expect((ROGATORY_GATEWAY_JWKS ?? "").split(",").sort()).toEqual(keys.sort());
  });

  test("the gateways keep their keys in one volume, so that what one of them signs is believed of both", () => {
    const homes = gateways.map(([, { environment, volumes }]) => ({ home: environment.ROGATORY_HOME, volumes }));
    const [volume] = homes[0]?.volumes ?? [];
    expect(volume).toBe(`keys:${homes[0]?.home}`);
    expect(homes[1]).toEqual(homes[0]);
    expect(file.volumes).toHaveProperty("keys");
  });

  test("only the gateways are reached from outside, at different ports, and from this machine alone", () => {
    const published = processes.filter(([, { ports }]) => ports !== undefined);
    expect(published).toEqual(gateways);
    expect(database).not.toHaveProperty("ports");
    const outside = gateways.map(
      ([
        ,
        {
          ports,
          environment: { PORT },
        },
      ]) => {
        const [host, port, inside] = (ports?.[0] ?? "").split(":");
        expect({ host, inside }).toEqual({ host: "127.0.0.1", inside: PORT });
        return port;
      },
    );
    expect(new Set(outside).size).toBe(gateways.length);
  });

  test("every process tells whether it is ready, at the address that it really has", () => {
    for (const [, { healthcheck, environment }] of processes) {
      expect(healthcheck?.test.slice(0, 3)).toEqual(["CMD", "node", "-e"]);
      expect(healthcheck?.test[3]).toContain("process.env.PORT + '/health/ready'");
      expect(environment.PORT).toMatch(/^\d+$/);
    }
    expect(database?.healthcheck?.test[1]).toBe("pg_isready");
  });
});
