import { createHash, randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { type ExportFormat, exportFormats } from "../../../schema/ledger/export-files.js";
import { ExportFault, exportLog } from "../../../subgraphs/audit/index.js";
import { LogUnavailable } from "../../door/types.js";
import { consultationDrafts } from "../../record/consultation-drafts.js";
import type { LeafDraft } from "../../record/draft.js";
import { printLine } from "../print-line.js";
import { openProgress } from "../progress.js";
import type { Settings } from "../settings.js";
import { withAudit } from "../with-audit.js";
import { WrongCall } from "../wrong-call.js";

/** Writes the log up to its latest checkpoint into a folder, going on where an earlier export ended; what is taken is recorded first. Throws WrongCall. */
export async function exportTo(folder: string, format: string, settings: Settings): Promise<void> {
  if (!(exportFormats as readonly string[]).includes(format))
    throw new WrongCall(`--format is ${format}: expected one of ${exportFormats.join(", ")}`);
  const options = { folder, format: format as ExportFormat, progress: openProgress("leaves") };
  const { from, size } = await withAudit(settings, (audit, record) =>
    exportLog(audit.em(), { ...options, record: (leaves) => record(exportDrafts(format, leaves)) }),
  ).catch((error: unknown) => {
    if (error instanceof LogUnavailable)
      throw new WrongCall(`nothing was exported: that the log is read could not be recorded (${error.message})`);
    throw error instanceof ExportFault ? new WrongCall(error.message) : error;
  });
  const leaves = (count: number): string => (count === 1 ? "1 leaf" : `${count} leaves`);
  printLine(
    from === size
      ? `${folder} is up to date: ${leaves(size)}`
      : `${folder} holds ${leaves(size)}, ${size - from} of them new`,
  );
}

/** Taking the log away is reading it: by whoever is logged in on this machine. */
function exportDrafts(format: string, rows: number): LeafDraft[] {
  const hash = createHash("sha256").update(`rogatory export --format ${format}`, "utf8").digest("hex");
  return consultationDrafts({
    operation: { id: randomUUID(), hash, name: null },
    reader: { sub: userInfo().username, role: "OPERATOR", country: null, authority: null, platform: null },
    reads: [{ field: "Command.export", arguments: { format }, rows }],
  });
}
