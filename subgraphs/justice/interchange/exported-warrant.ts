import type { Authority } from "../entities/authority.js";
import type { Case } from "../entities/case.js";
import type { Warrant } from "../entities/warrant.js";
import type { WarrantItem } from "../entities/warrant-item.js";
import type { WarrantTarget } from "../entities/warrant-target.js";
import type { WarrantStatus } from "../words.js";

/** A warrant with everything that another system needs to take it over; never the necessity, which is the authority's own. */
export interface ExportedWarrant {
  readonly warrant: Warrant;
  readonly status: WarrantStatus;
  readonly case: Case;
  readonly issuing: Authority;
  readonly validating: Authority | null;
  readonly targets: readonly WarrantTarget[];
  readonly items: readonly WarrantItem[];
}

/** The forms are made from public descriptions and code, and nobody has held them against the text of the standards: they say so themselves. */
export const notChecked = "Made from public descriptions; not checked against the text of the standard.";

/** The bytes that hash and signature cover, as they are: whoever takes the warrant over can verify it without believing the form around them. */
export function original({ content, contentHash, signature, validationSignature }: Warrant): object {
  return {
    contentType: "application/json",
    encoding: "base64",
    contents: Buffer.from(content, "utf8").toString("base64"),
    checksum: { algorithm: "SHA-256", value: contentHash },
    signature,
    validationSignature,
  };
}

/** RFC 3339, UTC; null stays null. */
export function instant(date: Date | null): string | null {
  return date === null ? null : date.toISOString();
}
