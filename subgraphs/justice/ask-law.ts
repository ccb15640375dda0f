import type {
  AuthorityKind,
  DataCategory,
  DecisionCode,
  Effect,
  ObligationKind,
  WarrantKind,
} from "../../schema/law/vocabulary.js";
import { GraphUnavailable } from "../kit/ask-graph.js";
import type { Graph } from "../kit/subgraph.js";
import type { Believed } from "./canonical-content.js";
import { type UserError, userError } from "./types/user-error.js";

/** What is asked of the law before a warrant is drafted or issued: always on the declared facts. */
export interface Preliminary {
  readonly at: Date;
  readonly platform: string;
  readonly categories: readonly DataCategory[];
  readonly offenceCodes: readonly string[];
  readonly committedOnline: boolean;
  readonly offenceCountry: string | null;
  readonly solePurposeIdentification: boolean;
  readonly kind: WarrantKind;
  readonly emergency: boolean;
  /** Of the targets, in their order. */
  readonly believed: readonly (Believed | null)[];
}

export interface Outlook {
  /** What will be withheld or held, and why; and what is missing. */
  readonly warnings: readonly UserError[];
  /** Where the authority is the obstacle: another kind of authority would be permitted, or a validation is missing. */
  readonly competence: readonly UserError[];
  /** Kinds of authority of which any one could validate all that needs it; null: nothing needs it. */
  readonly validators: readonly AuthorityKind[] | null;
}

interface WireError {
  readonly code: string;
  readonly message: string;
  readonly field: readonly string[] | null;
  readonly rule: { readonly id: string } | null;
}

interface WirePreview {
  readonly decisions: readonly {
    readonly category: DataCategory;
    readonly effect: Effect;
    readonly code: DecisionCode;
    readonly permitted: boolean;
    readonly reason: string;
    readonly rule: { readonly id: string } | null;
    readonly obligations: readonly { readonly kind: ObligationKind; readonly text: string }[];
  }[];
  readonly competence: readonly WireError[];
  readonly validations: readonly { readonly by: readonly AuthorityKind[] }[];
  readonly missing: readonly WireError[];
}

const previewFields = `{
  decisions { category effect code permitted reason rule { id } obligations { kind text } }
  competence { code message field rule { id } }
  validations { by }
  missing { code message field rule { id } }
}`;

/** Distinct beliefs asked about in one operation. */
const batchSize = 10;

/** Puts the warrant to the law, once for each distinct belief about a person. Throws GraphUnavailable unless every category is decided. */
export async function askLaw(graph: Graph, question: Preliminary): Promise<Outlook> {
  const groups = groupBeliefs(question.believed);
  const previews: WirePreview[] = [];
  for (let start = 0; start < groups.length; start += batchSize) {
    previews.push(...(await askBatch(graph, question, groups.slice(start, start + batchSize))));
  }
  const told = previews.map((preview, index) =>
    tell(preview, question.categories, groups[index] as Group, groups.length > 1),
  );
  return {
    competence: distinct(told.flatMap(({ competence }) => competence)),
    warnings: distinct(told.flatMap(({ warnings }) => warnings)),
    validators: inCommon(previews.flatMap(({ validations }) => validations.map(({ by }) => by))),
  };
}

function inCommon(lists: readonly (readonly AuthorityKind[])[]): readonly AuthorityKind[] | null {
  const [first, ...others] = lists;
  return first?.filter((kind) => others.every((list) => list.includes(kind))) ?? null;
}

/** One preview in the words of the draft: fields of its own input, and for which targets where they differ. */
function tell(
  preview: WirePreview,
  categories: readonly DataCategory[],
  { places }: Group,
  several: boolean,
): Pick<Outlook, "warnings" | "competence"> {
  const about = several ? `Target ${places.join(", ")}: ` : "";
  const retell = ({ code, message, field, rule }: WireError): UserError =>
    userError(code, about + message, field && inTheDraft(field, places), rule?.id ?? null);
  const withheld = preview.decisions.flatMap(({ category, code, permitted, reason, rule, obligations }) => {
    const place = String(categories.indexOf(category));
    const warn = (as: string, text: string): UserError =>
      userError(as, `${about}${category}: ${text}`, ["categories", place], rule?.id ?? null);
    if (permitted) return obligations.filter(({ kind }) => kind === "HOLD").map(({ text }) => warn("HELD", text));
    const saidAlready = preview.competence.some((error) => error.code === code && error.field?.[1] === place);
    return saidAlready ? [] : [warn(code, reason)];
  });
  return { competence: preview.competence.map(retell), warnings: [...withheld, ...preview.missing.map(retell)] };
}

/** Where the draft says what the preview's input says: beliefs at the first target that has them, offences in the case. */
function inTheDraft(field: readonly string[], places: readonly number[]): readonly string[] {
  const [first] = field;
  if (first === "believed") return ["targets", String((places[0] ?? 1) - 1), ...field];
  return first === "categories" ? field : ["caseId"];
}

interface Group {
  readonly facts: Record<string, string>;
  /** Of the targets, from 1. */
  readonly places: number[];
}

/** Targets about whom the same is believed are one question; grounds are not a fact. */
function groupBeliefs(believed: readonly (Believed | null)[]): Group[] {
  const groups = new Map<string, Group>();
  believed.forEach((belief, index) => {
    const facts: Record<string, string> = {};
    for (const fact of ["nationality", "residence", "locatedIn", "protectedRole"] as const) {
      const value = belief?.[fact];
      if (value) facts[fact] = value;
    }
    const text = JSON.stringify(facts);
    const group = groups.get(text) ?? { facts, places: [] };
    group.places.push(index + 1);
    groups.set(text, group);
  });
  return [...groups.values()];
}

async function askBatch(graph: Graph, question: Preliminary, groups: readonly Group[]): Promise<WirePreview[]> {
  const { at, believed: _, ...input } = question;
  const aliases = groups.map((_group, index) => `p${index}`);
  const answers = await graph<Record<string, WirePreview | null>>(
    `query PreviewWarrant(${aliases.map((alias) => `$${alias}: PreviewInput!`).join(", ")}) { ${aliases
      .map((alias) => `${alias}: preview(input: $${alias}) ${previewFields}`)
      .join(" ")} }`,
    Object.fromEntries(
      groups.map(({ facts }, index) => [`p${index}`, { ...input, at: at.toISOString(), believed: facts }]),
    ),
  );
  return aliases.map((alias) => {
    const preview = answers[alias];
    const isWhole = question.categories.every((category) =>
      preview?.decisions.some((decision) => decision.category === category),
    );
    if (!preview || !isWhole) throw new GraphUnavailable([]);
    return preview;
  });
}

function distinct(errors: readonly UserError[]): UserError[] {
  const seen = new Map<string, UserError>();
  for (const error of errors) {
    const text = JSON.stringify(error);
    if (!seen.has(text)) seen.set(text, error);
  }
  return [...seen.values()];
}
