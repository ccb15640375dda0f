import { canonicalJson } from "../../schema/canonical-json.js";
import { beliefOf, contentHash } from "./canonical-content.js";
import type { Case } from "./entities/case.js";
import type { Warrant } from "./entities/warrant.js";
import type { WarrantTarget } from "./entities/warrant-target.js";

/**
 * Whether a warrant is still the one that was issued: its text has the hash under which it was issued and accepted, and everything that is decided on says what the text
 * says. Whoever changes a row without the text, or the text without its hash, has made no warrant that opens anything.
 */
export function isAsIssued(warrant: Warrant, inCase: Case, targets: readonly WarrantTarget[]): boolean {
  if (contentHash(warrant.content) !== warrant.contentHash) return false;
  const text = JSON.parse(warrant.content) as Record<string, unknown>;
  const { id, kind, platform, solePurposeIdentification, emergency, periodFrom, periodTo, expiresAt } = warrant;
  const { offenceCodes, committedOnline, offenceCountry } = inCase;
  const kept = {
    ...{ id, kind, platform, solePurposeIdentification, emergency, offenceCodes, committedOnline, offenceCountry },
    issuingAuthority: warrant.authorityId,
    categories: [...warrant.categories].sort(),
    period: periodFrom && periodTo ? { from: periodFrom.toISOString(), to: periodTo.toISOString() } : null,
    expiresAt: expiresAt.toISOString(),
    preserves: warrant.preservesId,
    targets: sorted(targets.map((target) => ({ ...named(target), believed: beliefOf(target) }))),
  };
  const stated = Object.fromEntries(Object.keys(kept).map((key) => [key, text[key] ?? null]));
  return canonicalJson(kept) === canonicalJson({ ...stated, targets: sorted(text.targets as readonly object[]) });
}

function named({ kind, value, at }: WarrantTarget): object {
  return { kind, value, at: at?.toISOString() ?? null };
}

/** By their canonical text, as the content sorts them. */
function sorted(targets: readonly object[]): string[] {
  return targets.map(canonicalJson).sort();
}
