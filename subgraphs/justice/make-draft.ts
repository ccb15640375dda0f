import { randomInt, randomUUID } from "node:crypto";
import { LockMode } from "@mikro-orm/core";
import type { Principal } from "../../schema/principal.js";
import { Refusal } from "../kit/refusal.js";
import type { EntityManager } from "../kit/subgraph.js";
import { type Believed, beliefOf, canonicalContent, contentHash } from "./canonical-content.js";
import type { Deed } from "./deed.js";
import { Case } from "./entities/case.js";
import { Warrant } from "./entities/warrant.js";
import { WarrantEvent } from "./entities/warrant-event.js";
import { WarrantItem } from "./entities/warrant-item.js";
import { WarrantTarget } from "./entities/warrant-target.js";
import type { Resolved } from "./resolve-targets.js";
import type { DraftWarrantInput } from "./types/inputs.js";

/** As many as there are moments at which an item may be looked at. */
const paces = 2 ** 32;

/** A draft with everything that it consists of, not yet stored. */
export interface Draft {
  readonly warrant: Warrant;
  readonly targets: readonly WarrantTarget[];
  readonly items: readonly WarrantItem[];
  readonly event: WarrantEvent;
}

export interface Drafting {
  readonly input: Omit<DraftWarrantInput, "expiresAt"> & { readonly expiresAt: Date };
  readonly case: Case;
  /** In the order of the input's targets. */
  readonly resolved: readonly Resolved[];
  readonly drafter: Pick<Principal, "sub">;
  readonly now: Date;
  /** Makes an id of a type; random unless given. */
  readonly nextId?: (prefix: "warrant" | "target" | "item" | "event") => string;
}

/** The draft that the input makes, in the case it names: one item for each target and category. Pure but for what is drawn by lot: ids, and the pace of each item. */
export function makeDraft({ input, case: inCase, resolved, drafter, now, nextId = randomId }: Drafting): Draft {
  const id = nextId("warrant");
  const { period, expiresAt, necessity = null, emergencyGround = null, preserves = null, replaces = null } = input;
  const believed = input.targets.map((target) => beliefOf(target.believed));
  const content = canonicalContent({
    id,
    kind: input.kind,
    caseReference: inCase.reference,
    offenceCodes: inCase.offenceCodes,
    committedOnline: inCase.committedOnline,
    offenceCountry: inCase.offenceCountry,
    issuingAuthority: inCase.authorityId,
    platform: input.platform,
    categories: input.categories,
    targets: input.targets.map(({ kind, value, at = null }, index) => ({
      kind,
      value,
      at,
      believed: believed[index] ?? null,
    })),
    period: period ?? null,
    expiresAt,
    solePurposeIdentification: input.solePurposeIdentification,
    emergency: input.emergency,
    emergencyGround,
    necessity,
    preserves,
    replaces,
  });
  const warrant: Warrant = {
    id,
    kind: input.kind,
    caseId: inCase.id,
    authorityId: inCase.authorityId,
    country: inCase.country,
    platform: input.platform,
    categories: [...input.categories],
    periodFrom: period?.from ?? null,
    periodTo: period?.to ?? null,
    solePurposeIdentification: input.solePurposeIdentification,
    emergency: input.emergency,
    emergencyGround,
    necessity,
    validators: [],
    validatingAuthorityId: null,
    validationDueAt: null,
    approvedBy: null,
    approvedAt: null,
    approvedChannel: null,
    replacesId: replaces,
    preservesId: preserves,
    status: "DRAFT",
    draftedAt: now,
    issuedAt: null,
    expiresAt,
    endsAt: expiresAt,
    heldByItselfUntil: null,
    extensionDays: null,
    extendedAt: null,
    deadlineAt: null,
    deadlineState: null,
    queueRank: 1,
    missedDeadlineAt: null,
    changedAt: now,
    contentHash: contentHash(content),
    content,
    signature: null,
    signingKeyId: null,
    validationSignature: null,
    validationKeyId: null,
    version: 1,
  };
  const targets = input.targets.map(
    ({ kind, value, at = null }, position): WarrantTarget => ({
      ...(believed[position] ?? nothingBelieved),
      id: nextId("target"),
      warrantId: id,
      position,
      platform: input.platform,
      kind,
      value,
      at,
      accountId: resolved[position]?.accountId ?? null,
      pinned: resolved[position]?.resolution ?? "UNKNOWN",
    }),
  );
  const pairs = targets.flatMap((target) => input.categories.map((category) => ({ target, category })));
  const items = pairs.map(
    ({ target, category }, position): WarrantItem => ({
      id: nextId("item"),
      warrantId: id,
      targetId: target.id,
      position,
      category,
      status: "DRAFT",
      deadlineAt: null,
      heldUntil: null,
      notifiedCountry: null,
      clearedAt: null,
      settledAt: null,
      disclosedAt: null,
      pace: randomInt(paces) / paces,
      policyVersion: null,
      forPerson: null,
      refusalGround: null,
      refusalBy: null,
      refusalReason: null,
      refusalAt: null,
    }),
  );
  const event: WarrantEvent = {
    id: nextId("event"),
    warrantId: id,
    version: 1,
    at: now,
    from: null,
    to: "DRAFT",
    by: "ISSUING_AUTHORITY",
    actor: drafter.sub,
    reason: null,
    policyVersion: null,
    facts: {
      ...{ what: "DRAFT", issued: false, validationOwed: false, validatedBy: null, signingKey: null },
      ...{ deadline: null, duties: [] },
    },
  };
  return { warrant, targets, items, event };
}

/** Stores a draft, and what is done alongside, whole or not at all. Throws Refusal CHANGED_MEANWHILE where the case was closed since it was read. */
export async function storeDraft(
  em: EntityManager,
  { warrant, targets, items, event }: Draft,
  alongside: Deed["alongside"] = async () => undefined,
): Promise<void> {
  await em.transactional(async (transaction) => {
    const open = await transaction.findOne(
      Case,
      { id: warrant.caseId, closedAt: null },
      { lockMode: LockMode.PESSIMISTIC_READ },
    );
    if (open === null) throw new Refusal("CHANGED_MEANWHILE");
    await transaction.insert(Warrant, warrant);
    await transaction.insertMany(WarrantTarget, [...targets]);
    await transaction.insertMany(WarrantItem, [...items]);
    await transaction.insert(WarrantEvent, event);
    await alongside(transaction as EntityManager);
  });
}

const nothingBelieved: Believed = {
  nationality: null,
  residence: null,
  locatedIn: null,
  protectedRole: null,
  grounds: null,
};

function randomId(prefix: string): string {
  return `${prefix}-${randomUUID()}`;
}
