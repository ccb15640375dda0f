import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseRuleBook } from "../../../schema/law/parse-rule-book.js";
import { root } from "../../kit/root.js";

/** What justice, treaty and audit tell a gateway that asks in its own name: the first rule book, a log without delay, and one warrant for every number of persons. */

const text = readFileSync(path.join(root, "subgraphs/treaty/data/rule-book-0.1.0.json"), "utf8");
/** The rule book that treaty tells. */
export const ruleBook = parseRuleBook(JSON.parse(text));
const { hash } = ruleBook;

export function answerTreaty({ variables }: { readonly variables?: Readonly<Record<string, unknown>> }): object {
  return { ruleBookDocument: { hash, document: variables?.unless === hash ? null : text } };
}

export function answerAudit(): object {
  return { logHealth: { oldestPendingMs: 0 }, checkpoint: null };
}

export function answerJustice({ variables }: { readonly variables?: Readonly<Record<string, unknown>> }): object {
  return { doorWarrants: (variables?.ids as string[]).map(warrant) };
}

/** `warrant-20`: a judge of Paris orders subscriber data of the first twenty users, and it is accepted. */
function warrant(id: string): object {
  const persons = Array.from({ length: Number(id.split("-")[1]) }, (_, index) => String(index + 1));
  const content = `{"id":"${id}"}`;
  return {
    id,
    kind: "PRODUCTION",
    status: "ACCEPTED",
    asIssued: true,
    contentHash: createHash("sha256").update(content).digest("hex"),
    authorityId: "fr-tj-paris",
    authorityKind: "JUDGE",
    validatingAuthorityKind: null,
    country: "FR",
    platform: "FACEBOOK",
    caseId: "case-1",
    categories: ["SUBSCRIBER"],
    offenceCodes: ["FR-1881-24"],
    committedOnline: true,
    offenceCountry: "FR",
    solePurposeIdentification: true,
    emergency: false,
    issuedAt: "2026-11-20T10:00:00.000Z",
    expiresAt: "2036-11-20T10:00:00.000Z",
    periodFrom: null,
    periodTo: null,
    targets: persons.map((user) => ({
      id: `target-${user}`,
      kind: "ACCOUNT_ID",
      value: user,
      at: null,
      accountId: user,
      believedNationality: null,
      believedResidence: "FR",
      believedLocatedIn: null,
      believedProtectedRole: null,
    })),
    items: persons.map((user) => ({
      id: `item-${user}`,
      targetId: `target-${user}`,
      category: "SUBSCRIBER",
      status: "ACCEPTED",
      heldUntil: null,
      cleared: false,
    })),
    content,
    unsigned: false,
    signatures: [],
  };
}
