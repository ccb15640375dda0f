import type { IdentityField } from "../../schema/identity/catalog.js";
import { identifierText } from "../../schema/identity/identifier.js";
import { type Access as AccessEntry, accessDrafts } from "../record/access-draft.js";
import { asReference, type LeafDraft } from "../record/draft.js";
import { type ByValues, below, byValues } from "./by-values.js";
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

/** What the log is told of a passage: for each person and receiver the drafts of her leaves, and the permitted asks that they answer. */
export interface PassageDrafts {
  readonly drafts: readonly (readonly LeafDraft[])[];
  readonly asks: readonly (readonly Ask[])[];
}

/** Drafts the record of a passage. Throws where a verdict is not this door's. */
export function draftPassage(
  decided: readonly DecidedAsk[],
  decisions: ReadonlyMap<Verdict, Access>,
  moment: Moment,
): PassageDrafts {
  const head = headOf(moment);
  const alike: ByValues<readonly LeafDraft[]> = byValues();
  const groups = groupsOf(decided);
  return {
    drafts: groups.map(({ subjectId, sentTo, passages }) => {
      const made = passages.map((passage) => decisionOf(passage, decisions));
      const place = made.reduce((at, { field, access }) => below(below(at, field), access), below(alike, sentTo));
      place.kept ??= accessDrafts({ ...head, ...reasonOf(moment.purpose, sentTo), subjectId, ...tell(made) });
      return place.kept.map((draft) => aboutPerson(draft, subjectId));
    }),
    asks: groups.map(({ passages }) =>
      passages.filter(({ verdict }) => verdict.kind === "PERMITTED").map(({ ask }) => ask),
    ),
  };
}

/** Of persons of whom the same was decided about the same fields the record says the same, but for who they are. */
function aboutPerson({ clear, references }: LeafDraft, subjectId: string | null): LeafDraft {
  return { clear, references: { ...references, subject: subjectId === null ? null : asReference(subjectId) } };
}

/** A decision about one field. */
interface FieldAccess {
  readonly field: IdentityField;
  readonly access: Access;
}

function decisionOf({ ask, verdict }: DecidedAsk, decisions: ReadonlyMap<Verdict, Access>): FieldAccess {
  const access = decisions.get(verdict);
  if (access === undefined) throw new Error("a verdict that this door did not give");
  return { field: ask.field, access };
}

/** What is about one person and goes to one receiver. */
interface Group {
  readonly subjectId: string | null;
  readonly sentTo: string | null;
  readonly passages: DecidedAsk[];
}

function groupsOf(decided: readonly DecidedAsk[]): readonly Group[] {
  const groups: Group[] = [];
  const byReceiver: ByValues<Group> = byValues();
  for (const passage of decided) {
    const subjectId = namedIn(passage.ask);
    const sentTo = passage.sentTo ?? null;
    const place = below(below(byReceiver, sentTo), subjectId);
    if (place.kept === undefined) {
      place.kept = { subjectId, sentTo, passages: [] };
      groups.push(place.kept);
    }
    place.kept.passages.push(passage);
  }
  return groups;
}

/** What is said of all persons of a passage alike. */
function headOf({ opening, purpose, circumstances }: Moment) {
  const warrant = circumstances?.warrant;
  const book = circumstances?.book;
  return {
    operation: { id: opening.operationId, hash: opening.operationHash, name: opening.operationName },
    principal: opening.principal,
    platform: warrant?.platform ?? opening.principal.platform,
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
    ruleBook: book === undefined ? null : { version: book.version, hash: book.hash },
  };
}

/** Why, and to whom. */
function reasonOf({ dryRun }: Purpose, sentTo: string | null): Pick<AccessEntry, "purpose" | "recipient"> {
  if (dryRun) return { purpose: "CONSULTATION" };
  return sentTo === null ? { purpose: "DISCLOSURE" } : { purpose: "TRANSFER", recipient: sentTo };
}

/** What was decided about the fields, and what was put to the law. */
function tell(made: readonly FieldAccess[]): Pick<AccessEntry, "held" | "question" | "fields"> {
  const questions = new Map(
    made.flatMap(({ field, access }) => (access.questions ? [[field.category, access.questions] as const] : [])),
  );
  return {
    held: made.some(({ access }) => access.recorded.code === "HELD"),
    question: questions.size === 0 ? null : Object.fromEntries(questions),
    fields: made.map(({ field, access }) => ({
      field: field.coordinate,
      category: field.category,
      ...access.recorded,
    })),
  };
}
