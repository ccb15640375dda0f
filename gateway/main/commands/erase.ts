import { type ErasureGround, erasureGrounds } from "../../../schema/ledger/vocabulary.js";
import { confirmErasure, confirmHours, ErasureFault, requestErasure } from "../../../subgraphs/audit/index.js";
import { erasureDraft } from "../../record/erasure-draft.js";
import { printLine } from "../print-line.js";
import { readOperator } from "../read-operator.js";
import type { Settings } from "../settings.js";
import { withAudit } from "../with-audit.js";
import { WrongCall } from "../wrong-call.js";

export interface EraseCall {
  readonly subject?: string;
  readonly ground?: string;
  readonly confirm?: string;
  readonly by: string;
}

/** Asks for an erasure, or confirms one that somebody else asked for. Throws WrongCall; then nothing was erased. */
export async function erase({ subject, ground, confirm, ...call }: EraseCall, settings: Settings): Promise<void> {
  const by = readOperator(call.by);
  if ((confirm === undefined) === (subject === undefined))
    throw new WrongCall("expected --subject and --ground to ask for an erasure, or --confirm to confirm one");
  if (confirm !== undefined) return confirmed(confirm, by, settings);
  if (!(erasureGrounds as readonly (string | undefined)[]).includes(ground))
    throw new WrongCall(`--ground is ${ground ?? "missing"}: expected one of ${erasureGrounds.join(", ")}`);
  const request = { subject: subject as string, ground: ground as ErasureGround, by };
  const { id, leaves } = await withAudit(settings, (audit) =>
    requestErasure(audit.em(), { ...request, at: audit.clock() }),
  ).catch(asWrongCall);
  printLine(
    `${count(leaves)} would name ${subject} no more. Nothing is erased yet: somebody else confirms it within ${confirmHours} hours`,
  );
  printLine(`rogatory erase --confirm ${id} --by NAME`);
}

async function confirmed(id: string, by: string, settings: Settings): Promise<void> {
  const { leaves, ground } = await withAudit(settings, (audit, record) =>
    confirmErasure(audit.em(), { id, by, at: audit.clock(), record: (erasure) => record([erasureDraft(erasure)]) }),
  ).catch(asWrongCall);
  printLine(`erased: ${count(leaves)} (${ground}). The log says so; its proofs are what they were`);
}

const count = (leaves: number): string => (leaves === 1 ? "1 leaf" : `${leaves} leaves`);

function asWrongCall(error: unknown): never {
  throw error instanceof ErasureFault ? new WrongCall(`nothing was erased: ${error.message}`) : error;
}
