import { RetentionFault, retire } from "../../../subgraphs/audit/index.js";
import { retentionDraft } from "../../record/retention-draft.js";
import { printLine } from "../print-line.js";
import { readOperator } from "../read-operator.js";
import type { Settings } from "../settings.js";
import { withAudit } from "../with-audit.js";
import { WrongCall } from "../wrong-call.js";

export interface RetainCall {
  readonly keep: string;
  readonly by: string;
}

/** Takes away the months of the log that are past retention. Throws WrongCall. */
export async function retain({ keep, ...call }: RetainCall, settings: Settings): Promise<void> {
  const by = readOperator(call.by);
  if (!/^[1-9]\d{0,3}$/.test(keep)) throw new WrongCall(`--keep is ${keep}: expected a number of months, from 1 on`);
  const { months, minimum, kept } = await withAudit(settings, (audit, record) =>
    retire(audit.em(), { keep: Number(keep), by, record: (retirement) => record([retentionDraft(retirement)]) }),
  ).catch((error: unknown) => {
    throw error instanceof RetentionFault ? new WrongCall(error.message) : error;
  });
  printLine(
    months.length === 0
      ? `no month is past retention that may go; leaves from ${minimum} on are there`
      : `gone: ${months.join(", ")}. Leaves below ${minimum} are past retention; their hashes and proofs stay`,
  );
  if (kept !== null) printLine(kept);
}
