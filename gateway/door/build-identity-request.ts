import { createHash } from "node:crypto";
import type { GrantClaims, GrantedEntity, GrantedScope, KnownFacts, Period } from "../../schema/calls.js";
import type { DataCategory } from "../../schema/law/vocabulary.js";
import type { Ask, IdentityRequest, Receipt } from "./types.js";
import type { DoorWarrant } from "./warrant.js";

/** Body and grant of one identity fetch: what is asked, what is granted, and nothing beyond it. */
export interface GrantedRequest {
  /** JSON text; its digest is in the grant. */
  readonly body: string;
  readonly grant: GrantClaims;
}

/** Builds the request for the permitted asks of one passage. Takes the receipt: without a record there is nothing to send. */
export function buildIdentityRequest(
  receipt: Receipt,
  request: IdentityRequest,
  { operationId, warrant }: { readonly operationId: string; readonly warrant: DoorWarrant },
): GrantedRequest {
  const scope = scopeOf(request.granted, receipt, warrant);
  const body = JSON.stringify({ query: request.query, variables: request.variables, extensions: { rogatory: scope } });
  return {
    body,
    grant: {
      op: operationId,
      bodyDigest: createHash("sha256").update(body).digest("base64url"),
      warrant: { id: warrant.id, contentHash: warrant.contentHash },
      receipt: { writer: receipt.writer, batch: receipt.batch },
      categories: [...new Set(request.granted.map((ask): DataCategory => ask.field.category))].sort(),
      period: periodOf(request.granted, warrant),
    },
  };
}

function periodOf(granted: readonly Ask[], warrant: DoorWarrant): Period | null {
  return granted.some((ask) => ask.field.at !== null) ? warrant.period : null;
}

function scopeOf(granted: readonly Ask[], receipt: Receipt, { platform }: DoorWarrant): GrantedScope {
  const subjects = new Map<string, KnownFacts>();
  const entities = new Map<string, { entity: Omit<GrantedEntity, "fields">; fields: Set<string> }>();
  const [sought, ...others] = granted.filter(({ search }) => search !== undefined);
  if (others.length > 0) throw new Error("one request makes one search");
  for (const { field, entityType, entityId, subject, search } of granted) {
    if (search !== undefined) continue;
    if (subject === null) throw new Error("an ask without a subject was granted");
    subjects.set(subject.id, subject.facts);
    const key = `${entityType}\n${entityId}\n${subject.id}`;
    const entry = entities.get(key) ?? {
      entity: { type: entityType, id: entityId, subject: subject.id },
      fields: new Set(),
    };
    entry.fields.add(field.field);
    entities.set(key, entry);
  }
  return {
    subjects: [...subjects].map(([id, facts]) => ({ id, facts })),
    entities: [...entities.values()].map(({ entity, fields }) => ({ ...entity, fields: [...fields].sort() })),
    ...(sought?.search ? { search: { field: sought.field.field, identifier: sought.search, platform } } : {}),
    leafHashes: receipt.leafHashes,
  };
}
