import { type ASTNode, visit } from "graphql";
import {
  federationSpec,
  identityDirective,
  identitySpec,
  knownImports,
  specifiedDirectives,
} from "../identity-spec.js";
import { linksOf } from "../links.js";
import { textArgument } from "../sdl-nodes.js";
import type { Subgraph } from "../subgraph.js";
import { insteadOf } from "./instead-of.js";
import type { LintRule, Violation } from "./rule.js";

const knownDirectives = [
  ...knownImports.map((name) => name.slice(1)),
  ...specifiedDirectives.map(({ name }) => name),
  "deprecated",
  "specifiedBy",
  "oneOf",
];
const knownSpecs = [federationSpec, identitySpec, "https://specs.apollo.dev/link"];

/**
 * Nothing in an SDL may look like protection that is none: a linked spec, a composed directive or a directive that the gateway does not know would be
 * carried along and enforced by nobody.
 */
export const knownSpecsOnly: LintRule = {
  name: "known-specs",
  check: (subgraphs) => subgraphs.flatMap((subgraph) => [...onSchema(subgraph), ...inTypes(subgraph)]),
};

function onSchema(subgraph: Subgraph): readonly Violation[] {
  const { name } = subgraph;
  const refuse = (what: string): Violation => ({
    subgraph: name,
    coordinate: name,
    message: `"${name}" ${what}, which the gateway does not know and would not enforce. ${insteadOf("")}`,
  });
  const links = linksOf(subgraph).filter((link) => !knownSpecs.includes(link.spec));
  const others = subgraph.schemaDirectives.filter((directive) => directive.name.value !== "link");
  return [
    ...links.map((link) => refuse(`links ${link.url}`)),
    ...others.flatMap((directive) => {
      if (directive.name.value !== "composeDirective") return [refuse(`has @${directive.name.value} on its schema`)];
      const composed = textArgument(directive, "name");
      return composed === `@${identityDirective}`
        ? []
        : [refuse(`composes ${composed ?? "a directive without a name"}`)];
    }),
  ];
}

function inTypes(subgraph: Subgraph): readonly Violation[] {
  const found: Violation[] = [];
  for (const type of subgraph.types.values())
    visit(type, {
      Directive(directive, _key, _parent, _path, ancestors) {
        if (knownDirectives.includes(directive.name.value)) return;
        const coordinate = ancestors.flatMap(nameOf).join(".");
        const message = `@${directive.name.value} on ${coordinate} is a directive that the gateway does not know and would not enforce. ${insteadOf(directive.name.value)}`;
        found.push({ subgraph: subgraph.name, coordinate, message });
      },
    });
  return found;
}

function nameOf(node: ASTNode | readonly ASTNode[]): readonly string[] {
  return "kind" in node && node.kind.endsWith("Definition") && "name" in node && node.name ? [node.name.value] : [];
}
