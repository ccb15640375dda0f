import type pg from "pg";
import { decodeBundle } from "../../schema/ledger/bundle.js";
import type { Leaf } from "../../schema/ledger/leaf.js";

/** Every leaf of the log as it is stored, in the order in which the batches were written. */
export async function readLeaves(client: pg.Client): Promise<readonly Leaf[]> {
  const { rows } = await client.query<{ bundle: Buffer }>(
    "select bundle from audit.audit_batch join audit.audit_bundle using (writer, seq, month) order by written_at",
  );
  return rows.flatMap(({ bundle }) => decodeBundle(bundle)).map((leaf) => JSON.parse(leaf.toString("utf8")) as Leaf);
}
