import type { RetentionLeaf } from "../../schema/ledger/leaf.js";
import { asReference, type LeafDraft } from "./draft.js";

/** The draft of the end of retention; who ended it stands in it as a commitment. */
export function retentionDraft({
  minimum,
  through,
  by,
}: Pick<RetentionLeaf, "minimum" | "through"> & { readonly by: string }): LeafDraft {
  return { references: { actor: asReference(by) }, clear: { type: "RETENTION", minimum, through } };
}
