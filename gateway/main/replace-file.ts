import { renameSync, writeFileSync } from "node:fs";

/** Puts a file in place whole: whoever reads it meanwhile reads what was there before. */
export function replaceFile(file: string, content: string | Uint8Array): void {
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, content);
  renameSync(draft, file);
}
