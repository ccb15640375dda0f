/** Why a rule book is refused, whole: the place of the first fault, what stands there, and what was expected. */
export class RuleBookError extends Error {
  override readonly name = "RuleBookError";
  constructor(
    /** JSON path from the document's root, for example "$.rules[3].validTo". */
    readonly path: string,
    readonly found: string,
    readonly expected: string,
  ) {
    super(`rule book refused: at ${path} found ${found}, expected ${expected}`);
  }
}
