import type { Access as AccessEntry } from "../record/access-draft.js";
import type { Circumstances } from "./circumstances.js";
import type { Access } from "./decide-access.js";
import type { DoorOpening } from "./door-opening.js";
import type { Purpose } from "./read-purpose.js";
import type { Ask, Verdict } from "./types.js";

/** In which operation, for which purpose and on what the decisions of a passage were made. */
export interface Moment {
  readonly opening: DoorOpening;
  readonly purpose: Purpose;
  readonly circumstances: Circumstances | null;
}

/** What the log is told of a passage: one entry for each person, and the permitted asks it answers. Throws where a verdict is not this door's. */
export function entriesOf(
  decided: readonly { readonly ask: Ask; readonly verdict: Verdict }[],
  decisions: ReadonlyMap<Verdict, Access>,
  moment: Moment,
): { readonly entries: readonly AccessEntry[]; readonly asks: readonly (readonly Ask[])[] } {
  const bySubject = Map.groupBy(decided, ({ ask }) => ask.subject?.id ?? null);
  const entries: AccessEntry[] = [];
  const asks: (readonly Ask[])[] = [];
  for (const [subjectId, passages] of bySubject) {
    const made = passages.map(({ ask, verdict }) => {
      const access = decisions.get(verdict);
      if (access === undefined) throw new Error("a verdict that this door did not give");
      return { ask, access };
    });
    entries.push(entryOf(subjectId, made, moment));
    asks.push(passages.filter(({ verdict }) => verdict.kind === "PERMITTED").map(({ ask }) => ask));
  }
  return { entries, asks };
}

function entryOf(
  subjectId: string | null,
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
    purpose: purpose.dryRun ? "CONSULTATION" : "DISCLOSURE",
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
