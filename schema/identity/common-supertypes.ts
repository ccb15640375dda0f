import {
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  isTypeDefinitionNode,
  Kind,
  parse,
  print,
  type TypeDefinitionNode,
  type TypeNode,
} from "graphql";
import { directivesNamed, hasFields, namedType, textArgument } from "./sdl-nodes.js";
import type { Subgraph } from "./subgraph.js";

/**
 * The supergraph with every output field of the type that holds what any subgraph gives for it: where one gives a `Book` and another a `Media` of which a `Book` is one,
 * the field is a `Media`, and its `join__field` says which subgraph gives which. (Of such types the composer takes the first that it meets.) Nothing else of the text changes.
 */
export function withCommonSupertypes(supergraphSdl: string, subgraphs: readonly Subgraph[]): string {
  const given = givenTypes(subgraphs);
  if (given.size === 0) return supergraphSdl;
  const { definitions } = parse(supergraphSdl);
  const types = definitions.filter(isTypeDefinitionNode);
  const graphs = graphNames(types);
  let mended = supergraphSdl;
  const fields = types.filter(hasFields).flatMap((type) => (type.fields ?? []).map((field) => ({ type, field })));
  for (const { type, field } of fields.reverse()) {
    const byHalf = given.get(`${type.name.value}.${field.name.value}`);
    const wide = byHalf && widest([...byHalf.values()].map(namedType), types);
    if (!byHalf || !wide || !field.loc) continue;
    const text = print(retyped(field, wide, byHalf, graphs));
    mended = `${mended.slice(0, field.loc.start)}${text}${mended.slice(field.loc.end)}`;
  }
  return mended;
}

/** By coordinate and subgraph: the types of the fields for which not all subgraphs give the same. */
function givenTypes(subgraphs: readonly Subgraph[]): ReadonlyMap<string, ReadonlyMap<string, TypeNode>> {
  const given = new Map<string, Map<string, TypeNode>>();
  for (const { name, types } of subgraphs)
    for (const type of [...types.values()].filter(hasFields))
      for (const field of type.fields ?? []) {
        const coordinate = `${type.name.value}.${field.name.value}`;
        given.set(coordinate, (given.get(coordinate) ?? new Map()).set(name, field.type));
      }
  return new Map([...given].filter(([, byHalf]) => new Set([...byHalf.values()].map(namedType)).size > 1));
}

/** The one of these types of which all others are members or implementations. */
function widest(names: readonly string[], types: readonly TypeDefinitionNode[]): string | undefined {
  const holds = (wide: string, narrow: string): boolean =>
    wide === narrow ||
    types.some(
      (type) =>
        (type.kind === Kind.UNION_TYPE_DEFINITION &&
          type.name.value === wide &&
          type.types?.some(({ name }) => name.value === narrow)) ||
        (hasFields(type) && type.name.value === narrow && type.interfaces?.some(({ name }) => name.value === wide)),
    );
  return names.find((wide) => names.every((narrow) => holds(wide, narrow)));
}

/** By the name of a subgraph: how `join__Graph` calls it. */
function graphNames(types: readonly TypeDefinitionNode[]): ReadonlyMap<string, string> {
  const graph = types.find((type) => type.kind === Kind.ENUM_TYPE_DEFINITION && type.name.value === "join__Graph");
  const values = graph?.kind === Kind.ENUM_TYPE_DEFINITION ? (graph.values ?? []) : [];
  return new Map(
    values.flatMap((value) =>
      directivesNamed(value, "join__graph").map(
        (named) => [textArgument(named, "name") ?? "", value.name.value] as const,
      ),
    ),
  );
}

function retyped(
  field: FieldDefinitionNode,
  wide: string,
  byHalf: ReadonlyMap<string, TypeNode>,
  graphs: ReadonlyMap<string, string>,
): FieldDefinitionNode {
  const own = new Map([...byHalf].map(([name, type]) => [graphs.get(name), print(type)]));
  const withType = (directive: ConstDirectiveNode): ConstDirectiveNode => {
    const type = own.get(textArgument(directive, "graph") ?? "");
    if (directive.name.value !== "join__field" || type === undefined) return directive;
    const others = (directive.arguments ?? []).filter(({ name }) => name.value !== "type");
    const value = { kind: Kind.STRING, value: type } as const;
    return {
      ...directive,
      arguments: [...others, { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: "type" }, value }],
    };
  };
  return { ...field, type: renamed(field.type, wide), directives: (field.directives ?? []).map(withType) };
}

function renamed<T extends TypeNode>(type: T, name: string): T {
  return type.kind === Kind.NAMED_TYPE
    ? { ...type, name: { ...type.name, value: name } }
    : ({ ...type, type: renamed(type.type, name) } as T);
}
