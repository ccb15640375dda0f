import { open } from "node:fs/promises";

/** A file that grows at its end, from one export to the next. */
export interface GrowingFile {
  write(text: string): Promise<void>;
  /** Flushes what is left; resolves with the length of the file, in bytes. */
  close(): Promise<number>;
}

/** Bytes that are collected before they are written. */
const pageBytes = 1 << 20;

/** Opens a file to go on at `length`: what stands behind it was left by an export that did not come to its end. */
export async function growFile(path: string, length: number): Promise<GrowingFile> {
  const file = await open(path, length === 0 ? "w" : "r+", 0o600);
  if (length > 0) await file.truncate(length);
  let at = length;
  let page: string[] = [];
  let pending = 0;

  async function flush(): Promise<void> {
    const bytes = Buffer.from(page.join(""), "utf8");
    page = [];
    pending = 0;
    await file.write(bytes, 0, bytes.length, at);
    at += bytes.length;
  }
  return {
    async write(text) {
      page.push(text);
      pending += text.length;
      if (pending >= pageBytes) await flush();
    },
    async close() {
      await flush();
      await file.sync();
      await file.close();
      return at;
    },
  };
}
