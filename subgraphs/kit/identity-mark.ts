import { type GraphQLField, type GraphQLSchema, isObjectType, valueFromASTUntyped } from "graphql";
import { identityDirective } from "../../schema/identity/identity-spec.js";
import type { DataCategory } from "../../schema/law/vocabulary.js";

/** What `@identity` says of a field. */
export interface MarkedField {
  readonly category: DataCategory;
  /** Empty: the parent itself. */
  readonly subjectPath: readonly string[];
  readonly at: string | null;
  /** By what a root field searches; null for a field of an entity. */
  readonly identifier: string | null;
}

// biome-ignore lint/suspicious/noExplicitAny: graphql-js types every field's source and context as any.
type AnyField = GraphQLField<any, any>;

const known = new WeakMap<AnyField, MarkedField | null>();

/** The mark of a field, or null. */
export function identityMark(field: AnyField): MarkedField | null {
  const before = known.get(field);
  if (before !== undefined) return before;
  const mark = readMark(field);
  known.set(field, mark);
  return mark;
}

function readMark(field: AnyField): MarkedField | null {
  const directive = field.astNode?.directives?.find(({ name }) => name.value === identityDirective);
  if (!directive) return null;
  const args = Object.fromEntries(
    (directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  );
  const { category, subject, at, identifier } = args as {
    category: DataCategory;
    subject?: string | null;
    at?: string | null;
    identifier?: string | null;
  };
  return {
    category,
    subjectPath: subject ? subject.split(".") : [],
    at: at ?? null,
    identifier: identifier ?? null,
  };
}

/** The fields of a type that are identity data. */
export function identityFieldsOf(schema: GraphQLSchema, typeName: string): { name: string; mark: MarkedField }[] {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => {
    const mark = identityMark(field);
    return mark ? [{ name: field.name, mark }] : [];
  });
}
