import { realpathSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, CommanderError, Option } from "commander";
import pc from "picocolors";
import type { ConformanceOptions } from "./commands/conformance.js";
import type { EraseCall } from "./commands/erase.js";
import type { HoldCall } from "./commands/hold.js";
import type { RetainCall } from "./commands/retain.js";
import type { VerifyCall } from "./commands/verify.js";
import type { VerifyAnswerCall } from "./commands/verify-answer.js";
import type { WitnessCall } from "./commands/witness.js";
import { SafelistRefused } from "./documents/safelist-refused.js";
import { GraphRefused } from "./graph-refused.js";
import { FolderLocked } from "./lock-folder.js";
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
    .option(...onlyListed)
    .action(async (part: string, { port, safelist = null }: { port?: string; safelist?: string | null }) => {
      const settings = readSettings();
      const { serve } = await import("./commands/serve.js");
      await serve(part, port, { ...settings, safelistFile: safelist });
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

  command("seed", "Load deterministic synthetic users for load tests")
    .addOption(new Option("--users <number>", "how many").makeOptionMandatory())
    .action(async ({ users }: { users: string }) => {
      const settings = readSettings();
      const { seed } = await import("./commands/seed.js");
      await seed(users, settings);
    });

  command("export", "Write the access log, up to its latest checkpoint, into a folder; again: what came since")
    .argument("<folder>", "empty, or an earlier export of the same log")
    .option("--format <format>", "tiles (C2SP tlog-tiles), jsonl, or csv for spreadsheets", "tiles")
    .action(async (folder: string, { format }: { format: string }) => {
      const settings = readSettings();
      const { exportTo } = await import("./commands/export.js");
      await exportTo(folder, format, settings);
    });

  command("erase", "Erase a person from the access log: one operator asks, another one confirms")
    .option("--subject <id>", "the person, as accessLog shows her")
    .option(
      "--ground <ground>",
      "COURT_ORDER, SUPERVISORY_ORDER, REFUSED_BY_ENFORCING_AUTHORITY (Regulation (EU) 2023/1543, Art 12) or RETENTION_ENDED",
    )
    .option("--confirm <id>", "the request to confirm, as the first call printed it")
    .requiredOption("--by <name>", "the operator who answers for this call")
    .addHelpText(
      "after",
      "\nThe openings of what names her are deleted: no record can be found by her any more, no decision about her replayed. The leaves, the proofs and every receipt\nstay as they are, and the log says that somebody was erased, on which ground, by whom, and from how many leaves. A legal hold forbids it.",
    )
    .action(async (options: EraseCall) => {
      const settings = readSettings();
      const { erase } = await import("./commands/erase.js");
      await erase(options, settings);
    });

  const holds = rogatory.command("hold").description("Legal holds on the access log: what they keep is not erased");
  holds
    .command("place")
    .description("Keep the records of a warrant, of a case or of a time")
    .option("--warrant <id>", "those made under this warrant")
    .option("--case <id>", "those made in this case")
    .option("--from <moment>", "those recorded from here on, with --to (RFC 3339)")
    .option("--to <moment>", "those recorded before")
    .requiredOption("--by <name>", "the operator who answers for it")
    .action(async (options: HoldCall) => {
      const settings = readSettings();
      const { hold } = await import("./commands/hold.js");
      await hold(options, settings);
    });
  holds
    .command("list")
    .description("List the holds that stand")
    .action(async () => {
      const settings = readSettings();
      const { list } = await import("./commands/hold.js");
      await list(settings);
    });
  holds
    .command("lift")
    .description("Lift a hold")
    .argument("<id>", "as `hold list` shows it")
    .action(async (id: string) => {
      const settings = readSettings();
      const { lift } = await import("./commands/hold.js");
      await lift(id, settings);
    });

  command("retain", "Take away the months of the access log that are past retention; their hashes and proofs stay")
    .requiredOption("--keep <months>", "whole months that stay, beside this one: the controller's own rule")
    .requiredOption("--by <name>", "the operator who answers for it")
    .addHelpText(
      "after",
      "\nThe log says from which index on its leaves are there. A hold keeps the month it is on, and all after it; what cannot be searched yet stays as well.",
    )
    .action(async (options: RetainCall) => {
      const settings = readSettings();
      const { retain } = await import("./commands/retain.js");
      await retain(options, settings);
    });

  const several = (value: string, before: readonly string[]): string[] => [...before, value];
  command("verify", "Check an exported log offline; ends with 1 and names the first index that does not hold")
    .argument("<folder>", "what `export` wrote, in format tiles or jsonl")
    .option("--key <key>", "the log's public key, as it came another way; default: the one in the export")
    .option(
      "--earlier <file>",
      "a checkpoint kept from earlier, which the log must contain; may be repeated",
      several,
      [],
    )
    .option(
      "--before <key>",
      "public key of the log under an earlier origin, for checkpoints kept then; may be repeated",
      several,
      [],
    )
    .option("--witness <key>", "public key of a witness; may be repeated", several, [])
    .option("--quorum <number>", "how many of the witnesses must have signed (all)")
    .action(async (folder: string, options: VerifyCall) => {
      const { verify } = await import("./commands/verify.js");
      await verify(folder, options);
    });

  command("verify-answer", "Check a kept answer offline: its seal, its receipts, and where they stand in an export")
    .argument("<file>", "the JSON body of an answer, as it came")
    .option("--jwks <file>", "the gateway's public keys, as it shows them; default: the one in the seal")
    .option("--export <folder>", "an export of the log, in format tiles or jsonl")
    .option("--html <file>", "write a record of the disclosure there, to print and file")
    .action(async (file: string, options: VerifyAnswerCall) => {
      const { verifyAnswerFile } = await import("./commands/verify-answer.js");
      await verifyAnswerFile(file, options);
    });

  command(
    "witness",
    "Run a witness of logs, which signs that a checkpoint is the one before, longer, and keeps size and root alone",
  )
    .requiredOption("--key <file>", "the witness's own key, as `note-key` makes it")
    .requiredOption("--state <folder>", "where to keep what was signed last")
    .option("--log <key>", "public key of a log to sign for; may be repeated", several, [])
    .option("--host <host>", "where to listen", "127.0.0.1")
    .option("--port <port>", "where to listen; 0 takes a free port", "4020")
    .action(async (options: WitnessCall) => {
      const { witness } = await import("./commands/witness.js");
      await witness(options);
    });

  command("note-key", "Make a key that signs checkpoints, of a log or of a witness, and print its public part")
    .argument("<name>", "name of the log or witness, a URL without scheme such as log.example.org/fr")
    .argument("<file>", "where to keep the key; must not be there yet")
    .action(async (name: string, file: string) => {
      const { makeKeyFile } = await import("./commands/note-key.js");
      await makeKeyFile(name, file);
    });

  command(
    "log-origin",
    "Go on with a log that was restored from a backup and lacks what was signed: under another name and a key of its own",
  )
    .argument("<name>", "the log's new name, such as log.example.org/fr-2")
    .argument("<file>", "where to keep its new key; ROGATORY_LOG_KEY still names the old one")
    .addHelpText(
      "after",
      "\nThe log stands still by itself after such a restore, and nothing is disclosed. Stop everything that signs it, run this, and start again with\nROGATORY_LOG_KEY naming the new key. What is left is continued, and the first leaf under the new name says from which checkpoint on, and what is lost.",
    )
    .action(async (name: string, file: string) => {
      const settings = readSettings();
      const { logOrigin } = await import("./commands/log-origin.js");
      await logOrigin(name, file, settings);
    });

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
