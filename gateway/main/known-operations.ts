import type { DocumentNode, OperationDefinitionNode } from "graphql";
import { BoundedCache } from "../plan/bounded-cache.js";

/** An operation of a text that Apollo Server has parsed, validated and picked, and that nothing stood against. */
export interface KnownOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As the document names it. */
  readonly operationName: string | null;
  /** SHA-256 (hex) of the text. */
  readonly queryHash: string;
}

/** Operations that are kept. A longer text is read anew each time; both bound what is kept to 32 MiB. */
const kept = 1_000;
const keptCharacters = 32 * 1024;

/** The operations of one graph that are known already. What is kept of them is the same for every principal: who asks is looked at each time. */
export class KnownOperations {
  readonly #operations = new BoundedCache<KnownOperation>(kept);

  /** `asked`: the operation's name as the request gives it. */
  find(text: string, asked: string | undefined): KnownOperation | undefined {
    return this.#operations.get(keyOf(text, asked));
  }

  keep(text: string, asked: string | undefined, operation: KnownOperation): void {
    if (text.length <= keptCharacters) this.#operations.set(keyOf(text, asked), operation);
  }
}

/** A name has no line break in it, and a text begins behind the first. */
function keyOf(text: string, asked: string | undefined): string {
  return `${asked ?? ""}\n${text}`;
}
