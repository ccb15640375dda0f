import type { Logger } from "pino";
import type { RuleBook } from "../../schema/law/rule-book.js";
import type { Principal } from "../../schema/principal.js";
import type { Circumstances } from "./circumstances.js";
import type { Purpose } from "./read-purpose.js";
import type { DoorWarrant } from "./warrant.js";

/** Where warrant and law are read, each time anew. */
export interface CircumstancesParts {
  /** Undefined: justice knows no such warrant. The same object as before where justice answers the same as before. */
  readonly loadWarrant: (id: string) => Promise<DoorWarrant | undefined>;
  readonly ruleBook: { current(): Promise<RuleBook> };
  readonly clock: () => Date;
  readonly log: Logger;
}

/** Everything about an operation that its decisions rest on, as it stands now. Never throws: what cannot be read shuts the door, and is logged. */
export async function readCircumstances(
  principal: Principal,
  { warrantId, dryRun }: Purpose,
  { loadWarrant, ruleBook, clock, log }: CircumstancesParts,
): Promise<Circumstances> {
  const asks = principal.role === "JUDICIAL" && warrantId !== null;
  const [warrant, book] = asks
    ? await Promise.allSettled([loadWarrant(warrantId), ruleBook.current()])
    : [nothing, nothing];
  for (const read of [warrant, book]) {
    if (read.status === "rejected")
      log.error({ err: read.reason }, "warrant or rule book could not be read: the door stays shut");
  }
  return {
    principal,
    warrantId,
    warrant: warrant.status === "fulfilled" ? warrant.value : undefined,
    book: book.status === "fulfilled" ? book.value : undefined,
    unreadable: warrant.status === "rejected" || book.status === "rejected",
    now: clock(),
    dryRun,
  };
}

const nothing: PromiseFulfilledResult<undefined> = { status: "fulfilled", value: undefined };
