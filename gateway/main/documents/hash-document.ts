import { createHash } from "node:crypto";

/** The name of a document: SHA-256 over the UTF-8 of its text, byte for byte, in 64 small hexadecimal digits. */
export function hashDocument(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
