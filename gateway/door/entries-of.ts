import { identifierText } from "../../schema/identity/identifier.js";
import type { Access as AccessEntry } from "../record/access-draft.js";
import type { Circumstances } from "./circumstances.js";
import type { Access } from "./decide-access.js";
import type { DoorOpening } from "./door-opening.js";
import type { Purpose } from "./read-purpose.js";
import type { Ask, DecidedAsk, Verdict } from "./types.js";

/** In which operation, for which purpose and on what the decisions of a passage were made. */
export interface Moment {
  readonly opening: DoorOpening;
  readonly purpose: Purpose;
  readonly circumstances: Circumstances | null;
}

/** The person, or where it is decided whether a search may be made, the identifier. */
function namedIn({ subject, search }: Ask): string | null {
  return subject?.id ?? (search === undefined ? null : identifierText(search));
}

/** What the log is told of a passage: one entry for each person and receiver, and the permitted asks it answers. Throws where a verdict is not this door's. */
export function entriesOf(
  decided: readonly DecidedAsk[],
  decisions: ReadonlyMap<Verdict, Access>,
  moment: Moment,
): { readonly entries: readonly AccessEntry[]; readonly asks: readonly (readonly Ask[])[] } {
  const entries: AccessEntry[] = [];
  const asks: (readonly Ask[])[] = [];
  for (const passages of groupsOf(decided)) {
    const made = passages.map(({ ask, verdict }) => {
      const access = decisions.get(verdict);
      if (access === undefined) throw new Error("a verdict that this door did not give");
      return { ask, access };
    });
    const [{ ask, sentTo = null }] = passages;
    entries.push(entryOf({ subjectId: namedIn(ask), sentTo }, made, moment));
    asks.push(passages.filter(({ verdict }) => verdict.kind === "PERMITTED").map(({ ask }) => ask));
  }
  return { entries, asks };
}

/** What is about one person and goes to one receiver. */
function groupsOf(decided: readonly DecidedAsk[]): Iterable<readonly [DecidedAsk, ...DecidedAsk[]]> {
  const groups = Map.groupBy(decided, ({ ask, sentTo }) => JSON.stringify([namedIn(ask), sentTo ?? null]));
  return groups.values() as Iterable<readonly [DecidedAsk, ...DecidedAsk[]]>;
}

function entryOf(
  { subjectId, sentTo }: { readonly subjectId: string | null; readonly sentTo: string | null },
  made: readonly { readonly ask: Ask; readonly access: Access }[],
  { opening, purpose, circumstances }: Moment,
): AccessEntry {
  const warrant = circumstances?.warrant;
  const book = circumstances?.book;
  const questions = new Map(
    made.flatMap(({ ask, access }) => (access.questions ? [[ask.field.category, access.questions] as const] : [])),
  );
  return {
    operation: { id: opening.operationId, hash: opening.operationHash, name: opening.operationName },
    principal: opening.principal,
    platform: warrant?.platform ?? opening.principal.platform,
    purpose: purpose.dryRun ? "CONSULTATION" : sentTo === null ? "DISCLOSURE" : "TRANSFER",
    ...(purpose.dryRun || sentTo === null ? {} : { recipient: sentTo }),
    warrant:
      purpose.warrantId === null
        ? null
        : {
            id: purpose.warrantId,
            contentHash: warrant?.contentHash ?? null,
            caseId: warrant?.caseId ?? null,
            status: warrant?.status ?? null,
            emergency: warrant?.emergency ?? false,
          },
    held: made.some(({ access }) => access.recorded.code === "HELD"),
    ruleBook: book === undefined ? null : { version: book.version, hash: book.hash },
    subjectId,
    question: questions.size === 0 ? null : Object.fromEntries(questions),
    fields: made.map(({ ask, access }) => ({
      field: ask.field.coordinate,
      category: ask.field.category,
      ...access.recorded,
    })),
  };
}
