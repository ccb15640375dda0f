import type { DocumentNode } from "graphql";
import type { Principal } from "../../schema/principal.js";

/** What a door is opened for: who asks, in which operation, with which text. */
export interface DoorOpening {
  readonly principal: Principal;
  readonly operationId: string;
  readonly operationName: string | null;
  /** SHA-256 of the document's text, hex. */
  readonly operationHash: string;
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}
