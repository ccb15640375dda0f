import { type Opening, opens } from "../../../schema/ledger/commitment.js";
import { OpeningFault } from "../../../schema/ledger/openings.js";
import type { Reference } from "../../../schema/ledger/vocabulary.js";

/** What a commitment was made to; null where there is none, or its opening is gone. Throws OpeningFault. */
export function openReference(
  commitment: string | null,
  {
    reference,
    index,
    openings,
  }: { readonly reference: Reference; readonly index: number; readonly openings: readonly Opening[] },
): string | null {
  const opening = openings.find((one) => one.reference === reference);
  if (opening === undefined) return null;
  if (commitment === null || !opens(opening, commitment))
    throw new OpeningFault(`the opening of ${reference} of leaf ${index} is not the one the leaf commits to`);
  return opening.value;
}
