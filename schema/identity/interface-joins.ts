import { type DefinitionNode, type FieldDefinitionNode, Kind, parse, print, type TypeDefinitionNode } from "graphql";
import { directivesNamed, fieldNamed, hasDirective, textArgument, topFields } from "./sdl-nodes.js";
import type { Subgraph } from "./subgraph.js";

/**
 * The supergraph with what the composer leaves out: of a field of an interface that every half of that interface defines, it does not say which of them only
 * refer to it (`@external`) or under what condition they answer it (`@requires`, `@provides`). That happens where a half holds the interface as an object
 * (`@interfaceObject`), and such a half would then be asked for what it does not have. Nothing else of the text changes.
 */
export function writeInterfaceJoins(supergraphSdl: string, halves: readonly Subgraph[]): string {
  const { definitions } = parse(supergraphSdl);
  const graphs = graphNames(definitions);
  const unsaid = definitions
    .filter((node) => node.kind === Kind.INTERFACE_TYPE_DEFINITION)
    .flatMap((type) => (type.fields ?? []).map((field) => ({ type: type.name.value, field })))
    .filter(({ field }) => !hasDirective(field, "join__field"));
  return unsaid.reduceRight((sdl, { type, field }) => {
    const at = field.loc?.end ?? sdl.length;
    return `${sdl.slice(0, at)}${joinsOf(type, field, halves, graphs)}${sdl.slice(at)}`;
  }, supergraphSdl);
}

/** Where any half says something of a field: for every half that defines it, what it says. */
function joinsOf(
  type: string,
  field: FieldDefinitionNode,
  halves: readonly Subgraph[],
  graphs: ReadonlyMap<string, string>,
): string {
  const said = halves.flatMap(({ name, types }) => {
    const owner = types.get(type);
    const defined = fieldNamed(owner, field.name.value);
    return owner && defined ? [{ graph: graphs.get(name) ?? name, defined, says: saysOf(owner, defined) }] : [];
  });
  if (said.every(({ says }) => says.length === 0)) return "";
  return said
    .map(({ graph, defined, says }) => {
      const own = print(defined.type);
      const as = own === print(field.type) ? [] : [`type: ${JSON.stringify(own)}`];
      return ` @join__field(${[`graph: ${graph}`, ...as, ...says].join(", ")})`;
    })
    .join("");
}

/** What a half says of a field beside that it has it. A key is never only referred to: by it the half knows the entity. */
function saysOf(owner: TypeDefinitionNode, defined: FieldDefinitionNode): readonly string[] {
  const sets = ["requires", "provides"].flatMap((name) =>
    directivesNamed(defined, name).map((directive) => `${name}: ${JSON.stringify(textArgument(directive, "fields"))}`),
  );
  const keys = directivesNamed(owner, "key").flatMap((key) => topFields(textArgument(key, "fields") ?? ""));
  return hasDirective(defined, "external") && !keys.includes(defined.name.value) ? [...sets, "external: true"] : sets;
}

/** The supergraph's names of the halves, by their own. */
function graphNames(definitions: readonly DefinitionNode[]): ReadonlyMap<string, string> {
  const values = definitions
    .filter((node) => node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === "join__Graph")
    .flatMap((node) => ("values" in node ? (node.values ?? []) : []));
  return new Map(
    values.flatMap((value) =>
      directivesNamed(value, "join__graph").map(
        (join) => [textArgument(join, "name") ?? "", value.name.value] as const,
      ),
    ),
  );
}
