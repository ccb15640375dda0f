import { askFor, type Check, type ProbeContext, rightDraft } from "./check.js";
import type { Draft, DraftBody } from "./draft.js";
import { nest } from "./find-samples.js";

/** However a field is asked for, it is the field that counts. */
export const shapeChecks: readonly Check[] = [
  {
    name: "alias",
    sentence: "a field under the name of another one, granted or open",
    drafts: (context) =>
      context.marked.fields.flatMap((hidden): Draft[] => {
        const granted = context.marked.fields.find(({ name }) => name !== hidden.name);
        const bare = { ...rightDraft(context), grant: null, permitted: [] };
        return [
          { ...bare, body: aliased(context, "id", hidden.name), responseKeys: { id: hidden.name } },
          ...(granted === undefined ? [] : [underGrantOf(context, granted.name, hidden.name)]),
        ];
      }),
  },
  {
    name: "fragments",
    sentence: "a field nested in fragments, without a grant and with one for the others",
    drafts(context) {
      const { fields } = context.marked;
      return [
        { ...rightDraft(context), body: nested(context), grant: null, permitted: [] },
        ...fields.map((left) => {
          const rest = fields.filter((field) => field !== left);
          return inOneBody(rightDraft(context, { fields: rest }), nested(context));
        }),
      ];
    },
  },
  {
    name: "batch",
    sentence: "one entity that is not granted among those that are",
    drafts(context) {
      const [first] = context.samples;
      return context.samples.length < 2 || first === undefined ? null : [rightDraft(context, { samples: [first] })];
    },
  },
  {
    name: "roots",
    sentence: "a field asked for from a public root",
    drafts(context) {
      const { marked, rootPaths } = context;
      if (rootPaths.length === 0) return null;
      const selection = `{ __typename id ${marked.fields.map(({ name, selection: below }) => `${name} ${below}`).join(" ")} }`;
      const { call } = rightDraft(context);
      return rootPaths.map((path) => ({
        body: { query: nest(path, selection), variables: {} },
        call,
        grant: null,
        permitted: [],
      }));
    },
  },
];

/** The granted field's name in the answer holds another field. */
function underGrantOf(context: ProbeContext, granted: string, hidden: string): Draft {
  const fields = context.marked.fields.filter(({ name }) => name === granted);
  const draft = inOneBody(rightDraft(context, { fields }), aliased(context, granted, hidden));
  return { ...draft, responseKeys: { [granted]: hidden } };
}

function inOneBody(draft: Draft, body: DraftBody): Draft {
  return { ...draft, body: { ...body, ...(draft.body.scope && { scope: draft.body.scope }) } };
}

function aliased(context: ProbeContext, alias: string, field: string): DraftBody {
  const { type, fields } = context.marked;
  const below = fields.find(({ name }) => name === field)?.selection ?? "";
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on ${type} { ${alias}: ${field} ${below} } } }`;
  return { ...askFor(context, []), query };
}

function nested(context: ProbeContext): DraftBody {
  const { type, fields } = context.marked;
  const selection = fields.map(({ name, selection: below }) => `${name} ${below}`).join(" ");
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ...A } }
    fragment A on ${type} { id ... on ${type} { ...B } } fragment B on ${type} { ... { ... on ${type} { ${selection} } } }`;
  return { ...askFor(context, []), query };
}
