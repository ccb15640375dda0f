import { parse, print } from "graphql";
import {
  identityDirective,
  identityDirectiveSdl,
  identityHeader,
  identitySpec,
  identitySpecUrl,
} from "../identity-spec.js";
import { marksOf } from "../marks.js";
import { importsOf, linksOf } from "./links.js";
import type { LintRule, Violation } from "./rule.js";

const spelled = `@${identityDirective}`;

/** Who marks fields says so: one link to the version of the identity spec that this gateway reads, and the directive as the spec defines it. */
export const identityLink: LintRule = {
  name: "identity-link",
  check: (subgraphs) =>
    subgraphs.flatMap((subgraph): readonly Violation[] => {
      const refuse = (message: string): Violation => ({ subgraph: subgraph.name, coordinate: subgraph.name, message });
      const links = linksOf(subgraph).filter((link) => link.spec === identitySpec);
      const definitions = subgraph.directiveDefinitions.filter(
        (definition) => definition.name.value === identityDirective,
      );
      const marked = marksOf(subgraph).length > 0;
      const found: Violation[] = [];
      if (links.length > 1)
        found.push(
          refuse(`"${subgraph.name}" links the identity spec ${links.length} times. Link it once: ${identitySpecUrl}`),
        );
      if (marked && links.length === 0)
        found.push(refuse(`"${subgraph.name}" uses ${spelled} without linking its spec. Write: ${identityHeader}`));
      if (marked && definitions.length === 0)
        found.push(refuse(`"${subgraph.name}" uses ${spelled} without defining it. Write: ${identityDirectiveSdl}`));
      for (const link of links) {
        if (link.url !== identitySpecUrl)
          found.push(
            refuse(
              `"${subgraph.name}" links ${link.url}, a version of the identity spec that this gateway does not read. Link ${identitySpecUrl}`,
            ),
          );
        if (link.as !== null)
          found.push(refuse(`"${subgraph.name}" links the identity spec as ${link.as}. Link it without "as"`));
        const imports = importsOf(link);
        if (imports.length !== 1 || imports[0]?.name !== spelled || imports[0].as !== null)
          found.push(
            refuse(
              `"${subgraph.name}" must import ${spelled} under its own name: a field marked with another name would be open. Write: import: ["${spelled}"]`,
            ),
          );
      }
      for (const definition of definitions)
        if (print({ ...definition, description: undefined }) !== specified)
          found.push(
            refuse(`"${subgraph.name}" defines ${spelled} otherwise than its spec. Write: ${identityDirectiveSdl}`),
          );
      return found;
    }),
};

const specified = parse(identityDirectiveSdl, { noLocation: true }).definitions.map(print).join("");
