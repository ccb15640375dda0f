import type { HoldLeaf } from "../../schema/ledger/leaf.js";
import { asReference, asWord, type LeafDraft } from "./draft.js";

/** What is told of a legal hold that is placed or lifted. */
export interface TellableHold extends Pick<HoldLeaf, "act" | "ground"> {
  readonly id: string;
  readonly warrantId: string | null;
  readonly caseId: string | null;
  readonly from: Date | null;
  readonly to: Date | null;
  readonly by: string;
}

/** The draft of a hold; the operator, and the warrant or case that it is on, stand in it as commitments. */
export function holdDraft({ id, act, ground, warrantId, caseId, from, to, by }: TellableHold): LeafDraft {
  return {
    references: {
      actor: asReference(by),
      warrant: warrantId === null ? null : asReference(warrantId),
      case: caseId === null ? null : asReference(caseId),
    },
    clear: {
      ...{ type: "HOLD", hold: asWord(id), act, ground },
      ...{ from: from?.toISOString() ?? null, to: to?.toISOString() ?? null },
    },
  };
}
