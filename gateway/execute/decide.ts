import type { IdentityField } from "../../schema/identity/catalog.js";
import type { Verdict } from "../door/types.js";
import type { Decided, EntityAsks } from "./decided.js";
import { misshapen } from "./failure.js";
import { Mark } from "./mark.js";
import type { Run } from "./run.js";

/** The questions that this operation has put about an entity so far; none where it is not about the same person any more. */
export function asksAbout(run: Run, entity: string): EntityAsks {
  const subject = run.subjects.of(entity);
  const known = run.asks.get(entity);
  if (known && known.subject === subject) return known;
  const asks = { subject, decided: new Map<IdentityField, Decided>() };
  run.asks.set(entity, asks);
  return asks;
}

/** Puts a question to the door, or finds the answer that this operation already has. */
export function decide(
  run: Run,
  { subject, decided }: EntityAsks,
  field: IdentityField,
  entityType: string,
  entityId: string,
): Decided {
  const known = decided.get(field);
  if (known) return known;
  const ask = { field, entityType, entityId, subject };
  const verdict = run.door.judge(ask);
  const answer = { ask, verdict, mark: markOf(verdict, field) ?? (subject?.doubtful === true ? contradicted : null) };
  decided.set(field, answer);
  return answer;
}

/** The second lock on a person described in two ways: the door denies her already. */
const contradicted = new Mark({ kind: "FAILED", failure: misshapen });

/** What stands in the data for a verdict; null where the value may be fetched. */
export function markOf(verdict: Verdict, field: IdentityField): Mark | null {
  if (verdict.kind === "PERMITTED") return null;
  return new Mark(verdict.kind === "DENIED" ? { kind: "DENIED", denial: verdict.denial } : { kind: "PREVIEW", field });
}
