import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { GrantClaims, KnownFacts } from "../../schema/calls.js";
import { identifierText } from "../../schema/identity/identifier.js";
import type { LeafReceipt } from "../../schema/ledger/receipt.js";
import type { Alarm } from "../../schema/ledger/vocabulary.js";
import type { Principal } from "../../schema/principal.js";
import { accessDrafts } from "../record/access-draft.js";
import { heartbeat } from "../record/draft.js";
import type { Recorder } from "../record/open-recorder.js";
import { alarmDraft } from "../record/outcome-draft.js";
import { buildIdentityRequest } from "./build-identity-request.js";
import { checkWarrant } from "./check-warrant.js";
import type { Circumstances } from "./circumstances.js";
import { type Access, contradictory } from "./decide-access.js";
import { decideAsk } from "./decide-ask.js";
import type { DoorOpening } from "./door-opening.js";
import { entriesOf } from "./entries-of.js";
import type { FollowedRuleBook } from "./follow-rule-book.js";
import { keepOutcomes } from "./keep-outcomes.js";
import { type Purpose, readPurpose } from "./read-purpose.js";
import { sameFacts } from "./same-facts.js";
import { type Ask, type Denial, type Door, type GraphQLAnswer, type Verdict, WarrantGone } from "./types.js";
import type { DoorWarrant } from "./warrant.js";

/** A door opened for one operation, and what it has to show at the end. */
export interface OpenedDoor extends Door, Purpose {
  /** Of everything recorded so far, in order. */
  receipts(): readonly LeafReceipt[];
  /** After the answer: tells the log what became of what was authorised. Best effort. */
  finish(outcome: "ANSWERED" | "ABORTED"): void;
}

/** One signed identity fetch. */
export interface IdentityCall {
  readonly half: string;
  readonly principal: Principal;
  readonly operationId: string;
  readonly body: string;
  readonly grant: GrantClaims;
  readonly signal: AbortSignal;
}

/** What every door of this gateway works with. */
export interface DoorParts {
  readonly schema: GraphQLSchema;
  readonly loadWarrant: (id: string) => Promise<DoorWarrant | undefined>;
  readonly ruleBook: Pick<FollowedRuleBook, "current">;
  readonly recorder: Pick<Recorder, "append" | "note">;
  /** Signs the grant and sends. Throws when the subgraph cannot be reached. */
  readonly sendIdentity: (call: IdentityCall) => Promise<GraphQLAnswer>;
  readonly clock: () => Date;
  readonly log: Logger;
}

/**
 * The door: decide, record, and only then fetch. Warrant and rule book are read once for each operation, before its first decision, and never shared with
 * a later one; both are read again before every fetch from an identity half, and before the answer leaves, so that a revocation or an expiry reaches an operation
 * in flight: what is still to be fetched is not asked for, and what was fetched is dropped.
 */
export function openDoors(parts: DoorParts): (opening: DoorOpening) => OpenedDoor {
  return (opening) => openDoor(opening, parts);
}

function openDoor(opening: DoorOpening, parts: DoorParts): OpenedDoor {
  const { principal, operationId } = opening;
  const purpose = readPurpose(parts.schema, opening.document, opening.operationName, opening.variables);
  const decisions = new Map<Verdict, Access>();
  const denials = new Map<string, Denial>();
  const alarmed = new Set<string>();
  const persons = new Map<string, { facts: KnownFacts; verdicts: Map<string, Verdict> }>();
  const receipts: LeafReceipt[] = [];
  const outcomes = keepOutcomes(operationId, parts.recorder);
  let circumstances: Circumstances | null = null;

  const rightNow = async (): Promise<Circumstances> => readCircumstances(principal, purpose, parts);

  function alarm(kind: Alarm, half: string): void {
    const key = `${kind} ${half}`;
    if (alarmed.has(key)) return;
    alarmed.add(key);
    parts.log.warn({ operationId, half, alarm: kind }, "a subgraph's answer was not what it was asked for");
    parts.recorder.note([alarmDraft(kind, operationId, half)]);
  }

  function judge(ask: Ask): Verdict {
    const { field, subject, search } = ask;
    if (circumstances === null) throw new Error("the door was not prepared");
    const person = subject?.id ?? "";
    const known = persons.get(person) ?? { facts: subject?.facts ?? nobody, verdicts: new Map<string, Verdict>() };
    persons.set(person, known);
    const disagree = subject !== null && (subject.doubtful === true || !sameFacts(known.facts, subject.facts));
    const searched = search === undefined ? "" : `${field.coordinate} by ${identifierText(search)}`;
    const key = `${field.category} ${field.at === null ? "" : "in period"}${disagree ? " disagree" : ""} ${searched}`;
    const held = known.verdicts.get(key);
    if (held !== undefined) return held;
    if (disagree) alarm("FACTS_DISAGREE", field.half);
    const access = sharingDenials(disagree ? contradictory(field) : decideAsk(circumstances, ask), denials);
    known.verdicts.set(key, access.verdict);
    decisions.set(access.verdict, access);
    return access.verdict;
  }

  /** Reads warrant and rule book again. Null where neither has changed and the warrant is still usable: then every decision stands. */
  async function lookAgain(): Promise<((ask: Ask) => Denial | null) | null> {
    const now = await rightNow();
    const unchanged =
      now.book === circumstances?.book && JSON.stringify(now.warrant) === JSON.stringify(circumstances?.warrant);
    if (unchanged && !("obstacle" in checkWarrant(now))) return null;
    return (ask) => {
      const { verdict } = sharingDenials(decideAsk(now, ask), denials);
      return verdict.kind === "DENIED" ? verdict.denial : null;
    };
  }

  return {
    ...purpose,
    judge,
    receipts: () => receipts,

    async prepare() {
      circumstances ??= await rightNow();
    },

    async record(decided) {
      const { entries, asks } = entriesOf(decided, decisions, { opening, purpose, circumstances });
      const drafts = entries.map((entry) => accessDrafts(entry));
      const receipt = await parts.recorder.append(drafts.flat());
      receipts.push(...receipt.receipts);
      outcomes.recorded(drafts, receipt, asks);
      return receipt;
    },

    async recordSilently(decided) {
      const { entries } = entriesOf(decided, decisions, { opening, purpose, circumstances });
      const drafts = entries.flatMap((entry) => accessDrafts(entry));
      await parts.recorder.append(drafts.length > 0 ? drafts : [heartbeat]);
    },

    async send(receipt, request, signal) {
      const warrant = circumstances?.warrant;
      if (warrant === undefined) throw new Error("nothing is sent without a warrant");
      const against = await lookAgain();
      const gone = against === null ? undefined : request.granted.map(against).find((denial) => denial !== null);
      if (against !== null && gone)
        throw new WarrantGone((ask) => against(ask) ?? { ...gone, category: ask.field.category });
      const { body, grant } = buildIdentityRequest(receipt, request, { operationId, warrant });
      return parts.sendIdentity({ half: request.half, principal, operationId, body, grant, signal });
    },

    lastLook: lookAgain,

    alarm,
    released: outcomes.released,
    finish: outcomes.finish,
  };
}

/** Persons denied in the same words share one denial, so that an answer can group its paths by decision. */
function sharingDenials(access: Access, denials: Map<string, Denial>): Access {
  if (access.verdict.kind !== "DENIED") return access;
  const text = JSON.stringify(access.verdict.denial);
  const denial = denials.get(text) ?? access.verdict.denial;
  denials.set(text, denial);
  return { ...access, verdict: { kind: "DENIED", denial } };
}

const nobody: KnownFacts = {
  providerCountry: "",
  residence: null,
  nationality: null,
  locatedIn: null,
  protectedRole: null,
};

/** Never throws: what cannot be read shuts the door, and is logged. */
async function readCircumstances(
  principal: Principal,
  { warrantId, dryRun }: Purpose,
  parts: DoorParts,
): Promise<Circumstances> {
  const asks = principal.role === "JUDICIAL" && warrantId !== null;
  const [warrant, book] = asks
    ? await Promise.allSettled([parts.loadWarrant(warrantId), parts.ruleBook.current()])
    : [nothing, nothing];
  for (const read of [warrant, book]) {
    if (read.status === "rejected")
      parts.log.error({ err: read.reason }, "warrant or rule book could not be read: the door stays shut");
  }
  return {
    principal,
    warrantId,
    warrant: warrant.status === "fulfilled" ? warrant.value : undefined,
    book: book.status === "fulfilled" ? book.value : undefined,
    unreadable: warrant.status === "rejected" || book.status === "rejected",
    now: parts.clock(),
    dryRun,
  };
}

const nothing: PromiseFulfilledResult<undefined> = { status: "fulfilled", value: undefined };
