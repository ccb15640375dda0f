/** An export cannot be made, or not be gone on with; nothing of it counts. The message says what to do. */
export class ExportFault extends Error {
  override readonly name = "ExportFault";
}
