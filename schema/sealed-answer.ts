import { canonicalJson } from "./canonical-json.js";

/** `typ` of the seal's header: no call token and no grant can stand for one. */
export const sealType = "rogatory-answer";

/** What a seal covers: the data as they left, and everything the disclosure says but the seal itself. */
export interface SealedParts {
  readonly data: unknown;
  readonly disclosure: Readonly<Record<string, unknown>>;
}

/**
 * The bytes under the seal of an answer: RFC 8785 of `{ data, disclosure }` without `disclosure.sealed`. The seal is a detached JWS (RFC 7515, Appendix F), so that an
 * answer is not carried twice; whoever holds the answer makes these bytes again. Throws TypeError for what has no canonical form.
 */
export function sealedBytes({ data, disclosure }: SealedParts): Buffer {
  const { sealed: _, ...covered } = disclosure;
  return Buffer.from(canonicalJson({ data, disclosure: covered }), "utf8");
}
