import { createHash } from "node:crypto";
import type { FoundLeaf } from "./find-leaves.js";
import type { KeptAnswer, VerifiedAnswer } from "./verify-answer.js";

/** The log that an answer was held against. */
export interface HeldAgainst {
  readonly origin: string;
  readonly size: number;
  /** Hex. */
  readonly root: string;
  readonly leaves: ReadonlyMap<string, FoundLeaf>;
}

/** What the record is written from; without a log, rules and indexes are not known. */
export interface RecordParts {
  readonly answer: KeptAnswer;
  readonly verified: VerifiedAnswer;
  readonly log: HeldAgainst | null;
}

type Cell = string | number | null;

/** A procès-verbal to print and file (HTML, no script): operation, warrant, rules, records and hashes. The data stand in it as their hash alone. */
export function writeRecord({ answer, verified, log }: RecordParts): string {
  const { operationId, warrant, receipts, sealed } = answer.disclosure;
  const digest = createHash("sha256").update(verified.bytes).digest("hex");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Record of disclosure ${asText(operationId)}</title>
<style>
body { font: 11pt/1.5 serif; max-width: 48em; margin: 3em auto }
table { border-collapse: collapse; width: 100%; margin: 1em 0 }
td, th { border: 1px solid #999; padding: .3em .5em; text-align: left; vertical-align: top; overflow-wrap: anywhere }
@page { margin: 2cm }
</style></head><body>
<h1>Record of disclosure</h1>
${table(null, [
  ["Operation", operationId],
  ["SHA-256 of its text", verified.operationHash],
  ["Warrant", warrant ?? "none"],
  ["Sealed at", verified.sealedAt.toISOString()],
  ["SHA-256 of data and disclosure (RFC 8785)", digest],
  ["Key of the seal (Ed25519)", verified.jwk.x ?? ""],
  ["Seal (detached JWS)", sealed],
])}
<h2>Decisions</h2>
${table(["Field", "Category", "What happened", "Code", "Rule"], decisions(answer, log))}
<h2>Records in the access log</h2>
${table(
  ["Leaf", "Writer", "Index in the log", "Rule book"],
  receipts.map(({ leafHash, writer, batch, ordinal }) => {
    const found = log?.leaves.get(leafHash);
    const book = found?.leaf?.ruleBook;
    const place = `${writer}, batch ${batch}, place ${ordinal}`;
    return [leafHash, place, found?.index ?? null, book ? `${book.version} ${book.hash}` : null];
  }),
)}
<p>${asText(
    log === null
      ? "The receipts were checked against their writers' signatures. No export of the log was given."
      : `Held against the log ${log.origin} of ${log.size} leaves, root ${log.root}.`,
  )}</p>
</body></html>
`;
}

/** As the records say it; without them, what the answer says of what it withheld. */
function decisions({ disclosure }: KeptAnswer, log: HeldAgainst | null): Cell[][] {
  const recorded = disclosure.receipts.flatMap(({ leafHash }) => log?.leaves.get(leafHash)?.leaf?.fields ?? []);
  if (recorded.length > 0)
    return recorded.map(({ field, category, permitted, code, rule }) => [
      field,
      category,
      permitted ? "permitted" : "withheld",
      code,
      rule,
    ]);
  return disclosure.withheld.map(({ decision: { category, code, rule }, paths }) => [
    paths.map((path) => path.join(".")).join(", "),
    category,
    "withheld",
    code,
    rule,
  ]);
}

function table(head: readonly string[] | null, rows: readonly (readonly Cell[])[]): string {
  const row = (cells: readonly Cell[], tag: string): string =>
    `<tr>${cells.map((cell) => `<${tag}>${asText(String(cell ?? "—"))}</${tag}>`).join("")}</tr>`;
  return `<table>\n${[...(head === null ? [] : [row(head, "th")]), ...rows.map((cells) => row(cells, "td"))].join("\n")}\n</table>`;
}

function asText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
