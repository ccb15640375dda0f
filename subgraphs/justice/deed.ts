import type { ObligationKind, Party } from "../../schema/law/vocabulary.js";
import type { EntityManager } from "../kit/subgraph.js";
import type { ItemDecision } from "./ask-decisions.js";
import type { Obligation } from "./entities/obligation.js";
import type { Warrant } from "./entities/warrant.js";
import type { WarrantItem } from "./entities/warrant-item.js";
import type { Transition } from "./life.js";
import type { RefusalGround } from "./refusal-grounds.js";

/** One act on a warrant, ready to be carried out. */
export interface Deed {
  /** As it was read; the deed is void if it has changed since. */
  readonly warrant: Warrant;
  /** All items of the warrant, as they were read with it. */
  readonly items: readonly WarrantItem[];
  readonly transition: Transition;
  /** Ids of the items that the act names; ignored where the transition moves all. */
  readonly named: readonly string[];
  readonly by: Party;
  /** `sub` of the person who acts. */
  readonly actor: string;
  readonly now: Date;
  readonly reason: string | null;
  readonly refusalGround?: RefusalGround;
  /** What the law says of each item: an order keeps the deadlines, holds and duties under which it was given. */
  readonly decisions?: ReadonlyMap<string, ItemDecision>;
  /** Obligations that the act itself brings, beside those of the decisions. */
  readonly brings?: readonly Obligation[];
  /** Kinds of obligations that the act fulfils. */
  readonly fulfils?: readonly ObligationKind[];
  /** Last of all, in the transaction of the act. */
  readonly alongside?: (transaction: EntityManager) => Promise<void>;
  /** The version of the provider's policy by which it is done; absent: a person does it. */
  readonly policyVersion?: number;
  /** What the act writes down of the warrant, beside its status. */
  readonly sets?: Partial<Pick<Warrant, WrittenDown>>;
}

type WrittenDown =
  | "validators"
  | "validatingAuthorityId"
  | "validationDueAt"
  | "approvedBy"
  | "approvedAt"
  | "approvedChannel"
  | "signature"
  | "signingKeyId"
  | "validationSignature"
  | "validationKeyId"
  | "endsAt"
  | "heldByItselfUntil"
  | "extensionDays"
  | "extendedAt";
