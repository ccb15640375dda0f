import { federationHeader, federationSpec, knownImports } from "../identity-spec.js";
import { importsOf, linksOf } from "../links.js";
import { insteadOf } from "./instead-of.js";
import type { LintRule, Violation } from "./rule.js";

/** Each subgraph links the federation spec once, in a version that is planned here, under its own names; what it imports, the gateway has to know. */
export const federationLink: LintRule = {
  name: "federation-link",
  check: (subgraphs) =>
    subgraphs.flatMap((subgraph): readonly Violation[] => {
      const refuse = (message: string): Violation => ({ subgraph: subgraph.name, coordinate: subgraph.name, message });
      const links = linksOf(subgraph).filter((link) => link.spec === federationSpec);
      const [link] = links;
      if (!link || links.length > 1 || link.as !== null || !/^v2\.\d$/.test(link.version))
        return [
          refuse(
            `"${subgraph.name}" must link the federation spec once, under its own name. Write: ${federationHeader}`,
          ),
        ];
      return importsOf(link).flatMap(({ name, as }) => {
        if (name === "FieldSet" || knownImports.includes(name))
          return as === null
            ? []
            : [refuse(`"${subgraph.name}" imports ${name} as ${as}. Import it under its own name: "${name}"`)];
        return [
          refuse(
            `"${subgraph.name}" imports ${name}, which the gateway neither knows nor would enforce. ${insteadOf(name.replace(/^@/, ""))}`,
          ),
        ];
      });
    }),
};
