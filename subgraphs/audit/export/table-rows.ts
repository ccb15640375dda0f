import { type Opening, opens } from "../../../schema/ledger/commitment.js";
import type { AccessLeaf, Leaf } from "../../../schema/ledger/leaf.js";
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
] as const;
type Column = (typeof columns)[number];

/** The first line of the table. */
export const tableHead = csvRow(columns);

/** A leaf as rows: one for each field decision, one for each field of an outcome, and one for a leaf that has neither. References whose opening is gone are empty. */
export function tableRows(
  leaf: Leaf,
  place: { readonly index: number; readonly leafHash: string },
  openings: readonly Opening[],
): string {
  const common = { ...place, type: leaf.type, at: leaf.at };
  const row = (cells: Partial<Record<Column, string | number | boolean | null>>): string =>
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
  return row("operationId" in leaf ? { operationId: leaf.operationId } : {});
}

function accessCells(leaf: AccessLeaf, openings: readonly Opening[]) {
  const opened = (reference: Reference): string | null => {
    const commitment = leaf[reference];
    const opening = openings.find((one) => one.reference === reference);
    return commitment !== null && opening !== undefined && opens(opening, commitment) ? opening.value : null;
  };
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
