import { type ExportFormat, exportFormats } from "../../../schema/ledger/export-files.js";
import { ExportFault, exportLog } from "../../../subgraphs/audit/index.js";
import { printLine } from "../print-line.js";
import { openProgress } from "../progress.js";
import type { Settings } from "../settings.js";
import { withSubgraph } from "../with-subgraph.js";
import { WrongCall } from "../wrong-call.js";

/** Writes the log up to its latest checkpoint into a folder; going on where an earlier export ended. Throws WrongCall. */
export async function exportTo(folder: string, format: string, settings: Settings): Promise<void> {
  if (!(exportFormats as readonly string[]).includes(format))
    throw new WrongCall(`--format is ${format}: expected one of ${exportFormats.join(", ")}`);
  const options = { folder, format: format as ExportFormat, progress: openProgress("leaves") };
  const { from, size } = await withSubgraph("audit", settings, (audit) => exportLog(audit.em(), options)).catch(
    (error: unknown) => {
      throw error instanceof ExportFault ? new WrongCall(error.message) : error;
    },
  );
  const leaves = (count: number): string => (count === 1 ? "1 leaf" : `${count} leaves`);
  printLine(
    from === size
      ? `${folder} is up to date: ${leaves(size)}`
      : `${folder} holds ${leaves(size)}, ${size - from} of them new`,
  );
}
