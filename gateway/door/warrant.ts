import type { Period } from "../../schema/calls.js";
import type { NamedEmail, NamedPhone } from "../../schema/identity/identifier.js";
import type { IpEndpoint } from "../../schema/ip-address.js";
import type { SubjectFacts } from "../../schema/law/question.js";
import type { AuthorityKind, DataCategory, WarrantKind } from "../../schema/law/vocabulary.js";

/** A person the warrant names: the account its target was resolved to, and what the issuing authority believes about her. */
export interface DoorTarget {
  readonly id: string;
  readonly kind: string;
  /** As the warrant writes it. */
  readonly value: string;
  /** Null where the target was not resolved to an account; it then opens nothing. */
  readonly accountId: string | null;
  readonly believed: SubjectFacts;
  /** What a target names by which one may search; absent for one that names an account. */
  readonly named?: NamedIdentifier;
}

/** An identifier in its canonical form, as a warrant names it. */
export type NamedIdentifier = NamedEndpoint | NamedEmail | NamedPhone;

/** An address at a moment (RFC 3339). */
export interface NamedEndpoint extends IpEndpoint {
  readonly kind: "IP_ADDRESS";
  readonly at: string;
}

/** Target × category: the unit that is accepted, held and refused. */
export interface DoorItem extends ItemState {
  readonly id: string;
  readonly targetId: string;
  readonly category: DataCategory;
}

/** What a decision rests on of an item, whoever its target is. */
export interface ItemState {
  readonly status: string;
  /** The end of the hold under which it was ordered; null: there was none. */
  readonly heldUntil: string | null;
  /** The enforcing authority cleared it: no hold is left. */
  readonly cleared: boolean;
}

/** A warrant as the justice subgraph tells it to the gateway, and to nobody else. */
export interface DoorWarrant {
  readonly id: string;
  readonly kind: WarrantKind;
  /** With expiry applied at the moment of the answer. */
  readonly status: string;
  /** Whether what is decided on is what `contentHash` covers; justice recomputes it each time. */
  readonly asIssued: boolean;
  readonly contentHash: string;
  readonly authorityId: string;
  readonly authorityKind: AuthorityKind;
  readonly validatingAuthorityKind: AuthorityKind | null;
  readonly country: string;
  readonly platform: string;
  readonly caseId: string;
  readonly categories: readonly DataCategory[];
  readonly offenceCodes: readonly string[];
  readonly committedOnline: boolean;
  readonly offenceCountry: string | null;
  readonly solePurposeIdentification: boolean;
  readonly emergency: boolean;
  readonly issuedAt: string | null;
  readonly expiresAt: string | null;
  readonly period: Period | null;
  readonly targets: readonly DoorTarget[];
  readonly items: readonly DoorItem[];
  /** The text is that of the hash, and every signature due on it holds: verified at this door, whatever justice says. */
  readonly authentic: boolean;
}
