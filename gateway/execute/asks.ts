import type { IdentityField } from "../../schema/identity/catalog.js";
import type { Ask, Verdict } from "../door/types.js";
import { Mark } from "./mark.js";
import type { Run } from "./run.js";

/** A question and its answer, the same for the whole operation. */
export interface Decided {
  readonly ask: Ask;
  readonly verdict: Verdict;
  /** What stands in the data instead of a value; null where it may be fetched. */
  readonly mark: Mark | null;
}

/** The questions put about one entity, while it is about the same person. */
export interface EntityAsks {
  readonly subject: Ask["subject"];
  readonly decided: Map<IdentityField, Decided>;
}

/** Puts a question to the door, or finds the answer that this operation already has. */
export function decide(run: Run, field: IdentityField, entityType: string, entityId: string): Decided {
  const entity = `${entityType} ${entityId}`;
  const subject = run.subjects.of(entity, field.subjectPath);
  const key = `${entity} ${field.subjectPath.join(".")}`;
  let asks = run.asks.get(key);
  if (!asks || asks.subject !== subject) {
    asks = { subject, decided: new Map() };
    run.asks.set(key, asks);
  }
  let decided = asks.decided.get(field);
  if (!decided) {
    const ask = { field, entityType, entityId, subject };
    const verdict = run.door.judge(ask);
    decided = { ask, verdict, mark: markOf(verdict, field) };
    asks.decided.set(field, decided);
  }
  return decided;
}

function markOf(verdict: Verdict, field: IdentityField): Mark | null {
  if (verdict.kind === "PERMITTED") return null;
  return new Mark(verdict.kind === "DENIED" ? { kind: "DENIED", denial: verdict.denial } : { kind: "PREVIEW", field });
}
