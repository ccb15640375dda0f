import { factFields } from "../../schema/identity/identity-spec.js";
import { type Check, type ProbeContext, rightDraft, type ScopeDraft, withScope } from "./check.js";
import type { Draft } from "./draft.js";

/** A scope that changes these members of a right one, one draft for each. */
function scopeCheck(
  name: string,
  sentence: string,
  ...changes: ((scope: ScopeDraft) => Readonly<Record<string, unknown>>)[]
): Check {
  return {
    name,
    sentence,
    drafts: (context) => changes.map((change) => withScope(rightDraft(context), change)),
  };
}

const other = (id: string): string => `${id}-another`;

/** A grant answers what its scope lists, about the persons and facts that it lists, and nothing else. */
export const scopeChecks: readonly Check[] = [
  {
    name: "body-changed",
    sentence: "a body that is not the one that was signed: a byte more, another field, a wider scope",
    drafts(context) {
      const whole = rightDraft(context);
      const [field] = context.marked.fields;
      const narrow = rightDraft(context, { ...(field && { fields: [field] }), samples: context.samples.slice(0, 1) });
      return [
        { ...whole, sent: { ...whole.body, query: `${whole.body.query} ` }, permitted: [] },
        { ...whole, sent: { ...whole.body, variables: { ...whole.body.variables, more: null } }, permitted: [] },
        { ...narrow, sent: whole.body, permitted: [] },
      ];
    },
  },
  scopeCheck("scope-missing", "a grant without its scope", () => ({
    subjects: undefined,
    entities: undefined,
    leafHashes: undefined,
  })),
  scopeCheck(
    "scope-without-record",
    "a scope that names no record of the access log",
    () => ({ leafHashes: [] }),
    () => ({ leafHashes: undefined }),
    () => ({ leafHashes: ["none"] }),
  ),
  scopeCheck(
    "scope-with-an-unknown-member",
    "a scope with a member that it does not know, at any depth",
    () => ({ identifiers: [] }),
    ({ entities }) => ({ entities: entities.map((entity) => ({ ...entity, atMost: 1 })) }),
    ({ subjects }) => ({ subjects: subjects.map((subject) => ({ ...subject, alias: "" })) }),
    ({ subjects }) => ({ subjects: subjects.map(({ id, facts }) => ({ id, facts: { ...facts, age: null } })) }),
  ),
  scopeCheck(
    "entity-not-granted",
    "a grant for another entity, or for another type of the same id",
    ({ entities }) => ({ entities: entities.map((entity) => ({ ...entity, id: other(entity.id) })) }),
    ({ entities }) => ({ entities: entities.map((entity) => ({ ...entity, type: other(entity.type) })) }),
    () => ({ entities: [] }),
  ),
  {
    name: "field-not-granted",
    sentence: "a field that the grant does not list, and answers the others",
    drafts: (context) => context.marked.fields.map((left) => narrowed(context, (name) => name !== left.name)),
  },
  scopeCheck(
    "subject-differs",
    "a grant about another person than the data, or about nobody",
    ({ subjects, entities }) => ({
      subjects: subjects.map(({ id, facts }) => ({ id: other(id), facts })),
      entities: entities.map((entity) => ({ ...entity, subject: other(entity.subject) })),
    }),
    () => ({ subjects: [] }),
  ),
  {
    name: "subject-echoed",
    sentence: "a representation that brings its own person, with a grant about her",
    drafts: (context) => [echoing(context, (scope) => strangers(scope))],
  },
  ...factFields.map(
    (fact): Check =>
      scopeCheck(`facts-differ-${fact}`, `a grant that was decided on another ${fact}`, ({ subjects }) => ({
        subjects: subjects.map(({ id, facts }) => ({
          id,
          facts: { ...facts, [fact]: facts[fact] === "ZZ" ? "YY" : "ZZ" },
        })),
      })),
  ),
  {
    name: "facts-echoed",
    sentence: "a representation that brings its own facts, with a grant decided on them",
    drafts: (context) => [echoing(context, (scope) => ({ ...scope, subjects: invented(scope) }))],
  },
  {
    name: "category-not-granted",
    sentence: "a field of a category that the grant does not list",
    drafts(context) {
      const categories = [...new Set(context.marked.fields.map(({ category }) => category))];
      return categories.map((left) => {
        const draft = rightDraft(context);
        const rest = categories.filter((category) => category !== left);
        const names = context.marked.fields.filter(({ category }) => category !== left).map(({ name }) => name);
        const grant = { ...draft.grant, claims: { ...draft.grant.claims, categories: rest } };
        return { ...draft, grant, permitted: listing(draft.permitted, names) };
      });
    },
  },
  {
    name: "period-missing",
    sentence: "rows in time under a grant without a period",
    drafts: (context) => timed(context, null),
  },
  {
    name: "period-elsewhere",
    sentence: "rows outside the granted period",
    drafts: (context) =>
      timed(context, { from: "1970-01-01T00:00:00Z", to: "1970-01-02T00:00:00Z" })?.map((draft) => ({
        ...draft,
        mayBeEmpty: true,
      })) ?? null,
  },
];

/** A right grant for some fields alone. */
function narrowed(context: ProbeContext, keep: (field: string) => boolean): Draft {
  return rightDraft(context, { fields: context.marked.fields.filter(({ name }) => keep(name)) });
}

function listing(entities: Draft["permitted"], names: readonly string[]): Draft["permitted"] {
  return entities.map((entity) => ({ ...entity, fields: entity.fields.filter((name) => names.includes(name)) }));
}

function timed(context: ProbeContext, period: unknown): readonly Draft[] | null {
  const untimed = context.marked.fields.filter((field) => !field.timed).map(({ name }) => name);
  if (untimed.length === context.marked.fields.length) return null;
  const draft = rightDraft(context);
  const grant = { ...draft.grant, claims: { ...draft.grant.claims, period } };
  return [{ ...draft, grant, permitted: listing(draft.permitted, untimed) }];
}

function strangers({ subjects, entities, leafHashes }: ScopeDraft): ScopeDraft {
  return {
    subjects: subjects.map(({ id, facts }) => ({ id: other(id), facts })),
    entities: entities.map((entity) => ({ ...entity, subject: other(entity.subject) })),
    leafHashes,
  };
}

function invented({ subjects }: ScopeDraft): ScopeDraft["subjects"] {
  return subjects.map(({ id, facts }) => ({
    id,
    facts: { ...facts, residence: facts.residence === "ZZ" ? "YY" : "ZZ" },
  }));
}

/** The representations say what the scope says of the persons, as a planner would pass it on. */
function echoing(context: ProbeContext, change: (scope: ScopeDraft) => ScopeDraft): Draft {
  const draft = withScope(rightDraft(context), (scope) => ({ ...change(scope) }));
  const { subjects, entities } = draft.body.scope as unknown as ScopeDraft;
  const { type, fields } = context.marked;
  const said = (id: string, field: string) => {
    const subject = entities.find((entity) => entity.id === id && entity.fields.includes(field))?.subject;
    const person = subjects.find((one) => one.id === subject);
    return { id: person?.id, jurisdiction: person?.facts };
  };
  const r = context.samples.map(({ id }) => ({
    __typename: type,
    id,
    ...Object.fromEntries(
      fields.map(({ name, subject }) =>
        subject === null ? ["jurisdiction", said(id, name).jurisdiction] : [subject, said(id, name)],
      ),
    ),
  }));
  return { ...draft, body: { ...draft.body, variables: { r } } };
}
