import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type GraphQLField,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  print,
  printSchema,
  visit,
} from "graphql";
import {
  dataCategorySdl,
  federationHeader,
  identityDirective,
  identityHeaderFor,
  specifiedDirectives,
} from "../../schema/identity/identity-spec.js";

/**
 * Prints a type-graphql schema with its directives, which graphql-js leaves out: the text of `printSchema` is parsed again and every
 * definition gets the directives of the type, field or argument that it came from. Types are sorted by name, roots first and their fields
 * sorted: the order of imports must not show.
 */
export function printSdl(schema: GraphQLSchema): string {
  const bare = parse(printSchema(schema), { noLocation: true });
  const marked = bare.definitions.map((definition) => withDirectives(definition, schema)).sort(byName);
  const body = marked.map((definition) => print(definition)).join("\n\n");
  return `${[federationHeader, ...identityHeaders(schema, body), body].join("\n\n")}\n`;
}

function identityHeaders(schema: GraphQLSchema, body: string): string[] {
  const used = specifiedDirectives.map(({ name }) => name).filter((name) => body.includes(`@${name}(`));
  if (used.length === 0) return [];
  const enumIsThere = !used.includes(identityDirective) || isEnumType(schema.getType("DataCategory"));
  return [identityHeaderFor(used), ...(enumIsThere ? [] : [dataCategorySdl])];
}

function withDirectives(definition: DefinitionNode, schema: GraphQLSchema): DefinitionNode {
  if (!("name" in definition) || !definition.name) return definition;
  const type = schema.getType(definition.name.value);
  if (!type) return definition;
  const own = directivesOf(type.astNode);
  const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
  const inputs = isInputObjectType(type) ? type.getFields() : {};
  const isRoot = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].some(
    (root) => root === type,
  );
  let field: GraphQLField<unknown, unknown> | undefined;
  const edited = visit(definition as DefinitionNode, {
    FieldDefinition: {
      enter(node) {
        field = fields[node.name.value];
        return { ...node, directives: merge(node.directives, directivesOf(field?.astNode)) };
      },
      leave() {
        field = undefined;
      },
    },
    InputValueDefinition(node) {
      const from = field ? field.args.find(({ name }) => name === node.name.value) : inputs[node.name.value];
      return { ...node, directives: merge(node.directives, directivesOf(from?.astNode)) };
    },
  });
  if (edited.kind === Kind.OBJECT_TYPE_DEFINITION) {
    const sorted = isRoot ? [...(edited.fields ?? [])].sort(byName) : edited.fields;
    return { ...edited, fields: sorted, directives: merge(edited.directives, own) };
  }
  return own.length > 0 ? ({ ...edited, directives: own } as DefinitionNode) : edited;
}

function directivesOf(
  node: { readonly directives?: readonly ConstDirectiveNode[] } | null | undefined,
): readonly ConstDirectiveNode[] {
  return node?.directives ?? [];
}

/** Printed ones (@deprecated) stay; those of the decorators follow, by name. */
function merge(
  printed: readonly ConstDirectiveNode[] = [],
  marked: readonly ConstDirectiveNode[],
): ConstDirectiveNode[] {
  return [...printed, ...[...marked].sort((a, b) => compare(print(a), print(b)))];
}

type Named = { readonly name?: { readonly value: string } };
const ranks = ["Query", "Mutation", "Subscription"];
const rank = (name: string): number => (ranks.includes(name) ? ranks.indexOf(name) : ranks.length);

function byName(a: DefinitionNode | Named, b: DefinitionNode | Named): number {
  const left = ("name" in a && a.name?.value) || "";
  const right = ("name" in b && b.name?.value) || "";
  return rank(left) - rank(right) || compare(left, right);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
