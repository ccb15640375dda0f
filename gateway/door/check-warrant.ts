import type { AccessCode } from "../../schema/law/vocabulary.js";
import type { Circumstances } from "./circumstances.js";
import type { DoorWarrant } from "./warrant.js";

/** An obstacle that lies in the principal or the warrant, before the law is asked. */
export interface Obstacle {
  readonly code: AccessCode;
  readonly reason: string;
}

const neutral = "The warrant named in the operation gives no access to this.";

/**
 * Whether the principal may use the warrant she names, now. The precise reason goes only to the authority that is party to the warrant;
 * a warrant of somebody else reads like one that does not exist.
 */
export function checkWarrant(
  circumstances: Circumstances,
): { readonly warrant: DoorWarrant } | { readonly obstacle: Obstacle } {
  const { principal, warrantId, warrant, unreadable } = circumstances;
  if (principal.role !== "JUDICIAL") {
    return obstacle(
      "ROLE",
      "Identity data is disclosed to the judicial authority that is party to a warrant, and to nobody else.",
    );
  }
  if (warrantId === null) {
    return obstacle("WARRANT_REQUIRED", "Name the warrant on the operation: query ($w: ID!) @warrant(id: $w) { … }.");
  }
  if (unreadable) {
    return obstacle(
      "WARRANT_NOT_USABLE",
      "The warrant or the law in force could not be read just now; ask again. Nothing was disclosed.",
    );
  }
  if (warrant === undefined) return obstacle("WARRANT_NOT_USABLE", neutral);
  if (warrant.authorityId !== principal.authority || warrant.country !== principal.country) {
    return obstacle("WARRANT_NOT_USABLE", neutral);
  }
  const unusable = whyUnusable(warrant, circumstances);
  return unusable === null ? { warrant } : obstacle("WARRANT_NOT_USABLE", unusable);
}

const statusReasons: Readonly<Record<string, string>> = {
  DRAFT: "The warrant is a draft: issue it, then the provider must accept it.",
  AWAITING_VALIDATION: "The warrant awaits validation by an authority that may order these data.",
  ISSUED: "The provider has not accepted the warrant yet.",
  CONTESTED: "The provider contests the warrant: its questions must be answered first.",
  REFUSED: "The provider refused the warrant: its history says why.",
  FULFILLED: "The warrant is fulfilled and discloses nothing more: draft a new one.",
  REVOKED: "The warrant was revoked.",
  EXPIRED: "The warrant has expired.",
};

/** Half-open, [issuedAt, expiresAt) in UTC: a warrant is dead in the very millisecond of its end. */
function whyUnusable(warrant: DoorWarrant, { now, dryRun }: Circumstances): string | null {
  if (!warrant.asIssued)
    return "The warrant is not the one that was issued: its content was changed, and it opens nothing.";
  if (!warrant.authentic)
    return "The warrant is not what its authority signed: a signature is missing, does not hold, or is of a revoked key.";
  const over = warrant.status === "REVOKED" || warrant.status === "EXPIRED";
  if (dryRun && !over) return null;
  if (warrant.kind !== "PRODUCTION") return "A preservation order freezes data; it discloses none.";
  if (warrant.status !== "ACCEPTED") {
    return statusReasons[warrant.status] ?? "The warrant is in a state in which nothing is disclosed.";
  }
  if (warrant.issuedAt === null || now.getTime() < Date.parse(warrant.issuedAt))
    return "The warrant is not in force yet.";
  if (warrant.expiresAt === null || now.getTime() >= Date.parse(warrant.expiresAt)) return "The warrant has expired.";
  return null;
}

function obstacle(code: AccessCode, reason: string): { readonly obstacle: Obstacle } {
  return { obstacle: { code, reason } };
}
