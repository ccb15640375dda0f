import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { decodeJwt } from "jose";
import { seed } from "../../gateway/main/commands/seed.js";
import { capture } from "../leaks/captures.js";

const cli = fileURLToPath(new URL("../../gateway/main/cli.js", import.meta.url));
let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "rogatory-cli-"));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function rogatory(args: readonly string[], env: Record<string, string> = {}): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, ...args], {
      env: { PATH: process.env.PATH, ROGATORY_HOME: home, ...env },
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.on("close", (code) => {
      capture(`${args[0] ?? "help"}-output`, stdout + stderr);
      resolve({ code, stdout, stderr });
    });
  });
}

describe("the token command", () => {
  test("prints the token and nothing else, dated by ROGATORY_NOW", async () => {
    const args = [
      "token",
      "--role",
      "JUDICIAL",
      "--country",
      "FR",
      "--authority",
      "fr-tj-paris",
      "--sub",
      "Me",
      "--ttl",
      "60",
    ];
    const { code, stdout, stderr } = await rogatory(args, { ROGATORY_NOW: "2019-06-24T10:00:00Z" });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const { iat = 0, exp = 0, ...claims } = decodeJwt(stdout.trim());
    expect(claims).toEqual({
      iss: "rogatory-development",
      aud: "rogatory",
      sub: "Me",
      role: "JUDICIAL",
      country: "FR",
      authority: "fr-tj-paris",
    });
    expect(exp - iat).toBe(60);
    expect(iat - Date.parse("2019-06-24T10:00:00Z") / 1000).toBeLessThan(30);
  });

  test("is refused in production", async () => {
    const { code, stdout, stderr } = await rogatory(["token", "--role", "ENGINEER"], { NODE_ENV: "production" });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("production has no development issuer");
  });
});

describe("a wrong call says what is wrong and ends with 2", () => {
  test.each([
    [["tokn"], "unknown command 'tokn'"],
    [["token"], "required option '--role <role>' not specified"],
    [["token", "--role", "KING"], 'claim "role" does not hold: expected one of JUDICIAL'],
    [
      ["token", "--role", "JUDICIAL", "--country", "FR"],
      'claim "authority" does not hold: the role JUDICIAL needs country and authority',
    ],
    [["token", "--role", "ENGINEER", "--ttl", "soon"], "--ttl is soon: expected a number of seconds"],
    [["token", "--role", "ENGINEER", "--colour", "red"], "unknown option '--colour'"],
    [
      ["serve", "kitchen"],
      "there is no part called kitchen: expected one of gateway, platform, justice, treaty, audit",
    ],
    [["serve"], "missing required argument 'part'"],
    [["seed", "--users", "many"], "--users is many: expected a number from 1 to 999999"],
    [["rulebook", "import", "/nowhere.json"], "/nowhere.json cannot be read (ENOENT): expected a rule book as JSON"],
    [["start", "now"], "too many arguments"],
    [["erase", "--subject", "u01", "--ground", "COURT_ORDER"], "required option '--by <name>' not specified"],
    [["erase", "--by", "amara"], "expected --subject and --ground to ask for an erasure, or --confirm to confirm one"],
    [
      ["erase", "--subject", "u01", "--ground", "because", "--by", "amara"],
      "--ground is because: expected one of COURT_ORDER, SUPERVISORY_ORDER, REFUSED_BY_ENFORCING_AUTHORITY, RETENTION_ENDED",
    ],
    [
      ["hold", "place", "--ground", "PROCEEDINGS", "--by", "legal"],
      "expected one of --warrant, --case, or --from and --to",
    ],
    [
      ["hold", "place", "--from", "2026-01-01", "--ground", "PROCEEDINGS", "--by", "legal"],
      "--to is missing: expected a moment such as 2026-01-01T00:00:00Z",
    ],
    [
      ["hold", "place", "--case", "case-1", "--ground", "ENDED", "--by", "legal"],
      "--ground is ENDED: expected one of COURT_ORDER, SUPERVISORY_ORDER, PROCEEDINGS",
    ],
    [
      ["hold", "lift", "00", "--ground", "PROCEEDINGS", "--by", "legal"],
      "--ground is PROCEEDINGS: expected one of COURT_ORDER, SUPERVISORY_ORDER, ENDED",
    ],
    [["hold", "lift", "00", "--ground", "ENDED"], "required option '--by <name>' not specified"],
    [["seed"], "expected --users or --log-entries"],
    [["seed", "--log-entries", "0"], "--log-entries is 0: expected a number from 1 to 99999999"],
    [["retain", "--keep", "0", "--by", "amara"], "--keep is 0: expected a number of months, from 1 on"],
    [["retain", "--keep", "60", "--by", " "], "--by is blank: expected the name of the operator"],
  ])("%j", async (args, expected) => {
    const { code, stdout, stderr } = await rogatory(args);
    expect(stderr).toContain(expected);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  test("without a command the help is shown", async () => {
    const { code, stderr } = await rogatory([]);
    expect(code).toBe(2);
    expect(stderr).toContain("Usage: rogatory");
  });

  test("a wrong setting likewise, each in a line, and nothing is made", async () => {
    const nowhere = join(home, "nowhere");
    const { code, stderr } = await rogatory(["start"], { PORT: "x", ROGATORY_NOW: "x", ROGATORY_HOME: nowhere });
    expect(code).toBe(2);
    expect(stderr).toContain("PORT: expected a port");
    expect(stderr).toContain("\nROGATORY_NOW: expected an RFC 3339 time");
    expect(readdirSync(home)).not.toContain("nowhere");
  });

  test.each(["/proc/x", "/proc", join("/etc/passwd", "below"), "/etc/passwd"])(
    "%s is no home: the sentence names the setting, whatever needs it",
    async (ROGATORY_HOME) => {
      const commands = [["start"], ["token", "--role", "ENGINEER"]];
      for (const { code, stdout, stderr } of await Promise.all(
        commands.map((command) => rogatory(command, { ROGATORY_HOME })),
      )) {
        expect(stderr).toMatch(
          new RegExp(`^wrong call: ROGATORY_HOME: ${ROGATORY_HOME} cannot be used \\(E[A-Z]+\\); expected .*\n$`),
        );
        expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      }
    },
    20_000,
  );
});

test("production takes no synthetic data", async () => {
  const settings = { production: true } as Parameters<typeof seed>[1];
  await expect(seed({ users: "5" }, settings)).rejects.toThrow("NODE_ENV: production takes no synthetic users");
  await expect(seed({ logEntries: "5" }, settings)).rejects.toThrow("production takes no synthetic entries of the log");
});

test("every command has its help", async () => {
  const commands = [
    [],
    ["start"],
    ["serve"],
    ["token"],
    ["compose"],
    ["rulebook"],
    ["rulebook", "import"],
    ["rulebook", "list"],
    ["rulebook", "diff"],
    ["seed"],
    ["erase"],
    ["hold", "place"],
    ["retain"],
  ];
  const runs = await Promise.all(commands.map((command) => rogatory([...command, "--help"])));
  for (const [index, { code, stdout }] of runs.entries()) {
    expect(code).toBe(0);
    expect(stdout).toContain(["Usage: rogatory", ...(commands[index] ?? [])].join(" "));
  }
});
