import { type ASTNode, visit } from "graphql";
import { gatewayRootsHalf, identityHalfSuffix, reservedName } from "../identity-spec.js";
import type { Subgraph } from "../subgraph.js";
import { fieldsOf } from "./graph-fields.js";
import type { LintRule, Violation } from "./rule.js";

const namedFiles = ["supergraph", "api"];

/** The gateway writes names of its own into the documents that it plans and sends, and names halves and files after subgraphs: nothing in an SDL may be called so. */
export const reservedNames: LintRule = {
  name: "reserved-name",
  check: (subgraphs) => [
    ...subgraphs.flatMap((subgraph) => [...ofSubgraph(subgraph), ...inTypes(subgraph)]),
    ...ofRoots(subgraphs),
    ...ambiguous(subgraphs),
  ],
};

function ofSubgraph({ name }: Subgraph): readonly Violation[] {
  const taken = name.endsWith(identityHalfSuffix) || name === gatewayRootsHalf || namedFiles.includes(name);
  if (!taken && /^[a-z][a-z0-9_]*$/.test(name)) return [];
  const message = `"${name}" is no name for a subgraph. Write a lower-case word other than ${namedFiles.join(", ")} and ${gatewayRootsHalf}, not ending in ${identityHalfSuffix}`;
  return [{ subgraph: name, coordinate: name, message }];
}

function inTypes(subgraph: Subgraph): readonly Violation[] {
  const found: Violation[] = [];
  for (const type of subgraph.types.values())
    visit(type, {
      Name(node, _key, parent, _path, ancestors) {
        if (!reservedName.test(node.value) || !parent || definitionName(parent)[0] !== node.value) return;
        const coordinate = [...ancestors, parent].flatMap(definitionName).join(".");
        const message = `${coordinate} has a name that the gateway uses for itself. Write a name that does not begin with "_" and a digit, "__at" or "__k"`;
        found.push({ subgraph: subgraph.name, coordinate, message });
      },
    });
  return found;
}

function definitionName(node: ASTNode | readonly ASTNode[]): readonly string[] {
  return "kind" in node && node.kind.endsWith("Definition") && "name" in node && node.name ? [node.name.value] : [];
}

function ofRoots(subgraphs: readonly Subgraph[]): readonly Violation[] {
  return fieldsOf(subgraphs)
    .filter(({ owner, field }) => owner.name.value === "Query" && field.name.value.startsWith("_"))
    .map(({ subgraph, coordinate }) => ({
      subgraph: subgraph.name,
      coordinate,
      message: `${coordinate} begins with "_", as the roots do by which the gateway hands entities to itself. Write a name without it`,
    }));
}

function ambiguous(subgraphs: readonly Subgraph[]): readonly Violation[] {
  return subgraphs
    .filter((subgraph, index) => subgraphs.findIndex((other) => other.name === subgraph.name) !== index)
    .map(({ name }) => ({
      subgraph: name,
      coordinate: name,
      message: `Two subgraphs are called "${name}". Give each a name of its own`,
    }));
}
