import pc from "picocolors";
import type { DevelopmentIssuer } from "../../authenticate/development-issuer.js";
import { closeWhenStopped } from "../close-when-stopped.js";
import { openLog } from "../log.js";
import { openStartDatabase } from "../open-start-database.js";
import type { GatewaySettings } from "../settings.js";
import { requireForProduction, SettingsError } from "../settings.js";

/** The three users of the README. */
const users = [
  {
    who: "A judge of the Tribunal judiciaire de Paris",
    claims: { role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" },
  },
  { who: "An auditor for France", claims: { role: "AUDITOR", country: "FR" } },
  { who: "FACEBOOK, the provider", claims: { role: "PROVIDER", platform: "FACEBOOK" } },
] as const;

/** Under the demo warrant of the judge above. */
const query = `query Disclose @warrant(id: "warrant-fr-quiet-heron") { user(id: "u01") { handle legalName email ipAddresses(first: 2) { nodes { address seenAt } } sessions { nodes { address } } } }`;

/** Runs everything in one process until SIGTERM or SIGINT, and says how to try it. Away from a terminal it reads its graph and its safelist again on SIGHUP. */
export async function start(settings: GatewaySettings): Promise<void> {
  requireForProduction(settings, { database: true, gateway: true, log: true });
  if (settings.workers > 1)
    throw new SettingsError([
      "ROGATORY_WORKERS: `start` runs everything in one process; expected 1; the workers are those of `serve gateway`, on a PostgreSQL server",
    ]);
  const log = openLog(settings.production ? "info" : "warn", "rogatory");
  // The database opens while the rest of the program is loaded: together they are most of the time of a start.
  const [database, { startAll }] = await Promise.all([openStartDatabase(settings), import("../start-all.js")]);
  const running = await startAll(settings, database, log);
  closeWhenStopped(running.close, (fault) => log.error({ err: fault }, "not closed well"));
  // On a terminal a hang-up is the end of it, as ever.
  if (!process.stdin.isTTY) process.on("SIGHUP", running.reload);
  const { url, developmentIssuer } = running;
  const colors = pc.createColors(pc.isColorSupported && process.stdout.isTTY);
  const lines = [
    `Rogatory listens on ${colors.bold(`${url}/graphql`)}`,
    `The console is at ${url}/`,
    ...(developmentIssuer === null ? [] : await howToTry(url, developmentIssuer, colors, settings)),
    ...warnings(settings, developmentIssuer !== null).map((warning) => colors.yellow(warning)),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

async function howToTry(
  url: string,
  issuer: DevelopmentIssuer,
  colors: ReturnType<typeof pc.createColors>,
  { safelistFile }: GatewaySettings,
): Promise<string[]> {
  const tokens = await Promise.all(users.map(async ({ who, claims }) => ({ who, token: await issuer.token(claims) })));
  const bearers = ["", ...tokens.flatMap(({ who, token }) => [`${colors.bold(who)}:`, token, ""])];
  if (safelistFile !== null) return bearers;
  const body = JSON.stringify({ query });
  return [
    ...bearers,
    `${colors.bold("A query to try")}, here with the judge's token:`,
    query,
    "",
    `curl -s ${url}/graphql -H 'content-type: application/json' -H 'authorization: Bearer ${tokens[0]?.token}' -d '${body}'`,
    "",
  ];
}

function warnings({ home, now, databaseUrl, safelistFile }: GatewaySettings, development: boolean): string[] {
  return [
    ...(development
      ? ["DEVELOPMENT ISSUER: anybody with the key in this folder is anybody. Set ROGATORY_TRUST for real users."]
      : []),
    ...(databaseUrl === null
      ? [
          `EMBEDDED DATABASE in ${home}: it never calls fsync and does not survive a power cut. Set DATABASE_URL for real data.`,
        ]
      : []),
    ...(safelistFile === null
      ? []
      : [
          `SAFELIST: the documents of ${safelistFile} are answered and no others, from the console neither, nor introspection.`,
        ]),
    ...(now === null ? [] : [`The clock started at ${now.toISOString()} (ROGATORY_NOW).`]),
  ];
}
