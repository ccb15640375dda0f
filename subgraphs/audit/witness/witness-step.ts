import type { PolicyWitness, WitnessPolicy } from "../../../schema/ledger/witness-policy.js";
import type { EntityManager } from "../../kit/subgraph.js";
import { proveConsistency } from "../tree/prove.js";
import { readCheckpoint, type StoredCheckpoint } from "../tree/read-checkpoint.js";
import { askWitness } from "./ask-witness.js";

/** Up to which size each witness, by name, signed as far as this process knows. */
export type Signed = Map<string, number>;

/** One round: asks every witness that has not signed the latest checkpoint. Resolves with why any of them did not, one sentence each. */
export async function witnessStep(
  em: () => EntityManager,
  { witnesses, quorum }: WitnessPolicy,
  signed: Signed,
): Promise<string[]> {
  const checkpoint = await readCheckpoint(em());
  if (checkpoint === null) return [];
  const words = await Promise.all(
    witnesses.map(async (witness) =>
      signed.get(witness.verifier.name) === checkpoint.size ? null : askFor(em(), witness, checkpoint, signed),
    ),
  );
  await em().execute(
    `update audit.audit_head set witnessed_size = greatest(witnessed_size, coalesce((
       select max(size) from (
         select size from audit.audit_cosignature where witness in (?) group by size having count(*) >= ?
       ) as enough), 0)) where id = 1 and ? > 0`,
    [[...witnesses.map(({ verifier }) => verifier.name), ""], quorum, quorum],
  );
  return words.filter((word) => word !== null);
}

/** Null once it has signed. A witness that knows another size is asked again from there. */
async function askFor(
  em: EntityManager,
  witness: PolicyWitness,
  { size, note }: StoredCheckpoint,
  signed: Signed,
): Promise<string | null> {
  const { name } = witness.verifier;
  for (const _ of ["first", "again"]) {
    const old = signed.get(name) ?? 0;
    if (old > size)
      return `witness ${name} has signed ${old} leaves, and the log has ${size}: it was cut, or restored from an old backup`;
    const proof = old === 0 ? [] : await proveConsistency(em, old, size);
    const word = await askWitness(witness, { old, proof, note }).catch(() => null);
    if (word === null) return `witness ${name} does not answer`;
    if (word.kind === "REFUSED") return `witness ${name} does not sign the log of ${size} leaves: ${word.why}`;
    if (word.kind === "SIGNED") {
      await em.execute(
        "insert into audit.audit_cosignature (size, witness, line) values (?, ?, ?) on conflict do nothing",
        [size, name, word.line],
      );
      signed.set(name, size);
      return null;
    }
    signed.set(name, word.size);
  }
  return `witness ${name} knows another log of this name`;
}
