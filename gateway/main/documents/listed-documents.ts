import { refuse } from "../../respond/refuse.js";
import { limitDocument } from "../limit-document.js";
import type { Documents } from "./documents.js";
import { hashDocument } from "./hash-document.js";
import type { Safelist } from "./read-safelist.js";

/**
 * The documents of a safelist and no others, by their hash or by their very text, whoever asks. A subgraph that asks back is not bound by it: what it may ask is
 * limited elsewhere, and its documents are those of its own program.
 */
export function listedDocuments({ documents }: Safelist): Documents {
  return {
    find({ text, hash }, { role }) {
      if (text !== null && role === "SERVICE") {
        limitDocument(text);
        return text;
      }
      const listed = documents.get(text === null ? hash : hashDocument(text));
      if (listed !== undefined) return listed;
      throw refuse(
        "QUERY_NOT_IN_SAFELIST",
        "This gateway answers the documents of its safelist alone, and this is none of them: expected one of them, byte for byte, or its SHA-256 in `extensions.persistedQuery`.",
      );
    },
  };
}
