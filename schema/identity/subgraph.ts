import {
  buildASTSchema,
  type ConstDirectiveNode,
  type DirectiveDefinitionNode,
  type DirectiveNode,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  parse,
  type TypeDefinitionNode,
  type TypeExtensionNode,
  visit,
} from "graphql";
import type { Finding } from "./catalog.js";
import { extendsImport, knownImports } from "./identity-spec.js";
import { directivesNamed, hasDirective, hasFields, parseFieldSet, withoutDirectives } from "./sdl-nodes.js";

/** A subgraph as it is handed to composition: its name and its printed SDL. */
export interface SubgraphSource {
  readonly name: string;
  readonly sdl: string;
}

/** A subgraph's SDL, read once for the lint and the split: extensions merged, federation's own definitions left out. */
export interface Subgraph extends SubgraphSource {
  readonly types: ReadonlyMap<string, TypeDefinitionNode>;
  /** Entities that it only extends: there `@external` on a key says nothing, a habit from Federation 1, and on a definition it says that the key is not known. */
  readonly extended: ReadonlySet<string>;
  readonly directiveDefinitions: readonly DirectiveDefinitionNode[];
  /** The directives on `schema` and `extend schema`: @link, @composeDirective and whatever else stands there. */
  readonly schemaDirectives: readonly ConstDirectiveNode[];
  /** Root types that `schema { … }` names otherwise than Query, Mutation and Subscription. */
  readonly renamedRoots: readonly string[];
  /** The same types for questions about possible types and nullability. */
  readonly schema: GraphQLSchema;
}

/** The names of the root types, as every subgraph has to use them. */
export const rootTypes = ["Query", "Mutation", "Subscription"] as const;

export function isRootType(type: string): boolean {
  return rootTypes.some((root) => root === type);
}

/** True for a type with `@key`: other subgraphs may refer to it, and `_entities` can reach it. */
export function isEntity(type: TypeDefinitionNode | undefined): boolean {
  return hasFields(type) && hasDirective(type, "key");
}

const federationTypes = /^(_Any|_Entity|_Service|_FieldSet|FieldSet|(federation|link)__\w+)$/;
const federationDirectives: readonly string[] = [...knownImports.map((name) => name.slice(1)), "tag", "link"];
const extendsDirective = extendsImport.slice(1);
const federationRoots = ["_entities", "_service"];

/** Reads an SDL, or says why it is none. */
export function readSubgraph(source: SubgraphSource): Subgraph | Finding {
  try {
    return read(source);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const place = error instanceof GraphQLError ? error.locations?.[0] : undefined;
    const where = place ? ` (line ${place.line}, column ${place.column})` : "";
    return {
      subgraph: source.name,
      coordinate: source.name,
      rule: "sdl",
      message: `The SDL of "${source.name}" cannot be read: ${error.message}${where}`,
    };
  }
}

function read({ name, sdl }: SubgraphSource): Subgraph {
  const document = parse(sdl);
  const types = mergeExtensions(document);
  visit(document, { Directive: checkFieldSet });
  const directiveDefinitions = document.definitions
    .filter((node) => node.kind === Kind.DIRECTIVE_DEFINITION)
    .filter((node) => !federationDirectives.includes(node.name.value) && !/^(federation|link)__/.test(node.name.value));
  const schemaNodes = document.definitions.filter(
    (node) => node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION,
  );
  const roots = schemaNodes.flatMap((node) => node.operationTypes ?? []);
  return {
    name,
    sdl,
    types,
    extended: extendedEntities(document),
    directiveDefinitions,
    schemaDirectives: schemaNodes.flatMap((node) => node.directives ?? []),
    renamedRoots: roots.map((root) => root.type.name.value).filter((type) => !isRootType(type)),
    schema: buildASTSchema({ kind: Kind.DOCUMENT, definitions: [...types.values()] }, { assumeValidSDL: true }),
  };
}

/** A field set that cannot be parsed is a fault of the SDL, found here and nowhere later. */
function checkFieldSet(directive: DirectiveNode): void {
  if (!["key", "requires", "provides"].includes(directive.name.value)) return;
  const text = directive.arguments?.find((argument) => argument.name.value === "fields")?.value;
  if (text?.kind !== Kind.STRING)
    throw new GraphQLError(`@${directive.name.value} needs fields: "…"`, { nodes: directive });
  try {
    parseFieldSet(text.value);
  } catch (error) {
    throw new GraphQLError(`@${directive.name.value}(fields: "${text.value}") is no selection of fields`, {
      nodes: directive,
      originalError: error as Error,
    });
  }
}

function mergeExtensions(document: DocumentNode): Map<string, TypeDefinitionNode> {
  const types = new Map<string, TypeDefinitionNode>();
  const add = (node: TypeDefinitionNode): void => {
    const name = node.name.value;
    if (federationTypes.test(name)) return;
    const known = types.get(name);
    const merged = withoutDirectives(known ? merge(known, node) : node, extendsDirective);
    types.set(name, withoutFederationRoots(merged as TypeDefinitionNode));
  };
  for (const node of document.definitions) if (isTypeDefinitionNode(node)) add(node);
  for (const node of document.definitions) if (isTypeExtensionNode(node)) add(asDefinition(node));
  return types;
}

function extendedEntities({ definitions }: DocumentNode): ReadonlySet<string> {
  const objects = definitions.filter(
    (node) => node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION,
  );
  const extend = (node: (typeof objects)[number]): boolean =>
    node.kind === Kind.OBJECT_TYPE_EXTENSION || hasDirective(node, extendsDirective);
  const defined = new Set(objects.filter((node) => !extend(node)).map(({ name }) => name.value));
  const extended = objects.filter((node) => hasDirective(node, "key") && !defined.has(node.name.value));
  return new Set(extended.map(({ name }) => name.value));
}

function asDefinition(node: TypeExtensionNode): TypeDefinitionNode {
  return { ...node, kind: node.kind.replace("Extension", "Definition") } as TypeDefinitionNode;
}

/** Lists of both nodes joined; a definition and an extension of another kind are an error of the SDL. */
function merge(known: TypeDefinitionNode, extension: TypeDefinitionNode): TypeDefinitionNode {
  if (known.kind !== extension.kind)
    throw new GraphQLError(`${known.name.value} is defined and extended as different kinds`);
  const merged: Record<string, unknown> = { ...known };
  for (const [key, value] of Object.entries(extension)) {
    const before = merged[key];
    if (Array.isArray(value)) merged[key] = [...(Array.isArray(before) ? before : []), ...value];
  }
  return merged as unknown as TypeDefinitionNode;
}

function withoutFederationRoots(type: TypeDefinitionNode): TypeDefinitionNode {
  if (type.name.value !== "Query" || type.kind !== Kind.OBJECT_TYPE_DEFINITION) return type;
  return { ...type, fields: type.fields?.filter((field) => !federationRoots.includes(field.name.value)) ?? [] };
}

/** The `@key` applications of a type, as written. */
export function keysOf(type: TypeDefinitionNode | undefined): readonly ConstDirectiveNode[] {
  return type ? directivesNamed(type, "key") : [];
}
