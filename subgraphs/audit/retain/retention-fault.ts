/** Nothing can be retired, or not as was asked; nothing was dropped. The message says why. */
export class RetentionFault extends Error {
  override readonly name = "RetentionFault";
}
