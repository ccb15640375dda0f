import { createHash } from "node:crypto";
import type { GrantedEntity } from "../../schema/calls.js";
import type { Draft, DraftBody } from "./draft.js";
import type { Person, RootPath, Sample } from "./find-samples.js";
import type { MarkedField, MarkedType } from "./marked-type.js";
import type { SubgraphUnderProbe } from "./subgraph-under-probe.js";
import { rightTokens, type TokenDraft } from "./token-draft.js";

/** What a check is made from: one type, and samples of it of which every field has a value in at least one. */
export interface ProbeContext {
  readonly probed: SubgraphUnderProbe;
  readonly marked: MarkedType;
  readonly samples: readonly Sample[];
  readonly rootPaths: readonly RootPath[];
}

/** One thing that a subgraph must refuse, and at the same time what it must still answer. */
export interface Check {
  readonly name: string;
  /** What is wrong with the request: it follows "refuses". */
  readonly sentence: string;
  /** Sent one after the other. Null: it cannot be tried on this type. */
  drafts(context: ProbeContext): readonly Draft[] | null;
}

/** Wide enough for every row. */
const always = { from: "1970-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z" };

export interface Right {
  readonly fields?: readonly MarkedField[];
  readonly samples?: readonly Sample[];
}

/** A request under a right grant for these fields of these samples, which asks for all fields of all samples. */
export function rightDraft(
  context: ProbeContext,
  right: Right = {},
): Draft & { readonly call: TokenDraft; readonly grant: TokenDraft } {
  const { probed, marked } = context;
  const { fields = marked.fields, samples = context.samples } = right;
  const entities = samples.flatMap((sample) => entriesOf(marked.type, sample, fields));
  const scope = {
    subjects: [...personsOf(samples, fields)].map(([id, { facts }]) => ({ id, facts })),
    entities,
    leafHashes: [sha256("a record of the probe")],
  };
  const tokens = rightTokens(probed.service, probed.kid, probed.now(), {
    warrant: { id: "probe", contentHash: sha256("a warrant of the probe") },
    receipt: { writer: sha256("a writer of the probe"), batch: 0 },
    categories: [...new Set(fields.map(({ category }) => category))].sort(),
    period: fields.some(({ timed }) => timed) ? always : null,
  });
  return { ...tokens, body: { ...askFor(context, marked.fields), scope }, permitted: entities };
}

/** Query and variables that ask for these fields of every sample. */
export function askFor({ marked: { type }, samples }: ProbeContext, fields: readonly MarkedField[]): DraftBody {
  const selection = fields.map(({ name, selection: below }) => `${name} ${below}`).join(" ");
  return {
    query: `query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on ${type} { id ${selection} } } }`,
    variables: { r: samples.map(({ id }) => ({ __typename: type, id })) },
  };
}

/** The same request with another grant, under which nothing may leave. */
export function withGrant(draft: Draft & { readonly grant: TokenDraft }, change: Partial<TokenDraft>): Draft {
  return { ...draft, grant: { ...draft.grant, ...change }, permitted: [] };
}

/** The same with other claims; undefined takes one away. */
export function withClaims(
  draft: Draft & { readonly grant: TokenDraft },
  claims: (right: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): Draft {
  return withGrant(draft, { claims: { ...draft.grant.claims, ...claims(draft.grant.claims) } });
}

/** The same with another scope, signed as it is sent. */
export function withScope(draft: Draft, change: (scope: ScopeDraft) => Readonly<Record<string, unknown>>): Draft {
  const scope = draft.body.scope as unknown as ScopeDraft;
  return { ...draft, body: { ...draft.body, scope: { ...scope, ...change(scope) } }, permitted: [] };
}

export interface ScopeDraft {
  readonly subjects: readonly Person[];
  readonly entities: readonly GrantedEntity[];
  readonly leafHashes: readonly string[];
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function entriesOf(type: string, { id, personOf }: Sample, fields: readonly MarkedField[]): readonly GrantedEntity[] {
  const bySubject = new Map<string, string[]>();
  for (const { name } of fields) {
    const subject = personOf.get(name)?.id ?? "";
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), name]);
  }
  return [...bySubject].map(([subject, names]) => ({ type, id, subject, fields: names.sort() }));
}

function personsOf(samples: readonly Sample[], fields: readonly MarkedField[]): ReadonlyMap<string, Person> {
  const persons = samples.flatMap(({ personOf }) => fields.flatMap(({ name }) => personOf.get(name) ?? []));
  return new Map(persons.map((person) => [person.id, person]));
}
