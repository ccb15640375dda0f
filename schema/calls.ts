import type { DataCategory } from "./law/vocabulary.js";
import type { Principal } from "./principal.js";

/**
 * What travels between the gateway and a subgraph: two JWS (EdDSA, typ as below), checked by the kit on every call, in process too.
 * No call without the first; no identity data without the second.
 */
export const callTokenType = "rogatory-call+jwt";
export const grantTokenType = "rogatory-grant+jwt";
/** `iss` of both. */
export const gatewayIssuer = "rogatory-gateway";
/** Longest life of both, in seconds. */
export const callLifetimeSeconds = 60;
/** HTTP headers, lower case. The call token travels as `authorization: Bearer …`. */
export const grantHeader = "rogatory-grant";
export const operationHeader = "rogatory-operation";

/** Claims of the call token beside iss, aud (the service's name), iat, exp, jti. */
export interface CallClaims {
  readonly op: string;
  readonly principal: Principal;
}

/** Half-open, RFC 3339 UTC. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** Facts of jurisdiction as the gateway decided on them; the subgraph compares them with its own. */
export interface KnownFacts {
  readonly providerCountry: string;
  readonly residence: string | null;
  readonly nationality: string | null;
  readonly locatedIn: string | null;
  readonly protectedRole: string | null;
}

/** What may leave about one entity: these fields (names on the entity, "email"), because its subject is this person with these facts. */
export interface GrantedEntity {
  readonly type: string;
  readonly id: string;
  readonly subject: string;
  readonly fields: readonly string[];
}

/**
 * Claims of the grant beside iss, aud (the service's name), iat, exp, jti (the nonce). It travels as a header and stays small; what it grants, person by
 * person, is the `GrantedScope` in the request body, which `bodyDigest` makes part of the signature.
 */
export interface GrantClaims {
  readonly op: string;
  /** SHA-256 of the request body's bytes, base64url without padding: binds query, variables and scope. */
  readonly bodyDigest: string;
  readonly warrant: { readonly id: string; readonly contentHash: string };
  /** The batch of the access log that holds the decisions. */
  readonly receipt: { readonly writer: string; readonly batch: number };
  readonly categories: readonly DataCategory[];
  /** Binds every granted field that has an `at`; null: no period was ordered, and then no such field is granted. */
  readonly period: Period | null;
}

/** What the grant covers: request body, `extensions.rogatory` (GraphQL over HTTP, 4.2: the `extensions` map of a request). */
export interface GrantedScope {
  readonly subjects: readonly { readonly id: string; readonly facts: KnownFacts }[];
  readonly entities: readonly GrantedEntity[];
  /** Hashes (hex) of the leaves that record these decisions, one or more for each subject. */
  readonly leafHashes: readonly string[];
}

/** A subgraph as the transport sees it, over HTTP or in process: the same bytes either way. */
export interface SubgraphRequest {
  /** JSON text {query, variables?, operationName?, extensions?: { rogatory?: GrantedScope }}. */
  readonly body: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}
export interface SubgraphResponse {
  readonly status: number;
  /** JSON text {data?, errors?}. */
  readonly body: string;
}
export type SubgraphHandler = (request: SubgraphRequest) => Promise<SubgraphResponse>;
