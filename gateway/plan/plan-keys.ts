import {
  type ArgumentNode,
  type DirectiveNode,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  isInterfaceType,
  isIntrospectionType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  print,
  type ValueNode,
} from "graphql";
import type { HalfSchema } from "./half-schema.js";

/**
 * Gives every field of an operation its key in the plan. The same field with the same arguments and directives has the same key everywhere, another one never: so no two
 * things can meet under one key, whatever the client calls them and whatever the planner adds under a field's own name.
 */
export class PlanKeys {
  readonly #numbered = new Map<string, string>();
  #next = 0;

  constructor(
    private readonly plain: ReadonlySet<string>,
    private readonly otherForms: ReadonlyMap<string, string>,
  ) {}

  keyFor(
    parent: string,
    field: GraphQLField<unknown, unknown>,
    given: readonly ArgumentNode[],
    directives: readonly DirectiveNode[] = [],
  ): string {
    if (directives.length === 0 && this.plain.has(field.name)) return field.name;
    const form = formOf(field.type) + (this.otherForms.get(`${parent}.${field.name}`) ?? "");
    const signature = `${field.name}(${structure(given)}):${form}${directives.map(print).join("")}`;
    const known = this.#numbered.get(signature);
    if (known !== undefined) return known;
    const key = this.fresh();
    this.#numbered.set(signature, key);
    return key;
  }

  /** A key that nothing else has: two mutations are two, even if they are written alike. */
  fresh(): string {
    return `_${this.#next++}`;
  }
}

/** The names that mean one thing in the whole schema: no field of the name takes arguments, and all of them are of one form. Only these are plan keys. */
export function plainNames(
  schema: GraphQLSchema,
  others: ReadonlyMap<string, string> = new Map(),
): ReadonlySet<string> {
  const forms = new Map<string, string | null>();
  for (const type of Object.values(schema.getTypeMap())) {
    if ((!isObjectType(type) && !isInterfaceType(type)) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const other = others.get(`${type.name}.${field.name}`) ?? "";
      const form = field.args.length > 0 ? null : formOf(field.type) + other;
      forms.set(field.name, forms.has(field.name) && forms.get(field.name) !== form ? null : form);
    }
  }
  return new Set([...forms].flatMap(([name, form]) => (form === null ? [] : [name])));
}

/**
 * The forms that halves give to a field where they are not the API's, by coordinate: another subgraph may make a field nullable. No server takes two forms under one response
 * key, whatever the API makes of them, and at the top of an entity the planner gives them none of its own.
 */
export function otherForms(halves: Iterable<HalfSchema>, schema: GraphQLSchema): ReadonlyMap<string, string> {
  const forms = new Map<string, string>();
  for (const { name: half, types } of halves) {
    for (const { name: parent, fields } of types.values()) {
      const type = schema.getType(parent);
      const known = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
      for (const { name, type: named, written } of fields.values()) {
        const form = types.has(named) ? written.replace(named, "{}") : written;
        const field = known[name];
        if (!field || formOf(field.type) === form) continue;
        const coordinate = `${parent}.${name}`;
        forms.set(coordinate, `${forms.get(coordinate) ?? ""} ${half}:${form}`);
      }
    }
  }
  return forms;
}

/** The response shape of a type: lists, nulls and the leaf. Composite types differ by their fields, each of which has a key of its own. */
function formOf(type: GraphQLOutputType): string {
  if (isNonNullType(type)) return `${formOf(type.ofType)}!`;
  if (isListType(type)) return `[${formOf(type.ofType)}]`;
  return isLeafType(type) ? type.name : "{}";
}

function structure(given: readonly ArgumentNode[]): string {
  return given
    .map(({ name, value }) => `${name.value}:${valueText(value)}`)
    .sort()
    .join(",");
}

function valueText(value: ValueNode): string {
  if (value.kind === Kind.LIST) return `[${value.values.map(valueText).join(",")}]`;
  if (value.kind === Kind.OBJECT)
    return `{${value.fields
      .map((field) => `${field.name.value}:${valueText(field.value)}`)
      .sort()
      .join(",")}}`;
  if (value.kind === Kind.STRING) return JSON.stringify(value.value);
  return print(value);
}
