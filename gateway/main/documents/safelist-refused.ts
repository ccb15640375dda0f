/** A safelist that does not pass, or does not fit the graph: nothing is served by it. One sentence for each thing that is wrong, and where. */
export class SafelistRefused extends Error {
  override readonly name = "SafelistRefused";
  constructor(
    readonly file: string,
    readonly faults: readonly string[],
  ) {
    super(`the safelist ${file} is refused:\n${faults.join("\n")}`);
  }
}
