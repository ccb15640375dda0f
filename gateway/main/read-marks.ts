import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "../../schema/identity/catalog.js";
import {
  type ConfirmedChange,
  confirmedChangesFile,
  readConfirmedChanges,
} from "../../schema/identity/confirmed-changes.js";
import { identityHalfSuffix } from "../../schema/identity/identity-spec.js";
import { type MarkedFields, markedFields } from "../../schema/identity/mark-changes.js";
import { readSubgraph, type Subgraph, type SubgraphSource } from "../../schema/identity/subgraph.js";

/** Thrown with findings where marks cannot be compared, since a side of the comparison cannot be read. */
export class MarksUnreadable extends Error {
  override readonly name = "MarksUnreadable";
  constructor(readonly findings: readonly Finding[]) {
    super(findings.map(({ message }) => message).join("\n"));
  }
}

/** What was confirmed beside the SDL of a folder; nothing where there is no such file. @throws MarksUnreadable */
export function readConfirmed(folder: string): readonly ConfirmedChange[] {
  const file = join(folder, confirmedChangesFile);
  if (!existsSync(file)) return [];
  const read = readConfirmedChanges(readFileSync(file, "utf8"));
  if ("findings" in read) throw new MarksUnreadable(read.findings);
  return read.confirmed;
}

/** The marks of these subgraphs. @throws MarksUnreadable where an SDL is none. */
export function marksIn(sources: readonly SubgraphSource[]): MarkedFields {
  const read = sources.map(readSubgraph);
  const findings = read.filter((each): each is Finding => "rule" in each);
  if (findings.length > 0) throw new MarksUnreadable(findings);
  return markedFields(read.filter((each): each is Subgraph => !("rule" in each)));
}

/** The subgraphs whose SDL lies in a folder, those that the installation no longer has included: their marks were there. */
export function sourcesIn(folder: string): readonly SubgraphSource[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".graphql"))
    .map((file) => file.slice(0, -".graphql".length))
    .filter((name) => name !== "supergraph" && name !== "api" && !name.endsWith(identityHalfSuffix))
    .map((name) => ({ name, sdl: readFileSync(join(folder, `${name}.graphql`), "utf8") }));
}
