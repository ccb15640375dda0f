import { type Opening, opens } from "../../../schema/ledger/commitment.js";
import type {
  AccessLeaf,
  AccessReference,
  ConsultationLeaf,
  ConsultationReference,
  Leaf,
  WarrantLeaf,
  WarrantReference,
} from "../../../schema/ledger/leaf.js";
import type { Reference } from "../../../schema/ledger/vocabulary.js";
import { csvRow } from "./csv-row.js";

const columns = [
  ...["index", "type", "at", "leafHash", "operationId", "operationName", "actor", "role", "country", "authority"],
  ...[
    "platform",
    "warrant",
    "case",
    "warrantStatus",
    "emergency",
    "held",
    "purpose",
    "recipient",
    "subject",
    "ruleBook",
  ],
  ...["field", "category", "permitted", "code", "effect", "rule", "ofLeaf", "outcome", "rows"],
  ...["act", "doneAt", "from", "to", "by", "deadline", "deadlineState"],
  ...["obligation", "obligationKind", "obligationOwner", "obligationState", "obligationDueAt"],
] as const;
type Column = (typeof columns)[number];
type Cell = string | number | boolean | null;

/** The first line of the table. */
export const tableHead = csvRow(columns);

/** A leaf as rows: one for each field decision, one for each field of an outcome, one for each question to the log, one for each obligation that an act brought or changed, and one for a leaf that has none of them. References whose opening is gone are empty. */
export function tableRows(
  leaf: Leaf,
  place: { readonly index: number; readonly leafHash: string },
  openings: readonly Opening[],
): string {
  const common = { ...place, type: leaf.type, at: leaf.at };
  const row = (cells: Partial<Record<Column, Cell>>): string =>
    csvRow(columns.map((column) => ({ ...common, ...cells })[column] ?? null));
  if (leaf.type === "ACCESS") {
    const head = accessCells(leaf, openings);
    return leaf.fields.map((decision) => row({ ...head, ...decision })).join("");
  }
  if (leaf.type === "OUTCOME") {
    const { operationId } = leaf;
    return leaf.of
      .flatMap(({ leaf: ofLeaf, outcome, rows }) =>
        (rows.length === 0 ? [{}] : rows).map((counted) => row({ operationId, ofLeaf, outcome, ...counted })),
      )
      .join("");
  }
  if (leaf.type === "CONSULTATION") {
    const head = consultationCells(leaf, openings);
    return leaf.reads.map((read) => row({ ...head, ...read })).join("");
  }
  if (leaf.type === "WARRANT") return actRows(leaf, openings).map(row).join("");
  return row("operationId" in leaf ? { operationId: leaf.operationId } : {});
}

function open(commitment: string | null, reference: Reference, openings: readonly Opening[]): string | null {
  const opening = openings.find((one) => one.reference === reference);
  return commitment !== null && opening !== undefined && opens(opening, commitment) ? opening.value : null;
}

function consultationCells(leaf: ConsultationLeaf, openings: readonly Opening[]) {
  const opened = (reference: ConsultationReference): string | null => open(leaf[reference], reference, openings);
  const { operationId, role, country, authority, platform } = leaf;
  return {
    ...{ operationId, role, country, authority, platform },
    purpose: "CONSULTATION",
    operationName: opened("operationName"),
    actor: opened("actor"),
    warrant: opened("warrant"),
    case: opened("case"),
    subject: opened("subject"),
  };
}

function actRows(leaf: WarrantLeaf, openings: readonly Opening[]): Partial<Record<Column, Cell>>[] {
  const opened = (reference: WarrantReference): string | null => open(leaf[reference], reference, openings);
  const { what, doneAt, from, to, by, country, authority, platform, emergency, deadline, duties } = leaf;
  const head = {
    ...{ doneAt, from, to, by, country, authority, platform, emergency },
    act: what,
    actor: opened("actor"),
    warrant: opened("warrant"),
    case: opened("case"),
    deadline: deadline?.at ?? null,
    deadlineState: deadline?.state ?? null,
  };
  const ids = JSON.parse(opened("obligations") ?? "[]") as readonly string[];
  if (duties.length === 0) return [head];
  return duties.map(({ kind, owner, state, dueAt }, place) => ({
    ...head,
    obligation: ids[place] ?? null,
    obligationKind: kind,
    obligationOwner: owner,
    obligationState: state,
    obligationDueAt: dueAt,
  }));
}

function accessCells(leaf: AccessLeaf, openings: readonly Opening[]) {
  const opened = (reference: AccessReference): string | null => open(leaf[reference], reference, openings);
  const { operationId, role, country, authority, platform, warrantStatus, emergency, held, purpose } = leaf;
  return {
    ...{ operationId, role, country, authority, platform, warrantStatus, emergency, held, purpose },
    operationName: opened("operationName"),
    actor: opened("actor"),
    warrant: opened("warrant"),
    case: opened("case"),
    subject: opened("subject"),
    recipient: leaf.recipient ?? null,
    ruleBook: leaf.ruleBook?.version ?? null,
  };
}
