import { type ParseArgsConfig, parseArgs } from "node:util";

/** The options of a tool of ours. `--help` prints its usage and ends with 0; a wrong call says what is wrong, prints it too, and ends with 2. */
export function readOptions<Config extends ParseArgsConfig>(
  usage: string,
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  const args = process.argv.slice(2);
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (fault) {
    return refuse((fault as Error).message, usage);
  }
}

/** Ends a wrong call with 2. */
export function refuse(what: string, usage: string): never {
  process.stderr.write(`${what}\n\n${usage}\n`);
  process.exit(2);
}
