import type { Identifier } from "./identity/identifier.js";
import type { DataCategory } from "./law/vocabulary.js";
import type { Principal } from "./principal.js";

/**
 * What travels between the gateway and a subgraph: call tokens and grants, each an SD-JWT (RFC 9901) with one disclosure, `<JWS>~<disclosure>~`. The gateway signs once
 * for all that it says within one turn: the JWS lists the digests of that batch and names nobody; the disclosure is one call or one grant, and says which. Any language can
 * check them; `subgraphs/kit/README.md` says each claim, its bounds and the order of the checks, and `test/examples` shows a subgraph that does so without the kit.
 * No call without a call token; no identity data without a grant.
 *
 * Protected header of the JWS: `alg` EdDSA (Ed25519, RFC 8037) and nothing else, `typ` as below (RFC 9901, 9.11), `kid` a key of the set that a gateway serves at
 * `jwksPath`. Its payload: `BatchClaims` and nothing else.
 */
export const batchTokenType = "rogatory+sd-jwt";
/** Claim names of disclosures: what the batch says there. Neither stands for the other. */
export type SignedKind = "call" | "grant";
/** Most digests in one batch: the token stays below three kilobytes of the eight to sixteen that HTTP servers take for all headers. */
export const batchSize = 32;
/** `iss` of every batch. */
export const gatewayIssuer = "rogatory-gateway";
/** Where a gateway serves its public keys, as a JWK Set (RFC 7517). */
export const jwksPath = "/.well-known/rogatory/jwks.json";
/** Longest life of a batch, in seconds. The gateway makes none that lives longer, and a subgraph believes none. */
export const callLifetimeSeconds = 60;
/** How far the clocks of a gateway and a subgraph may stand apart, in seconds. It lengthens no life: `exp` is taken as it stands. */
export const clockSkewSeconds = 5;
/** A new key is published this long before it signs, in seconds, so that a subgraph which reads the key set once a minute knows it. */
export const keyLeadSeconds = 60;
/** A key stays published this long after it signed for the last time, in seconds: longer than anything that it signed. */
export const keyKeptSeconds = 2 * callLifetimeSeconds;
/** HTTP headers, lower case. The call token travels as `authorization: Bearer …`. */
export const grantHeader = "rogatory-grant";
export const operationHeader = "rogatory-operation";

/** When a batch lives, and with it every call and grant in it; in seconds since 1970. */
export interface Life {
  readonly iat: number;
  readonly exp: number;
}

/** True where it lives longer than `callLifetimeSeconds`, by its own words, or says that it was made in the future. `now` in seconds since 1970. */
export function livesTooLong({ iat, exp }: Life, now: number): boolean {
  return !(exp - iat <= callLifetimeSeconds && iat <= now + clockSkewSeconds);
}

/** Payload of the JWS. Nothing about any principal stands in it, since the calls of several share it. */
export interface BatchClaims extends Life {
  readonly iss: typeof gatewayIssuer;
  readonly _sd_alg: "sha-256";
  /** Digests of the disclosures, at most `batchSize`, each once, in an order that says nothing (RFC 9901, 4.2.4.1). */
  readonly _sd: readonly string[];
}

/** Value of a "call", beside `aud` (the service's name). It serves every fetch of one operation to one service. */
export interface CallClaims {
  /** The operation: the same in every call and grant that one client's request causes. */
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

/** A search that may be made: this root field, for this identifier, among the accounts of this platform. Its pages are free, its persons are decided about later. */
export interface GrantedSearch {
  /** Name of the field on Query, "accountsByIp". */
  readonly field: string;
  readonly identifier: Identifier;
  readonly platform: string;
}

/**
 * Value of a "grant", beside `aud` (the service's name). The salt of its disclosure is its nonce: a grant is used once. It travels as a header and stays small; what
 * it grants, person by person, is the `GrantedScope` in the request body, which `bodyDigest` makes part of what is signed. A subgraph refuses a grant with a claim
 * it does not know, since that claim may narrow it.
 */
export interface GrantClaims {
  /** That of the call token that came with it. */
  readonly op: string;
  /** SHA-256 of the request body's bytes, base64url without padding: binds query, variables and scope. */
  readonly bodyDigest: string;
  /** `contentHash`: SHA-256 of the warrant's canonical content, lower-case hex. */
  readonly warrant: { readonly id: string; readonly contentHash: string };
  /** The batch of the access log that holds the decisions: the writer's Ed25519 key in lower-case hex, and the number of the batch. */
  readonly receipt: { readonly writer: string; readonly batch: number };
  readonly categories: readonly DataCategory[];
  /** Binds every granted field that has an `at`; null: no period was ordered, and then no such field is granted. */
  readonly period: Period | null;
}

/**
 * What the grant covers: request body, `extensions.rogatory` (GraphQL over HTTP, 4.2: the `extensions` map of a request). Each member is one list of one kind.
 * A later version may grant things of another kind in a member of its own: a subgraph refuses a scope with a member it does not know, at any depth.
 */
export interface GrantedScope {
  readonly subjects: readonly { readonly id: string; readonly facts: KnownFacts }[];
  readonly entities: readonly GrantedEntity[];
  /** The one search of the request; absent: none may be made. */
  readonly search?: GrantedSearch;
  /** SHA-256 (lower-case hex) of the leaves of the access log that record these decisions; at least one. */
  readonly leafHashes: readonly string[];
}

/** A subgraph as the transport sees it, over HTTP or in process: the same bytes either way. */
export interface SubgraphRequest {
  /**
   * JSON text {query, variables?, operationName?, extensions?: { rogatory?: GrantedScope, idempotencyKey?: string }}. The key is the client's, for the one mutation
   * field of the request: the same principal, field, key and arguments within 24 hours are answered with the first result, and nothing is done twice.
   */
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
