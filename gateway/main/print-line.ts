/** What a command has to say goes to stdout; what keeps it from saying it, to stderr. */
export function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function printFault(line: string): void {
  process.stderr.write(`${line}\n`);
}
