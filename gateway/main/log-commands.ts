import type { Command } from "commander";
import type { EraseCall } from "./commands/erase.js";
import type { HoldCall, LiftCall } from "./commands/hold.js";
import type { RetainCall } from "./commands/retain.js";
import type { VerifyCall } from "./commands/verify.js";
import type { VerifyAnswerCall } from "./commands/verify-answer.js";
import type { WitnessCall } from "./commands/witness.js";
import { readSettings } from "./settings.js";

/** The commands of those who keep the access log, and of those who check it. `command` makes one of `rogatory`. */
export function addLogCommands(rogatory: Command, command: (name: string, description: string) => Command): void {
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

  const holds = rogatory
    .command("hold")
    .description(
      "Legal holds on the access log: what they keep is not erased, and the log says who placed and lifted them",
    );
  holds
    .command("place")
    .description("Keep the records of a warrant, of a case or of a time")
    .option("--warrant <id>", "those made under this warrant")
    .option("--case <id>", "those made in this case")
    .option("--from <moment>", "those recorded from here on, with --to (RFC 3339)")
    .option("--to <moment>", "those recorded before")
    .requiredOption("--ground <ground>", "COURT_ORDER, SUPERVISORY_ORDER or PROCEEDINGS: why")
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
    .requiredOption("--ground <ground>", "COURT_ORDER, SUPERVISORY_ORDER, or ENDED where what it stood for is over")
    .requiredOption("--by <name>", "the operator who answers for it")
    .action(async (id: string, options: LiftCall) => {
      const settings = readSettings();
      const { lift } = await import("./commands/hold.js");
      await lift(id, options, settings);
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
}
