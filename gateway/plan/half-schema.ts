import { type DocumentNode, type FieldDefinitionNode, Kind, OperationTypeNode, parse, print } from "graphql";
import type { Half } from "../../schema/identity/catalog.js";
import { directivesNamed, hasDirective, namedType, textArgument, topFields } from "../../schema/identity/sdl-nodes.js";

/** A field as a half's SDL defines it. */
export interface HalfField {
  readonly name: string;
  /** Name of its type, without lists and non-nulls. */
  readonly type: string;
  /** The type as it is written. */
  readonly written: string;
  readonly external: boolean;
  /** Names at the top of its `@requires`: without these its subgraph cannot answer it. */
  readonly requires: readonly string[];
  /** The half that it was taken from (`@override`) and that must not be asked for it any more; null where it was not. */
  readonly overrides: string | null;
  /** What its subgraph answers below it though it is another's (`@provides`); null where nothing. */
  readonly provides: string | null;
}

export interface HalfType {
  readonly name: string;
  readonly fields: ReadonlyMap<string, HalfField>;
  /** Object types that may stand where this type is named; itself, for an object. */
  readonly possible: ReadonlySet<string>;
  /** True for an interface, and for the object by which a half holds one (`@interfaceObject`): an entity of another type may go by this name there. */
  readonly standsForMany: boolean;
  /** Names at the top of every `@key`. */
  readonly keys: readonly (readonly string[])[];
}

/** What plans are verified against and compiled for: the types of one half, read from its own SDL. */
export interface HalfSchema {
  readonly name: string;
  readonly identity: boolean;
  /** The service that answers for it; null for the virtual half, which the executor answers itself. */
  readonly service: string | null;
  readonly types: ReadonlyMap<string, HalfType>;
  readonly roots: ReadonlyMap<string, string>;
  /** Names of the directives that it defines itself. */
  readonly directives: ReadonlySet<string>;
  /** By enum: the values that this half knows and that no client may see. */
  readonly hiddenValues: ReadonlyMap<string, readonly string[]>;
}

/** Reads a half; type extensions count like definitions. @throws GraphQLError where the SDL does not parse. */
export function readHalf({ name, service, identity, sdl }: Half): HalfSchema {
  const document = parse(sdl, { noLocation: true });
  const drafts = new Map<string, Draft>();
  const draft = (type: string): Draft => {
    const known = drafts.get(type) ?? {
      fields: new Map(),
      possible: new Set(),
      keys: [],
      interfaces: [],
      standsForMany: false,
    };
    drafts.set(type, known);
    return known;
  };
  for (const definition of document.definitions) {
    if (definition.kind === Kind.UNION_TYPE_DEFINITION || definition.kind === Kind.UNION_TYPE_EXTENSION) {
      for (const member of definition.types ?? []) draft(definition.name.value).possible.add(member.name.value);
    }
    const object = definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION;
    if (
      !object &&
      definition.kind !== Kind.INTERFACE_TYPE_DEFINITION &&
      definition.kind !== Kind.INTERFACE_TYPE_EXTENSION
    )
      continue;
    const type = draft(definition.name.value);
    for (const field of definition.fields ?? []) type.fields.set(field.name.value, readField(field));
    for (const key of directivesNamed(definition, "key")) type.keys.push(topNames(textArgument(key, "fields")));
    if (!object || hasDirective(definition, "interfaceObject")) type.standsForMany = true;
    if (!object) continue;
    type.possible.add(definition.name.value);
    type.interfaces.push(...(definition.interfaces ?? []).map((each) => each.name.value));
  }
  for (const [type, { interfaces }] of drafts) for (const each of interfaces) draft(each).possible.add(type);
  const types = new Map(
    [...drafts].map(([name, { fields, possible, keys, standsForMany }]) => [
      name,
      { name, fields, possible, keys, standsForMany },
    ]),
  );
  const directives = new Set(
    document.definitions.flatMap((node) => (node.kind === Kind.DIRECTIVE_DEFINITION ? [node.name.value] : [])),
  );
  const hiddenValues = readHiddenValues(document);
  return { name, identity, service, types, roots: readRoots(document), directives, hiddenValues };
}

interface Draft {
  readonly fields: Map<string, HalfField>;
  readonly possible: Set<string>;
  readonly keys: (readonly string[])[];
  readonly interfaces: string[];
  standsForMany: boolean;
}

function readField(field: FieldDefinitionNode): HalfField {
  return {
    name: field.name.value,
    type: namedType(field.type),
    written: print(field.type),
    external: hasDirective(field, "external"),
    requires: directivesNamed(field, "requires").flatMap((each) => topNames(textArgument(each, "fields"))),
    provides: directivesNamed(field, "provides").map((each) => textArgument(each, "fields"))[0] ?? null,
    overrides: directivesNamed(field, "override").map((each) => textArgument(each, "from"))[0] ?? null,
  };
}

function topNames(fieldSet: string | null): readonly string[] {
  return fieldSet === null ? [] : topFields(fieldSet);
}

function readHiddenValues({ definitions }: DocumentNode): ReadonlyMap<string, readonly string[]> {
  const hidden = new Map<string, readonly string[]>();
  for (const definition of definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION && definition.kind !== Kind.ENUM_TYPE_EXTENSION) continue;
    const values = (definition.values ?? []).filter((value) => hasDirective(value, "inaccessible"));
    const { value: type } = definition.name;
    hidden.set(type, [...(hidden.get(type) ?? []), ...values.map(({ name }) => name.value)]);
  }
  return hidden;
}

function readRoots(document: DocumentNode): ReadonlyMap<string, string> {
  const roots = new Map([
    [OperationTypeNode.QUERY as string, "Query"],
    [OperationTypeNode.MUTATION as string, "Mutation"],
  ]);
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const { operation, type } of definition.operationTypes ?? []) roots.set(operation, type.name.value);
  }
  return roots;
}
