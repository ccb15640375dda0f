import "reflect-metadata";
import { buildSubgraphSchema } from "@apollo/subgraph";
import {
  type DocumentNode,
  type GraphQLAbstractType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
} from "graphql";
import { buildSchemaSync, getMetadataStorage, type NonEmptyArray } from "type-graphql";
import { actOnce } from "./act-once.js";
import type { SubgraphContext, SubgraphDefinition } from "./definition.js";
import { guardIdentityFields, ownFactsOnly } from "./guard-identity-fields.js";
import { printSdl } from "./print-sdl.js";
import { followedByGateway } from "./since.js";

/** The SDL of a subgraph as the composition reads it: with directives and descriptions, in a fixed order. Needs no database. */
export function printSubgraphSdl(definition: SubgraphDefinition): string {
  return printSdl(markedSchema(definition));
}

/** The executable subgraph, with `_service` and `_entities`, and the guard around every identity field. */
export function buildSchema(definition: SubgraphDefinition): GraphQLSchema {
  const marked = markedSchema(definition);
  const sdl = printSdl(marked);
  const typeDefs: DocumentNode = parse(sdl);
  const resolvers: ResolverMap = resolverMap(marked);
  for (const [type, resolveReference] of Object.entries(definition.references)) {
    resolvers[type] = {
      ...resolvers[type],
      __resolveReference: (reference: Record<string, unknown>, context: SubgraphContext, info: GraphQLResolveInfo) =>
        resolveReference(ownFactsOnly(reference, info.schema), context),
    };
  }
  checkReferences(definition, typeDefs);
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
  guardIdentityFields(schema);
  actOnce(schema, definition);
  return schema;
}

type ResolverMap = Record<string, Record<string, unknown>>;

/** Decorators of parameters run from the last to the first; sorted, arguments stand in the order in which they are written. */
function markedSchema(definition: SubgraphDefinition): GraphQLSchema {
  getMetadataStorage().params.sort((a, b) => a.index - b.index);
  return buildSchemaSync({
    resolvers: definition.resolvers as unknown as NonEmptyArray<never>,
    orphanedTypes: [...(definition.orphanedTypes ?? [])],
    validate: false,
    // Nothing is published: the gateway asks what happened (since.ts).
    pubSub: { publish: () => undefined, subscribe: followedByGateway },
  });
}

/** Resolvers by type, without `isTypeOf`: an object's type is the one it says, or that of its class. */
function resolverMap(schema: GraphQLSchema): ResolverMap {
  const map: ResolverMap = {};
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__")) continue;
    if (isObjectType(type) || isInterfaceType(type)) {
      const fields = Object.values(type.getFields()).filter((field) => field.resolve);
      map[type.name] = Object.fromEntries(fields.map((field) => [field.name, field.resolve]));
    }
    if (isAbstractType(type)) map[type.name] = { ...map[type.name], __resolveType: resolveType(type) };
    if (isScalarType(type)) map[type.name] = type as never;
    if (isEnumType(type)) map[type.name] = Object.fromEntries(type.getValues().map(({ name, value }) => [name, value]));
  }
  return map;
}

function resolveType(type: GraphQLAbstractType) {
  return (value: { __typename?: string }, context: unknown, info: GraphQLResolveInfo) =>
    value.__typename ?? type.resolveType?.(value, context, info, type);
}

/** Without a reference of its own, @apollo/subgraph would answer an entity with what the caller sent. */
function checkReferences({ name, references }: SubgraphDefinition, { definitions }: DocumentNode): void {
  const types = definitions.filter((node) => node.kind === Kind.OBJECT_TYPE_DEFINITION);
  for (const type of types) {
    if (isResolvable(type) && !references[type.name.value])
      throw new Error(`${name}: ${type.name.value} has a resolvable @key and no entry in \`references\``);
  }
  for (const type of Object.keys(references)) {
    if (!types.some((node) => node.name.value === type && isResolvable(node)))
      throw new Error(`${name}: \`references\` names ${type}, which is no type with a resolvable @key`);
  }
}

function isResolvable({ directives }: ObjectTypeDefinitionNode): boolean {
  const keys = directives?.filter(({ name }) => name.value === "key") ?? [];
  return keys.some(
    (key) =>
      !key.arguments?.some(
        ({ name, value }) => name.value === "resolvable" && value.kind === Kind.BOOLEAN && !value.value,
      ),
  );
}
