import { realpathSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, CommanderError } from "commander";
import pc from "picocolors";
import type { ConformanceOptions } from "./commands/conformance.js";
import type { SeedCall } from "./commands/seed.js";
import type { ServeOptions } from "./commands/serve.js";
import { SafelistRefused } from "./documents/safelist-refused.js";
import { GraphRefused } from "./graph-refused.js";
import { FolderLocked } from "./lock-folder.js";
import { addLogCommands } from "./log-commands.js";
import { packageRoot } from "./package-root.js";
import { readSettings, SettingsError } from "./settings.js";
import { WrongCall } from "./wrong-call.js";

/**
 * The commands of `rogatory`. Each loads what it needs when it runs, so that making a token does not load a database. A wrong call or setting says what is
 * wrong and ends with 2, any other failure with 1; results go to stdout, everything else to stderr.
 */
export async function runCli(args: readonly string[]): Promise<void> {
  enableCompileCache(join(packageRoot, "dist", "compile-cache"));
  try {
    await program().parseAsync([...args], { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    const wrong = error instanceof SettingsError || error instanceof WrongCall;
    process.stderr.write(
      `${pc.createColors(pc.isColorSupported && process.stderr.isTTY).red(wrong ? "wrong call:" : "failed:")} ${explain(error)}\n`,
    );
    process.exit(wrong ? 2 : 1);
  }
}

/** The option of what holds a gateway. */
const onlyListed = ["--safelist <file>", "answer the documents of this list alone; read again on SIGHUP"] as const;

function program(): Command {
  const rogatory = new Command("rogatory")
    .description(
      "A GraphQL gateway between platforms and justice systems: what may be disclosed, why, and the record of what was.",
    )
    .exitOverride()
    .showHelpAfterError("(add --help for what the command expects)")
    .configureHelp({ showGlobalOptions: false });
  const command = (name: string, description: string): Command =>
    rogatory.command(name).description(description).allowExcessArguments(false);

  command("start", "Run everything in one process: on the embedded database, or on a server with DATABASE_URL")
    .option(...onlyListed)
    .action(async ({ safelist = null }: { safelist?: string | null }) => {
      const settings = readSettings();
      const { start } = await import("./commands/start.js");
      await start({ ...settings, safelistFile: safelist });
    });

  command("serve", "Run one part as a process of its own, over HTTP and on a PostgreSQL server")
    .argument("<part>", "gateway, platform, justice, treaty or audit")
    .option("--port <port>", "where to listen; 0 takes a free port")
    .option("--workers <number>", "of the gateway: how many processes answer at the port; auto: one for each core")
    .option(...onlyListed)
    .action(async (part: string, { safelist = null, ...options }: ServeOptions & { safelist?: string | null }) => {
      const settings = readSettings();
      const { serve } = await import("./commands/serve.js");
      await serve(part, options, { ...settings, safelistFile: safelist });
    });

  command("token", "Print a token of the development issuer, and nothing else")
    .requiredOption("--role <role>", "JUDICIAL, PROVIDER, ENFORCING_AUTHORITY, CENTRAL_AUTHORITY, AUDITOR or ENGINEER")
    .option("--country <code>", "ISO 3166-1 alpha-2, where the role has one")
    .option("--authority <id>", "id in the register of authorities, where the role has one")
    .option("--platform <code>", "platform, where the role has one")
    .option("--sub <name>", "name of the bearer")
    .option("--ttl <seconds>", "how long it is good (86400)")
    .action(async (options: Record<string, string>) => {
      const settings = readSettings();
      const { token } = await import("./commands/token.js");
      await token(options, settings);
    });

  command("compose", "Print every subgraph's SDL into schema/sdl, lint, split and compose; fails on any finding")
    .option("--check", "change nothing; fail where the committed files are not what would be printed")
    .action(async ({ check }: { check?: boolean }) => {
      const settings = readSettings();
      const { compose } = await import("./commands/compose.js");
      await compose({ check: check === true }, settings);
    });

  command("safelist", "Print the safelist of these documents, for the --safelist of a gateway")
    .argument("<paths...>", "files of one document each, or folders of .graphql files")
    .addHelpText(
      "after",
      "\nEach file is one document of one named operation, byte for byte as its client sends it; its id is the SHA-256 of the file. A document that the graph would\nnot run is named with its place, and nothing is printed. The form is Apollo's persisted query manifest, which client builds can write as well.",
    )
    .action(async (paths: string[]) => {
      const settings = readSettings();
      const { safelist } = await import("./commands/safelist.js");
      await safelist(paths, settings);
    });

  const ruleBook = rogatory.command("rulebook").description("Import, list and compare rule books");
  ruleBook
    .command("import")
    .description("Import a rule book; one that does not parse is refused whole, with the place")
    .argument("<file>", "the rule book as JSON")
    .action(async (file: string) => {
      const settings = readSettings();
      const { importFile } = await import("./commands/rulebook.js");
      await importFile(file, settings);
    });
  ruleBook
    .command("list")
    .description("List the imported rule books, newest first")
    .action(async () => {
      const settings = readSettings();
      const { list } = await import("./commands/rulebook.js");
      await list(settings);
    });
  ruleBook
    .command("diff")
    .description("Show which rules two rule books differ in")
    .argument("<a>", "version or hash")
    .argument("<b>", "version or hash")
    .action(async (a: string, b: string) => {
      const settings = readSettings();
      const { diff } = await import("./commands/rulebook.js");
      await diff(a, b, settings);
    });

  command("conformance", "Prove that no identity field of a subgraph leaves without a grant")
    .argument("<url>", "its GraphQL endpoint, such as http://127.0.0.1:4001/graphql")
    .requiredOption("--service <name>", "its name, the audience of calls and grants, such as platform")
    .option(
      "--key <file>",
      "private key of a gateway that it trusts (ROGATORY_GATEWAY_KEY, or the one in ROGATORY_HOME)",
    )
    .option(
      "--id <Type=id>",
      "an entity to ask about; again for more, until every identity field has a value in one. Without it they are looked for from the public roots",
      (given: string, before: readonly string[]) => [...before, given],
      [],
    )
    .option(
      "--platform <code>",
      "among whose accounts its searches find, such as FACEBOOK; without it searches are not tried",
    )
    .addHelpText(
      "after",
      "\nIt plays the gateway, reads the SDL, finds the fields marked @identity, and asks for them in every wrong way. One line for each check;\nends with 1 where one failed. It prints no value. Point it at an installation for tests: what it asks is answered for real.",
    )
    .action(async (url: string, options: ConformanceOptions) => {
      const settings = readSettings();
      const { conformance } = await import("./commands/conformance.js");
      await conformance(url, options, settings);
    });

  command("seed", "Load deterministic synthetic data for load tests")
    .option("--users <number>", "that many users")
    .option(
      "--log-entries <number>",
      "that many entries into the search of an empty log; it can record nothing afterwards",
    )
    .action(async (options: SeedCall) => {
      const settings = readSettings();
      const { seed } = await import("./commands/seed.js");
      await seed(options, settings);
    });

  addLogCommands(rogatory, command);

  rogatory
    .command("prepare", { hidden: true })
    .description("Make what a start need not make again; the build calls it")
    .argument("<stamp>", "what it is made from")
    .action(async (stamp: string) => {
      const { prepareStart } = await import("./prepare-start.js");
      await prepareStart(stamp);
    });
  return rogatory;
}

function explain(error: unknown): string {
  if (
    [SettingsError, WrongCall, FolderLocked, GraphRefused, SafelistRefused].some(
      (expected) => error instanceof expected,
    )
  )
    return (error as Error).message;
  const { code, port, message, stack } = error as NodeJS.ErrnoException & { port?: number };
  if (code === "EADDRINUSE")
    return `port ${port} is taken: stop what listens there, or set PORT to another one (0 takes a free one)`;
  if (code === "ECONNREFUSED") return "the PostgreSQL server of DATABASE_URL does not answer";
  return (stack ?? message).split("\n").slice(0, 12).join("\n");
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  await runCli(process.argv.slice(2));
