import { writeAddCheckpoint } from "../../../schema/ledger/add-checkpoint.js";
import { NoteFault, type NoteVerifier, parseNote, parseSignature, signedAt } from "../../../schema/ledger/note.js";
import type { PolicyWitness } from "../../../schema/ledger/witness-policy.js";

/** What a witness answered: its signature line, the size that it knows, or why it will not. */
export type WitnessWord =
  | { readonly kind: "SIGNED"; readonly line: string }
  | { readonly kind: "KNOWS"; readonly size: number }
  | { readonly kind: "REFUSED"; readonly why: string };

/** Milliseconds that a witness may take. */
const patience = 5000;

/** Asks one witness to sign a checkpoint. Throws where it cannot be reached. A signature that does not hold is a refusal. */
export async function askWitness(
  { url, verifier }: PolicyWitness,
  asked: { readonly old: number; readonly proof: readonly string[]; readonly note: string },
): Promise<WitnessWord> {
  const proof = asked.proof.map((hash) => Buffer.from(hash, "hex"));
  const response = await fetch(`${url}/add-checkpoint`, {
    method: "POST",
    body: writeAddCheckpoint({ ...asked, proof }),
    signal: AbortSignal.timeout(patience),
  });
  const text = (await response.text()).slice(0, 4096);
  const size = /^(0|[1-9]\d{0,15})\n$/.exec(text)?.[1];
  if (response.status === 409 && size !== undefined) return { kind: "KNOWS", size: Number(size) };
  if (response.status !== 200) return { kind: "REFUSED", why: `it answered ${response.status}` };
  const line = text.split("\n").find((one) => isSignatureOf(one, asked.note, verifier));
  return line === undefined ? { kind: "REFUSED", why: "its signature does not hold" } : { kind: "SIGNED", line };
}

function isSignatureOf(line: string, note: string, verifier: NoteVerifier): boolean {
  try {
    return signedAt({ text: parseNote(note).text, signatures: [parseSignature(line)] }, verifier) !== null;
  } catch (error) {
    if (error instanceof NoteFault) return false;
    throw error;
  }
}
