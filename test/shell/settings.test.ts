import { describe, expect, test } from "@jest/globals";
import { openClock } from "../../gateway/main/clock.js";
import { readSettings, requireForProduction, SettingsError, settingNames } from "../../gateway/main/settings.js";

const faults = (work: () => unknown): readonly string[] => {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as SettingsError).faults;
  }
  throw new Error("nothing was refused");
};

test("without any setting everything has its place on this machine", () => {
  expect(readSettings({})).toEqual({
    production: false,
    host: "127.0.0.1",
    port: null,
    databaseUrl: null,
    home: ".rogatory",
    trustFile: null,
    sdlFolder: null,
    now: null,
    subgraphUrls: {
      platform: "http://127.0.0.1:4001/graphql",
      justice: "http://127.0.0.1:4002/graphql",
      treaty: "http://127.0.0.1:4003/graphql",
      audit: "http://127.0.0.1:4004/graphql",
    },
    gatewayUrl: "http://127.0.0.1:4000/graphql",
    gatewayJwks: [],
    gatewayKeyPlace: null,
    logKeyFile: null,
    witnessFile: null,
    knownOperations: 1000,
    workers: 1,
  });
});

test("an empty variable counts as not set", () => {
  expect(readSettings({ PORT: "", DATABASE_URL: "", ROGATORY_NOW: "" })).toEqual(readSettings({}));
});

test("an address without a path is that of its GraphQL endpoint", () => {
  expect(readSettings({ TREATY_URL: "http://treaty:4003" }).subgraphUrls.treaty).toBe("http://treaty:4003/graphql");
  expect(readSettings({ TREATY_URL: "http://treaty:4003/api" }).subgraphUrls.treaty).toBe("http://treaty:4003/api");
});

test("the keys of several gateways stand in one setting, with commas between", () => {
  expect(readSettings({ ROGATORY_GATEWAY_JWKS: "http://a/jwks.json, keys.json" }).gatewayJwks).toEqual([
    "http://a/jwks.json",
    "keys.json",
  ]);
});

test("the names are those that the documentation fixes", () => {
  expect([...settingNames].sort()).toEqual([
    "AUDIT_URL",
    "DATABASE_URL",
    "HOST",
    "JUSTICE_URL",
    "NODE_ENV",
    "PLATFORM_URL",
    "PORT",
    "ROGATORY_GATEWAY_JWKS",
    "ROGATORY_GATEWAY_KEY",
    "ROGATORY_GATEWAY_URL",
    "ROGATORY_HOME",
    "ROGATORY_KNOWN_OPERATIONS",
    "ROGATORY_LOG_KEY",
    "ROGATORY_NOW",
    "ROGATORY_SDL",
    "ROGATORY_TRUST",
    "ROGATORY_WITNESSES",
    "ROGATORY_WORKERS",
    "TREATY_URL",
  ]);
});

describe("a wrong setting says what was expected, and does not show what may be secret", () => {
  test.each([
    [{ PORT: "http" }, "PORT: expected a port from 0 to 65535"],
    [{ PORT: "70000" }, "PORT: expected a port from 0 to 65535"],
    [{ DATABASE_URL: "mysql://root:secret@127.0.0.1/x" }, "DATABASE_URL: expected a PostgreSQL URL"],
    [{ DATABASE_URL: "secret" }, "DATABASE_URL: expected a PostgreSQL URL"],
    [{ ROGATORY_NOW: "yesterday" }, "ROGATORY_NOW: expected an RFC 3339 time such as 2026-11-23T10:00:00Z"],
    [{ ROGATORY_NOW: "2026-02-30T10:00:00Z" }, "ROGATORY_NOW: expected an RFC 3339 time"],
    [{ ROGATORY_NOW: "2026-11-23" }, "ROGATORY_NOW: expected an RFC 3339 time"],
    [{ PLATFORM_URL: "platform" }, "PLATFORM_URL: expected an address such as http://127.0.0.1:4001/graphql"],
    [{ ROGATORY_GATEWAY_JWKS: "http://a/jwks.json,," }, "ROGATORY_GATEWAY_JWKS: expected URLs or files of key sets"],
    [{ ROGATORY_KNOWN_OPERATIONS: "-1" }, "ROGATORY_KNOWN_OPERATIONS: expected a number from 0 to 99999"],
    [{ ROGATORY_WORKERS: "0" }, "ROGATORY_WORKERS: expected a number from 1 to 64, or auto"],
    [{ ROGATORY_WORKERS: "65" }, "ROGATORY_WORKERS: expected a number from 1 to 64, or auto"],
    [{ ROGATORY_HOME: "  " }, "ROGATORY_HOME: expected a value, or not to be set"],
  ])("%j", (variables, expected) => {
    const said = faults(() => readSettings(variables));
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(expected);
    expect(said[0]).not.toContain("secret");
  });

  test("all at once", () => {
    expect(faults(() => readSettings({ PORT: "x", ROGATORY_NOW: "x" }))).toHaveLength(2);
  });
});

describe("production takes nothing from a development machine", () => {
  const production = { NODE_ENV: "production" };
  test("no other time", () => {
    expect(faults(() => readSettings({ ...production, ROGATORY_NOW: "2019-06-24T10:00:00Z" }))[0]).toContain(
      "production runs on the real time",
    );
  });

  test("no embedded database, no development issuer, no key of its own making", () => {
    const said = faults(() =>
      requireForProduction(readSettings(production), { database: true, gateway: true, log: true }),
    );
    expect(said.map((fault) => fault.split(":")[0])).toEqual([
      "DATABASE_URL",
      "ROGATORY_TRUST",
      "ROGATORY_GATEWAY_KEY",
      "ROGATORY_LOG_KEY",
    ]);
  });

  test("a subgraph needs the database alone", () => {
    const settings = readSettings({ ...production, DATABASE_URL: "postgres://db/rogatory" });
    expect(() => requireForProduction(settings, { database: true, gateway: false, log: false })).not.toThrow();
  });

  test("development needs none of them", () => {
    expect(() => requireForProduction(readSettings({}), { database: true, gateway: true, log: true })).not.toThrow();
  });
});

test("the clock starts where it is told, and goes on from there", async () => {
  const clock = openClock(new Date("2019-06-24T10:00:00Z"));
  const first = clock().getTime();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(first - Date.parse("2019-06-24T10:00:00Z")).toBeLessThan(1000);
  expect(clock().getTime()).toBeGreaterThan(first);
});
