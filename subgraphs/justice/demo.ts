import type { RuleBook } from "../../schema/law/rule-book.js";
import type { Clock, EntityManager } from "../kit/subgraph.js";
import { carryOut } from "./carry-out.js";
import type { Deed } from "./deed.js";
import { type DemoCase, type DemoWarrant, demoCasesAt } from "./demo-cases.js";
import { decideDemo } from "./demo-law.js";
import { Authority } from "./entities/authority.js";
import { Case } from "./entities/case.js";
import { Warrant } from "./entities/warrant.js";
import { WarrantEvent } from "./entities/warrant-event.js";
import { WarrantItem } from "./entities/warrant-item.js";
import { defaultExpiry } from "./expiry.js";
import { type Act, findTransition, ordinarily } from "./life.js";
import { type Draft, makeDraft, storeDraft } from "./make-draft.js";
import { settleActs } from "./record-acts.js";

/**
 * Demo cases, each with warrants that the provider has accepted, dated by the clock to the minute: the same moment gives the same content and
 * hash. They walk through the same acts as any warrant; what is there already stays as it is.
 * Nobody did these acts, so the access log is not told of them; it is of every later one.
 */
export async function loadDemo(em: EntityManager, clock: Clock, book: RuleBook): Promise<void> {
  const now = startOfMinute(clock());
  await em.transactional(async (transaction) => {
    for (const demo of demoCasesAt(now)) {
      const inCase = await openDemoCase(transaction as EntityManager, demo, now);
      for (const warrant of demo.warrants)
        await acceptedWarrant(transaction as EntityManager, inCase, warrant, { now, book });
    }
  });
}

async function openDemoCase(em: EntityManager, demo: DemoCase, now: Date): Promise<Case> {
  const known = await em.findOne(Case, { id: demo.id });
  if (known) return known;
  const earliest = Math.max(...demo.warrants.map(({ issuedDaysAgo }) => issuedDaysAgo));
  const opened: Case = {
    id: demo.id,
    reference: demo.reference,
    country: demo.country,
    authorityId: demo.authorityId,
    offenceCodes: [demo.offenceCode],
    committedOnline: true,
    offenceCountry: demo.country,
    postIds: demo.posts.filter(({ publishedOn }) => new Date(publishedOn) < now).map(({ id }) => id),
    openedAt: before(now, { days: earliest, hours: 2 }),
    closedAt: null,
  };
  await em.insert(Case, opened);
  return opened;
}

async function acceptedWarrant(
  em: EntityManager,
  inCase: Case,
  demo: DemoWarrant,
  { now, book }: { readonly now: Date; readonly book: RuleBook },
): Promise<void> {
  const draft = draftOf(inCase, demo, now);
  if ((await em.count(Warrant, { id: draft.warrant.id })) > 0) return;
  await storeDraft(em, draft);
  const issuedAt = before(now, { days: demo.issuedDaysAgo });
  const authority = await em.findOneOrFail(Authority, { id: inCase.authorityId });
  const decisions = decideDemo(draft, { inCase, authority, at: issuedAt }, book);
  const issue = { by: "ISSUING_AUTHORITY", actor: `judge@${inCase.authorityId}`, at: issuedAt, decisions } as const;
  await perform(em, draft, "ISSUE", issue);
  await perform(em, draft, "ACCEPT", { by: "PROVIDER", actor: "provider@facebook", at: issuedAt });
  const acts = await em.find(WarrantEvent, { warrantId: draft.warrant.id });
  await settleActs(
    em,
    acts.map(({ id }) => id),
  );
}

function draftOf(
  inCase: Case,
  { name, target, believedResidence, categories, issuedDaysAgo, period }: DemoWarrant,
  now: Date,
): Draft {
  const draftedAt = before(now, { days: issuedDaysAgo, hours: 1 });
  let items = 0;
  return makeDraft({
    input: {
      caseId: inCase.id,
      kind: "PRODUCTION",
      platform: "FACEBOOK",
      categories: [...categories],
      targets: [
        {
          kind: target.kind,
          value: target.value,
          ...("at" in target && { at: new Date(target.at) }),
          believed: { residence: believedResidence },
        },
      ],
      period: period
        ? { from: new Date(period.from), to: new Date(period.to) }
        : { from: before(now, { days: 90 }), to: now },
      solePurposeIdentification: true,
      emergency: false,
      necessity: "Nothing but these data tells who used the account.",
      expiresAt: defaultExpiry(draftedAt),
    },
    case: inCase,
    resolved: [
      "accountId" in target
        ? { accountId: target.accountId, resolution: "RESOLVED" }
        : { accountId: null, resolution: "NOT_YET" },
    ],
    drafter: { sub: `judge@${inCase.authorityId}` },
    now: draftedAt,
    nextId: (prefix) => (prefix === "item" ? `item-${name}-${++items}` : `${prefix}-${name}`),
  });
}

async function perform(
  em: EntityManager,
  { warrant: { id } }: Draft,
  act: Act,
  { at: now, ...doing }: Pick<Deed, "by" | "actor" | "decisions"> & { readonly at: Date },
): Promise<void> {
  const warrant = await em.findOneOrFail(Warrant, { id }, { refresh: true });
  const transition = findTransition(act, warrant.status, doing.by, ordinarily);
  if ("code" in transition) throw new Error(`demo warrant ${id}: ${transition.message}`);
  const items = await em.find(WarrantItem, { warrantId: id }, { refresh: true });
  const named = items.map((item) => item.id);
  await carryOut(em, { ...doing, warrant, items, transition, named, now, reason: null });
}

function startOfMinute(now: Date): Date {
  return new Date(Math.floor(now.getTime() / 60_000) * 60_000);
}

function before(moment: Date, { days = 0, hours = 0 }: { readonly days?: number; readonly hours?: number }): Date {
  return new Date(moment.getTime() - (days * 24 + hours) * 3_600_000);
}
