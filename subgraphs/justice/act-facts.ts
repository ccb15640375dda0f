import type { DeadlineState, ObligationKind, ObligationState, Party } from "../../schema/law/vocabulary.js";
import type { WarrantAct } from "../../schema/ledger/vocabulary.js";
import type { OrderClock } from "./deadline.js";
import type { Deed } from "./deed.js";
import type { Obligation } from "./entities/obligation.js";
import type { Warrant } from "./entities/warrant.js";
import type { Act } from "./life.js";
import { owesValidation } from "./status-at.js";

/** What the access log says of an act, beside what its warrant never changes: written down with the act, since it may be another thing a moment later. */
export interface ActFacts {
  readonly what: WarrantAct;
  /** Whether the warrant was issued, by now. */
  readonly issued: boolean;
  /** Whether, before the act, a validation was owed that comes after the order. */
  readonly validationOwed: boolean;
  /** Of VALIDATE: the authority that gave it. */
  readonly validatedBy: string | null;
  /** The registered key that signed the act. */
  readonly signingKey: string | null;
  /** The provider's clock after the act. */
  readonly deadline: { readonly at: string; readonly state: DeadlineState } | null;
  /** Obligations that it brought or changed. */
  readonly duties: readonly DutyFact[];
}

export interface DutyFact {
  readonly id: string;
  readonly kind: ObligationKind;
  readonly owner: Party;
  readonly state: ObligationState;
  readonly dueAt: string | null;
}

/** An obligation as the act left it. */
export function dutyFact({
  id,
  kind,
  owner,
  state,
  dueAt,
}: Pick<Obligation, "id" | "kind" | "owner" | "state" | "dueAt">): DutyFact {
  return { id, kind, owner, state, dueAt: dueAt?.toISOString() ?? null };
}

/** The provider's clock, where the law sets one. */
export function deadlineFact({ deadlineAt, deadlineState }: OrderClock): ActFacts["deadline"] {
  return deadlineAt === null || deadlineState === null ? null : { at: deadlineAt.toISOString(), state: deadlineState };
}

/** Of an act that changes one obligation and nothing else. */
export function factsOfDuty(warrant: Warrant, obligation: Obligation): ActFacts {
  const acts = { DONE: "COMPLETE", DEFERRED: "DEFER", MISSED: "MISS" } as const;
  if (obligation.state === "OPEN") throw new Error(`obligation ${obligation.id} is as it was`);
  return { ...factsAsStanding(warrant, acts[obligation.state]), duties: [dutyFact(obligation)] };
}

/** Of an act that leaves the order's clock as it is. */
export function factsAsStanding(warrant: Warrant, what: WarrantAct): ActFacts {
  return {
    what,
    issued: warrant.issuedAt !== null,
    validationOwed: owesValidation(warrant),
    validatedBy: null,
    signingKey: null,
    deadline: deadlineFact(warrant),
    duties: [],
  };
}

/** Of an act that the table of life has. */
export function factsOf({ warrant, transition, sets }: Deed, clock: OrderClock, duties: readonly DutyFact[]): ActFacts {
  const { act } = transition;
  const signedBy = act === "ISSUE" ? sets?.signingKeyId : act === "VALIDATE" ? sets?.validationKeyId : null;
  return {
    what: recordedAs(act),
    issued: warrant.issuedAt !== null || transition.to === "ISSUED",
    validationOwed: owesValidation(warrant),
    validatedBy: act === "VALIDATE" ? (sets?.validatingAuthorityId ?? null) : null,
    signingKey: signedBy ?? null,
    deadline: deadlineFact(clock),
    duties,
  };
}

/** An acceptance by the provider's policy is recorded as the acceptance it is: that no person had to decide would say that the facts that are known are those declared. */
function recordedAs(act: Act): WarrantAct {
  return act === "ACCEPT_BY_POLICY" ? "ACCEPT" : act;
}
