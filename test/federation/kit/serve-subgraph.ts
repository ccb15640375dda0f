import { buildSubgraphSchema } from "@apollo/subgraph";
import {
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
} from "graphql";
import { directivesNamed, parseFieldSet, textArgument } from "../../../schema/identity/sdl-nodes.js";
import type { Field, Thing } from "./world.js";

/** A thing as a subgraph holds it: what it is, and what the gateway said of it. */
interface Held {
  readonly thing: Thing;
  readonly given: Thing;
}

/** Serves one subgraph from the things of the world: entities by any of their keys, every other field as the thing holds it. */
export function serveSubgraph(
  sdl: string,
  things: readonly Thing[],
  fields: Readonly<Record<string, Field>>,
): GraphQLSchema {
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl) });
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) type.resolveType = (held: Held) => nameIn(schema, held);
    if (type.name.startsWith("_") || (!isObjectType(type) && !isInterfaceType(type))) continue;
    const resolveReference = (given: Thing) => find(type.name, schema, things, given);
    type.extensions = { ...type.extensions, apollo: { subgraph: { resolveReference } } };
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.name.startsWith("_")) continue;
      const own = fields[`${type.name}.${field.name}`];
      field.resolve = (held: Held | undefined, args) => {
        const { thing, given } = held ?? { thing: {}, given: {} };
        const value = own ? own(thing, args as never, given) : read(thing[field.name], args);
        return hold(value);
      };
    }
  }
  return schema;
}

export function read(value: unknown, args: unknown): unknown {
  return typeof value === "function" ? (value as (args: unknown) => unknown)(args) : value;
}

function hold(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hold);
  if (value instanceof Error) return value;
  return typeof value === "object" && value !== null ? { thing: value, given: {} } : value;
}

/** The name under which a subgraph knows a thing: its own, or that of the interface it holds as an object. */
function nameIn(schema: GraphQLSchema, { thing, given }: Held): string {
  const names = [thing.__typename, given.__typename].filter((name) => name !== undefined);
  const known = names.find((name) => isObjectType(schema.getType(name)));
  if (known === undefined) throw new Error(`no type of ${names.join(" or ")} here`);
  return known;
}

function find(type: string, schema: GraphQLSchema, things: readonly Thing[], given: Thing): Held | null {
  const { astNode, extensionASTNodes } = schema.getType(type) as GraphQLObjectType;
  const keys = [astNode, ...extensionASTNodes]
    .flatMap((node) => (node ? directivesNamed(node, "key") : []))
    .map((key) => parseFieldSet(textArgument(key, "fields") ?? ""));
  const { fields = [] } = astNode ?? {};
  const isThere = ({ name: { value } }: Selected): boolean =>
    given[value] !== undefined &&
    (given[value] !== null || fields.find(({ name }) => name.value === value)?.type.kind !== Kind.NON_NULL_TYPE);
  if (!keys.some(({ selections }) => selections.every((selection) => isThere(selection as never))))
    throw new Error(`asked about a ${type} that no key names: ${JSON.stringify(given)}`);
  for (const { selections } of keys) {
    const thing = things.find(
      (each) => isOf(each, type, schema) && selections.every((selection) => agrees(selection as never, each, given)),
    );
    if (thing) return { thing, given };
  }
  return null;
}

/** An interface held as an object stands for every thing that has its key. */
function isOf(thing: Thing, type: string, schema: GraphQLSchema): boolean {
  if (thing.__typename === type) return true;
  const definition = schema.getType(type);
  if (isInterfaceType(definition))
    return schema.getPossibleTypes(definition).some(({ name }) => name === thing.__typename);
  return definition?.astNode?.directives?.some(({ name }) => name.value === "interfaceObject") === true;
}

interface Selected {
  readonly name: { readonly value: string };
  readonly selectionSet?: { readonly selections: readonly Selected[] };
}

function agrees({ name, selectionSet }: Selected, thing: Thing, given: Thing): boolean {
  if (!Object.hasOwn(given, name.value)) return false;
  const [known, said] = [thing[name.value], given[name.value]];
  if (!selectionSet) return known === said;
  if (known === null || said === null) return known === said;
  return selectionSet.selections.every((each) => agrees(each, known as Thing, said as Thing));
}
