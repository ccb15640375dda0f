import { createHash } from "node:crypto";
import { Lexer, Source, TokenKind } from "graphql";
import type { Principal } from "../../../schema/principal.js";
import { BoundedCache } from "../../plan/bounded-cache.js";
import { refuse } from "../../respond/refuse.js";
import { limitDocument } from "../limit-document.js";
import type { Documents } from "./documents.js";

/** Documents that are kept; with the bytes of one, at most 32 MiB in all. */
const keptDocuments = 1_000;
/** A longer document is answered like any other, and not kept. A document of as many tokens as are allowed is about as long. */
const keptBytes = 32 * 1024;

/**
 * Automatic persisted queries: a text that came with its hash is kept in memory, and the next request may send the hash alone. Nothing but texts is kept, and
 * every text is within the limits of a document before it is, so that the hash opens nothing that the text would not.
 *
 * A text with a string or a long number in it may say whom or what somebody asks about. Whether the gateway knows it is for nobody else to find out: it is found
 * again by the principal who sent it alone. Texts that leave such values to variables, as generated clients do, are found by all.
 */
export function openKeptDocuments(): Documents {
  const kept = new BoundedCache<string>(keptDocuments);
  return {
    find({ text, hash }, principal) {
      if (text === null) {
        const found = kept.get(hash) ?? kept.get(ownKey(hash, principal));
        if (found === undefined) throw refuse("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound");
        return found;
      }
      limitDocument(text);
      if (hash !== null && Buffer.byteLength(text) <= keptBytes)
        kept.set(namesSomething(text) ? ownKey(hash, principal) : hash, text);
      return text;
    },
  };
}

/** Tells principals apart without keeping who they are. */
function ownKey(hash: string, principal: Principal): string {
  return createHash("sha256")
    .update(JSON.stringify([hash, principal]))
    .digest("hex");
}

/** Whether a value stands in the text that is longer than the size of a page. A text that is no GraphQL is taken for one that names something. */
function namesSomething(text: string): boolean {
  const lexer = new Lexer(new Source(text));
  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
      if (token.kind === TokenKind.STRING || token.kind === TokenKind.BLOCK_STRING) return true;
      if ((token.kind === TokenKind.INT || token.kind === TokenKind.FLOAT) && token.value.length > 3) return true;
    }
    return false;
  } catch {
    return true;
  }
}
