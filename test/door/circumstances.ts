import type { Circumstances } from "../../gateway/door/circumstances.js";
import type { Subject } from "../../gateway/door/types.js";
import type { DoorWarrant } from "../../gateway/door/warrant.js";
import type { KnownFacts } from "../../schema/calls.js";
import type { IdentityField } from "../../schema/identity/catalog.js";
import type { DataCategory } from "../../schema/law/vocabulary.js";
import { book } from "../law/book.js";

export const now = new Date("2026-11-23T10:00:00.000Z");

/** The judge of Paris, in a case of hate speech online, against u01, everything ordered and accepted. */
export const warrant: DoorWarrant = {
  id: "warrant-1",
  kind: "PRODUCTION",
  status: "ACCEPTED",
  asIssued: true,
  contentHash: "0".repeat(64),
  authorityId: "fr-tj-paris",
  authorityKind: "JUDGE",
  validatingAuthorityKind: null,
  country: "FR",
  platform: "FACEBOOK",
  caseId: "case-1",
  categories: ["SUBSCRIBER", "USER_IDENTIFICATION", "TRAFFIC", "CONTENT"],
  offenceCodes: ["FR-1881-24"],
  committedOnline: true,
  offenceCountry: "FR",
  solePurposeIdentification: true,
  emergency: false,
  issuedAt: "2026-11-20T10:00:00.000Z",
  expiresAt: "2027-11-20T10:00:00.000Z",
  period: { from: "2026-08-25T00:00:00.000Z", to: "2026-11-23T00:00:00.000Z" },
  targets: [{ id: "target-1", kind: "HANDLE", value: "quiet.heron", accountId: "u01", believed: { residence: "FR" } }],
  items: (["SUBSCRIBER", "USER_IDENTIFICATION", "TRAFFIC", "CONTENT"] as const).map((category) => ({
    id: `item-${category}`,
    targetId: "target-1",
    category,
    status: "ACCEPTED",
    heldUntil: null,
    cleared: false,
  })),
  authentic: true,
};

/** Berlin, section 130, committed in Germany. */
export const berlin: DoorWarrant = {
  ...warrant,
  authorityId: "de-ag-berlin",
  country: "DE",
  offenceCodes: ["DE-STGB-130"],
  offenceCountry: "DE",
  targets: [{ id: "target-1", kind: "HANDLE", value: "quiet.heron", accountId: "u01", believed: { residence: "DE" } }],
};

export const judge = (of: DoorWarrant): Circumstances["principal"] => ({
  sub: "judge",
  role: "JUDICIAL",
  country: of.country,
  authority: of.authorityId,
  platform: null,
});

/** Everything in order; a test changes the one thing it is about. */
export function circumstances(changes: Partial<Circumstances> & { readonly of?: DoorWarrant } = {}): Circumstances {
  const { of = warrant, ...rest } = changes;
  return { principal: judge(of), warrantId: of.id, warrant: of, book, unreadable: false, now, dryRun: false, ...rest };
}

export function field(category: DataCategory, at: string | null = null): IdentityField {
  return {
    coordinate: `User.${category}`,
    type: "User",
    field: category,
    category,
    subjectPath: [],
    at,
    half: "platform_identity",
  };
}

const facts: KnownFacts = {
  providerCountry: "IE",
  residence: "FR",
  nationality: "FR",
  locatedIn: "FR",
  protectedRole: null,
};

export function subject(changes: Partial<KnownFacts> = {}, id = "u01"): Subject {
  return { id, facts: { ...facts, ...changes } };
}
