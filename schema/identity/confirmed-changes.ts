import type { Finding } from "./catalog.js";
import { identityDirective } from "./identity-spec.js";
import { type MarkedFields, markChanges, openNamesakes, removed, stateOf } from "./mark-changes.js";

/** Name of the file, beside the SDL that it is about, in which changes of marks are confirmed. */
export const confirmedChangesFile = "confirmed-changes.json";

/** One change of a mark, confirmed. Entries stay as the record of what was opened; those of one coordinate follow each other. */
export interface ConfirmedChange {
  readonly coordinate: string;
  /** The mark as it was; and what took its place: another mark, "unmarked" or "removed". */
  readonly from: string;
  readonly to: string;
  readonly by: string;
  readonly why: string;
  /** YYYY-MM-DD. */
  readonly date: string;
}

const members = ["coordinate", "from", "to", "by", "why", "date"] as const;

/** Reads the file: a JSON list, empty where nothing was ever opened. */
export function readConfirmedChanges(
  text: string,
): { readonly confirmed: readonly ConfirmedChange[] } | { readonly findings: readonly Finding[] } {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return { findings: [finding(confirmedChangesFile, "It is no JSON. Write a list: []")] };
  }
  if (!Array.isArray(read)) return { findings: [finding(confirmedChangesFile, "It is no list. Write a list: []")] };
  const findings = read.flatMap((entry, index) => entryFaults(entry, `${confirmedChangesFile}[${index}]`));
  return findings.length > 0 ? { findings } : { confirmed: read as readonly ConfirmedChange[] };
}

function entryFaults(entry: unknown, place: string): readonly Finding[] {
  const given = (typeof entry === "object" && entry !== null ? entry : {}) as Readonly<Record<string, unknown>>;
  const expected = members.filter((member) => typeof given[member] !== "string" || given[member] === "");
  if (expected.length > 0 || Object.keys(given).length !== members.length)
    return [finding(place, `It needs exactly the texts ${members.join(", ")}`)];
  const { coordinate, from, to, why, date } = given as unknown as ConfirmedChange;
  const faults: string[] = [];
  if (!from.startsWith(`@${identityDirective}(`) || from === to)
    faults.push(
      `It confirms that ${coordinate} goes from ${from} to ${to}. Only a mark that is lost or changed is confirmed: from: "@identity(…)"`,
    );
  if (why.trim().split(/\s+/).length < 3) faults.push(`Its why is "${why}". Write a sentence`);
  if (!isDate(date)) faults.push(`Its date is "${date}". Write the day as YYYY-MM-DD`);
  return faults.map((fault) => finding(coordinate, fault));
}

function isDate(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)
  );
}

/** Changes that nobody confirmed. A change over several steps is confirmed by their entries together, the last of which ends at what is there now. */
export function unconfirmedChanges(
  before: MarkedFields,
  after: MarkedFields,
  confirmed: readonly ConfirmedChange[],
): readonly Finding[] {
  return markChanges(before, after)
    .filter(({ coordinate, from, to }) => {
      const entries = confirmed.filter((entry) => entry.coordinate === coordinate);
      return entries.at(-1)?.to !== to || !entries.some((entry) => entry.from === from);
    })
    .map(({ coordinate, subgraph, from, to }) => {
      const entry = { coordinate, from, to, by: "…", why: "…", date: "YYYY-MM-DD" };
      const message = `${coordinate} had ${from} and is ${to === removed ? `removed, while there is ${openNamesakes(after, coordinate).join(", ")} without a mark` : `${to} now`}. Write it back, or confirm the change in ${confirmedChangesFile}, beside the SDL: ${JSON.stringify(entry)}`;
      return { subgraph, coordinate, rule: "mark-change", message };
    });
}

/** Confirmations that are not true of the graph: of another change than was made, of none at all, or of one that is still to come and would then pass unseen. */
export function staleConfirmations(after: MarkedFields, confirmed: readonly ConfirmedChange[]): readonly Finding[] {
  return confirmed.flatMap((entry, index) => {
    const { coordinate, from, to } = entry;
    const next = confirmed.slice(index + 1).find((later) => later.coordinate === coordinate);
    const says = `It confirms that ${coordinate} goes from ${from} to ${to}`;
    if (next)
      return next.from === to
        ? []
        : [
            finding(
              coordinate,
              `${says}, and then from ${next.from} to ${next.to}. Write what happened between, or remove one`,
            ),
          ];
    const state = stateOf(after, coordinate);
    const named = state === to && (to !== removed || openNamesakes(after, coordinate).length > 0);
    return named
      ? []
      : [finding(coordinate, `${says}, but the field is ${state}. Remove the confirmation: it names no change`)];
  });
}

function finding(coordinate: string, message: string): Finding {
  return { subgraph: confirmedChangesFile, coordinate, rule: "confirmed-changes", message };
}
