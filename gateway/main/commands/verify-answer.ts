import { readFileSync, writeFileSync } from "node:fs";
import type { JWK } from "jose";
import { NoteFault } from "../../../schema/ledger/note.js";
import { findLeaves } from "../../verify/find-leaves.js";
import { AnswerFault, readAnswer, verifyAnswer } from "../../verify/verify-answer.js";
import { NoExport, verifyExport } from "../../verify/verify-export.js";
import { type HeldAgainst, type RecordParts, writeRecord } from "../../verify/write-record.js";
import { printFault, printLine } from "../print-line.js";
import { WrongCall } from "../wrong-call.js";

export interface VerifyAnswerCall {
  readonly jwks?: string;
  readonly export?: string;
  readonly html?: string;
}

/** Checks a kept answer offline: seal, receipts and, with an export, where they stand in the log. Ends with 1 where anything does not hold. Throws WrongCall. */
export async function verifyAnswerFile(file: string, call: VerifyAnswerCall): Promise<void> {
  const keys = call.jwks === undefined ? null : readKeys(call.jwks);
  const text = read(file);
  try {
    const answer = readAnswer(text);
    const verified = await verifyAnswer(answer, keys);
    const log = call.export === undefined ? null : await holdAgainst(call.export, answer);
    const { operationId, warrant, receipts } = answer.disclosure;
    printLine(
      `operation ${operationId}, sealed at ${verified.sealedAt.toISOString()}, warrant ${warrant ?? "none"}: what left the gateway`,
    );
    for (const { leafHash } of receipts)
      printLine(
        log === null
          ? `record ${leafHash}: signed by its writer`
          : `record ${leafHash}: index ${log.leaves.get(leafHash)?.index} of ${log.origin}`,
      );
    printLine(
      `key ${verified.jwk.x}${keys === null ? " (as it stands in the seal: compare it with the gateway's, or give it with --jwks)" : ""}`,
    );
    if (call.html !== undefined) writeFileSync(call.html, writeRecord({ answer, verified, log }), { mode: 0o600 });
  } catch (error) {
    if (!(error instanceof AnswerFault || error instanceof NoteFault)) throw error;
    printFault(`${file}: ${error.message}`);
    process.exitCode = 1;
  }
}

async function holdAgainst(folder: string, { disclosure }: RecordParts["answer"]): Promise<HeldAgainst> {
  const options = { folder, key: null, earlier: [], before: [], witnesses: [], quorum: 0, progress: () => undefined };
  const { checkpoint, findings } = await verifyExport(options).catch((error: unknown) => {
    throw error instanceof NoExport ? new WrongCall(`--export: ${error.message}`) : error;
  });
  if (findings[0] !== undefined)
    throw new AnswerFault(`the export does not hold: index ${findings[0].index}: ${findings[0].what}`);
  const { origin, size, root } = checkpoint;
  const leaves = await findLeaves(
    folder,
    size,
    disclosure.receipts.map(({ leafHash }) => leafHash),
  );
  for (const [place, { leafHash }] of disclosure.receipts.entries()) {
    const found = leaves.get(leafHash);
    if (found === undefined) throw new AnswerFault(`receipt ${place}: the export of ${size} leaves has no such record`);
    if (found.leaf !== null && found.leaf.operationId !== disclosure.operationId)
      throw new AnswerFault(`receipt ${place} is of another operation, ${found.leaf.operationId}`);
  }
  return { origin, size, root: Buffer.from(root).toString("hex"), leaves };
}

function readKeys(file: string): JWK[] {
  const text = read(file);
  try {
    const { keys } = JSON.parse(text) as { keys?: JWK[] };
    if (Array.isArray(keys)) return keys;
  } catch {
    // Said below, as for any other content.
  }
  throw new WrongCall(
    `--jwks: ${file} holds no JSON Web Key Set: expected what the gateway shows at /.well-known/rogatory/jwks.json`,
  );
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new WrongCall(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}
