import type { IdentityField } from "../../schema/identity/catalog.js";
import type { Ask, Verdict } from "../door/types.js";
import type { Mark } from "./mark.js";

/** A question and its answer, the same for the whole operation. */
export interface Decided {
  readonly ask: Ask;
  readonly verdict: Verdict;
  /** What stands in the data instead of a value; null where it may be fetched. */
  readonly mark: Mark | null;
}

/** The questions put about one entity, while it is about the same person. */
export interface EntityAsks {
  readonly subject: Ask["subject"];
  readonly decided: Map<IdentityField, Decided>;
}
