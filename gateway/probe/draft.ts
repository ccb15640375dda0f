import { createHash } from "node:crypto";
import { type GrantedEntity, grantHeader } from "../../schema/calls.js";
import { type ProbeKeys, signToken, type TokenDraft } from "./token-draft.js";

/** The JSON of a request. */
export interface DraftBody {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly scope?: Readonly<Record<string, unknown>>;
}

/** One request of a probe, in parts. */
export interface Draft {
  readonly body: DraftBody;
  readonly call: TokenDraft | null;
  readonly grant: TokenDraft | null;
  /** Sent instead of the body that the grant was signed for. */
  readonly sent?: DraftBody;
  /** What must be answered; nothing else may be. */
  readonly permitted: readonly GrantedEntity[];
  /** True where not even open data may be answered. */
  readonly refusedWhole?: true;
  /** The field that stands under each name of the answer, where the query names them otherwise. */
  readonly responseKeys?: Readonly<Record<string, string>>;
  /** True where a field may be answered without any of the known rows: an empty page. */
  readonly mayBeEmpty?: true;
}

/** The request of a draft: body and headers, signed. */
export function signDraft(
  draft: Draft,
  keys: ProbeKeys,
): { readonly body: string; readonly headers: Readonly<Record<string, string>> } {
  const signed = textOf(draft.body);
  const bodyDigest = createHash("sha256").update(signed).digest("base64url");
  const grant = draft.grant && { ...draft.grant, claims: { bodyDigest, ...draft.grant.claims } };
  return {
    body: draft.sent === undefined ? signed : textOf(draft.sent),
    headers: {
      "content-type": "application/json",
      ...(draft.call && { authorization: `Bearer ${signToken(draft.call, keys)}` }),
      ...(grant && { [grantHeader]: signToken(grant, keys) }),
    },
  };
}

function textOf({ query, variables, scope }: DraftBody): string {
  return JSON.stringify({ query, variables, ...(scope && { extensions: { rogatory: scope } }) });
}
