import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";

/** Puts a file in place whole, its folders made where they are missing: who reads it meanwhile sees the old one or the new one. */
export async function writeWhole(folder: string, name: string, content: Uint8Array | string): Promise<void> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.new`;
  await writeFile(draft, content, { mode: 0o600 });
  await rename(draft, file);
}
