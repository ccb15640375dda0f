import type { Principal } from "../../../schema/principal.js";

/** How a request names its document: by the text, by the SHA-256 of the text, or by both, which then agree. */
export type AskedDocument =
  | { readonly text: string; readonly hash: string | null }
  | { readonly text: null; readonly hash: string };

/** Decides which text is run for what a request names. */
export interface Documents {
  /**
   * INVARIANT: what is returned is the text that was asked, or the one that has the hash.
   * @throws GraphQLError PERSISTED_QUERY_NOT_FOUND, QUERY_NOT_IN_SAFELIST, OPERATION_TOO_COSTLY, BAD_USER_INPUT.
   */
  find(asked: AskedDocument, principal: Principal): string;
}
