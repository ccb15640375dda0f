import type { DocumentNode, OperationDefinitionNode } from "graphql";
import { BoundedCache } from "../plan/bounded-cache.js";
import { limits } from "./limits.js";

/** An operation of a text that Apollo Server has parsed, validated and picked, and that nothing stood against. */
export interface KnownOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As the document names it. */
  readonly operationName: string | null;
  /** SHA-256 (hex) of the text. */
  readonly queryHash: string;
}

/** A longer text is read anew each time. */
const keptCharacters = 32 * 1024;

/** The operations of one graph that are known already. What is kept of them is the same for every principal: who asks is looked at each time. */
export class KnownOperations {
  readonly #operations: BoundedCache<KnownOperation> | null;

  /** @param most how many are kept; 0: none, and every request is read anew. */
  constructor(most: number = limits.knownOperations) {
    this.#operations = most === 0 ? null : new BoundedCache(most);
  }

  /** False: an operation of this text is never known. */
  keeps(text: string): boolean {
    return this.#operations !== null && text.length <= keptCharacters;
  }

  /** `asked`: the operation's name as the request gives it. */
  find(text: string, asked: string | undefined): KnownOperation | undefined {
    return this.#operations?.get(keyOf(text, asked));
  }

  keep(text: string, asked: string | undefined, operation: KnownOperation): void {
    if (this.keeps(text)) this.#operations?.set(keyOf(text, asked), operation);
  }
}

/** A name has no line break in it, and a text begins behind the first. */
function keyOf(text: string, asked: string | undefined): string {
  return `${asked ?? ""}\n${text}`;
}
