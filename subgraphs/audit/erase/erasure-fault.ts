/** An erasure cannot be asked for, or not be done; nothing was erased. The message says why, and what was expected. */
export class ErasureFault extends Error {
  override readonly name = "ErasureFault";
}
