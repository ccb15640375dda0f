import type { RuleBook } from "../../schema/law/rule-book.js";
import type { Principal } from "../../schema/principal.js";
import type { DoorWarrant } from "./warrant.js";

/** Everything about an operation that its decisions at the door rest on, beside the field and the person. */
export interface Circumstances {
  readonly principal: Principal;
  /** The id that `@warrant` names; null: the operation names no warrant. */
  readonly warrantId: string | null;
  /** As justice told it for this operation; undefined: there is none of this id, or it could not be read. */
  readonly warrant: DoorWarrant | undefined;
  /** The book in force for this operation; undefined: it could not be read. */
  readonly book: RuleBook | undefined;
  /** True where warrant or rule book could not be read: a failure, not an answer. */
  readonly unreadable: boolean;
  readonly now: Date;
  /** Decide on the declared facts, whatever the status; nothing will be fetched. */
  readonly dryRun: boolean;
}
