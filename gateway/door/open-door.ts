import type { GraphQLSchema } from "graphql";
import type { GrantClaims, KnownFacts } from "../../schema/calls.js";
import type { IdentityField } from "../../schema/identity/catalog.js";
import type { DataCategory } from "../../schema/law/vocabulary.js";
import type { LeafReceipt } from "../../schema/ledger/receipt.js";
import type { Alarm } from "../../schema/ledger/vocabulary.js";
import type { Principal } from "../../schema/principal.js";
import { heartbeat } from "../record/draft.js";
import type { Recorder } from "../record/open-recorder.js";
import { alarmDraft } from "../record/outcome-draft.js";
import { buildIdentityRequest } from "./build-identity-request.js";
import { checkWarrant } from "./check-warrant.js";
import type { Circumstances } from "./circumstances.js";
import { type Access, contradictory } from "./decide-access.js";
import { openDecisions } from "./decide-ask.js";
import type { DoorOpening } from "./door-opening.js";
import { draftPassage } from "./draft-passage.js";
import { keepOutcomes } from "./keep-outcomes.js";
import { type CircumstancesParts, readCircumstances } from "./read-circumstances.js";
import { type Purpose, readPurpose } from "./read-purpose.js";
import { sameFacts } from "./same-facts.js";
import { sameJson } from "./same-json.js";
import {
  type Ask,
  type Denial,
  type Door,
  type GraphQLAnswer,
  type Subject,
  type Verdict,
  WarrantGone,
} from "./types.js";

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
export interface DoorParts extends CircumstancesParts {
  readonly schema: GraphQLSchema;
  readonly recorder: Pick<Recorder, "append" | "note">;
  /** Signs the grant and sends. Throws when the subgraph cannot be reached. */
  readonly sendIdentity: (call: IdentityCall) => Promise<GraphQLAnswer>;
}

/**
 * The door: decide, record, and only then fetch. Warrant and rule book are read once for each operation, before its first decision, and never taken from an
 * earlier one; both are read again before every fetch from an identity half, and before the answer leaves, so that a revocation or an expiry reaches an operation
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
  const persons = new Map<string, KnownFacts>();
  const doubts = new Map<DataCategory, Access>();
  const receipts: LeafReceipt[] = [];
  const outcomes = keepOutcomes(operationId, parts.recorder);
  let circumstances: Circumstances | null = null;
  let decide: ((ask: Ask) => Access) | null = null;

  const rightNow = async (): Promise<Circumstances> => readCircumstances(principal, purpose, parts);
  const decideUnder = (now: Circumstances): ((ask: Ask) => Access) =>
    openDecisions(now, (access) => sharingDenials(access, denials));

  function alarm(kind: Alarm, half: string): void {
    const key = `${kind} ${half}`;
    if (alarmed.has(key)) return;
    alarmed.add(key);
    parts.log.warn({ operationId, half, alarm: kind }, "a subgraph's answer was not what it was asked for");
    parts.recorder.note([alarmDraft(kind, operationId, half)]);
  }

  function judge(ask: Ask): Verdict {
    if (decide === null) throw new Error("the door was not prepared");
    const access = isDoubtful(ask.subject) ? doubtAbout(ask.field) : decide(ask);
    decisions.set(access.verdict, access);
    return access.verdict;
  }

  /** Whether a person was described with other facts in this operation before. */
  function isDoubtful(subject: Subject | null): boolean {
    if (subject === null) return false;
    const first = persons.get(subject.id);
    if (first === undefined) persons.set(subject.id, subject.facts);
    return subject.doubtful === true || (first !== undefined && !sameFacts(first, subject.facts));
  }

  function doubtAbout(field: IdentityField): Access {
    alarm("FACTS_DISAGREE", field.half);
    const known = doubts.get(field.category) ?? sharingDenials(contradictory(field), denials);
    doubts.set(field.category, known);
    return known;
  }

  /** Reads warrant and rule book again. Null where neither has changed and the warrant is still usable: then every decision stands. */
  async function lookAgain(): Promise<((ask: Ask) => Denial | null) | null> {
    const now = await rightNow();
    const unchanged = now.book === circumstances?.book && sameJson(now.warrant, circumstances?.warrant);
    if (unchanged && !("obstacle" in checkWarrant(now))) return null;
    const decideNow = decideUnder(now);
    return (ask) => {
      const { verdict } = decideNow(ask);
      return verdict.kind === "DENIED" ? verdict.denial : null;
    };
  }

  return {
    ...purpose,
    judge,
    receipts: () => receipts,

    async prepare() {
      if (circumstances !== null) return;
      const now = await rightNow();
      circumstances ??= now;
      decide ??= decideUnder(circumstances);
    },

    async record(decided) {
      const { drafts, asks } = draftPassage(decided, decisions, { opening, purpose, circumstances });
      const receipt = await parts.recorder.append(drafts.flat());
      receipts.push(...receipt.receipts);
      outcomes.recorded(drafts, receipt, asks);
      return receipt;
    },

    async recordSilently(decided) {
      const drafts = draftPassage(decided, decisions, { opening, purpose, circumstances }).drafts.flat();
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
