import { type RefusalName, refusals } from "../../schema/refusals.js";

/** An expected refusal, public by its name. The gateway tells the client the sentence that stands in schema/refusals.ts, never words of a subgraph. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  constructor(readonly refusal: RefusalName) {
    super(refusals[refusal].message);
  }
}
