import type { ErasureLeaf } from "../../schema/ledger/leaf.js";
import { asReference, asWord, type LeafDraft } from "./draft.js";

/** What is told of an erasure: never of whom. */
export interface TellableErasure extends Pick<ErasureLeaf, "ground" | "leaves" | "requestedBy" | "confirmedBy"> {
  readonly id: string;
}

/** The draft of an erasure; the two operators stand in it as commitments. */
export function erasureDraft({ id, ground, leaves, requestedBy, confirmedBy }: TellableErasure): LeafDraft {
  return {
    references: { requestedBy: asReference(requestedBy), confirmedBy: asReference(confirmedBy) },
    clear: { type: "ERASURE", erasure: asWord(id), ground, leaves },
  };
}
