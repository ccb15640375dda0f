/** A command was called with something it cannot use; the sentence says what was expected. Ends with status 2. */
export class WrongCall extends Error {
  override readonly name = "WrongCall";
}
