import { parse, print, visit } from "graphql";
import {
  identityDirective,
  identityHeaderFor,
  identitySpec,
  identitySpecUrl,
  searchlessDirectiveSdl,
  specifiedDirectives,
} from "../identity-spec.js";
import { importsOf, type Link, linksOf } from "../links.js";
import type { Subgraph } from "../subgraph.js";
import type { LintRule, Violation } from "./rule.js";

/** Who marks fields says so: one link to the version of the identity spec that this gateway reads, and its directives under their own names and as it defines them. */
export const identityLink: LintRule = {
  name: "identity-link",
  check: (subgraphs) =>
    subgraphs.flatMap((subgraph): readonly Violation[] => {
      const links = linksOf(subgraph).filter((link) => link.spec === identitySpec);
      const used = usedIn(subgraph);
      const faults = [
        ...(links.length > 1
          ? [`links the identity spec ${links.length} times. Link it once: ${identitySpecUrl}`]
          : []),
        ...(used.length > 0 && links.length === 0
          ? [`uses ${spell(used)} without linking its spec. Write: ${identityHeaderFor(used)}`]
          : []),
        ...links.flatMap((link) => faultsOf(link, used)),
        ...definitionFaults(subgraph, used),
      ];
      return faults.map((fault) => ({
        subgraph: subgraph.name,
        coordinate: subgraph.name,
        message: `"${subgraph.name}" ${fault}`,
      }));
    }),
};

/** The spec's directives that stand anywhere in the types, by their own names. */
function usedIn(subgraph: Subgraph): readonly string[] {
  const found = new Set<string>();
  for (const type of subgraph.types.values())
    visit(type, { Directive: (directive) => void found.add(directive.name.value) });
  return specifiedDirectives.map(({ name }) => name).filter((name) => found.has(name));
}

function faultsOf(link: Link, used: readonly string[]): readonly string[] {
  const faults: string[] = [];
  if (link.url !== identitySpecUrl)
    faults.push(
      `links ${link.url}, a version of the identity spec that this gateway does not read. Link ${identitySpecUrl}`,
    );
  if (link.as !== null) faults.push(`links the identity spec as ${link.as}. Link it without "as"`);
  const imports = importsOf(link);
  const unknown = imports.find((each) => specifiedDirectives.every(({ name }) => each.name !== `@${name}`));
  if (unknown)
    faults.push(`imports ${unknown.name || "nothing"} from the identity spec, which has no such thing. Remove it`);
  const missing = new Set([
    ...imports.filter(({ as }) => as !== null).map(({ name }) => name.slice(1)),
    ...used.filter((name) => imports.every((each) => each.name !== `@${name}`)),
  ]);
  for (const { name } of specifiedDirectives.filter((each) => missing.has(each.name)))
    faults.push(
      `must import @${name} under its own name: ${consequences[name]}. Write: import: [${[...new Set([...used, name])].map((each) => `"@${each}"`).join(", ")}]`,
    );
  return faults;
}

const consequences = {
  identity: "a field marked with another name would be open",
  public: "what is written under another name nobody reads",
} as const;

function definitionFaults(subgraph: Subgraph, used: readonly string[]): readonly string[] {
  return specifiedDirectives.flatMap(({ name, sdl }) => {
    const definitions = subgraph.directiveDefinitions.filter((definition) => definition.name.value === name);
    if (definitions.length === 0 && used.includes(name)) return [`uses @${name} without defining it. Write: ${sdl}`];
    const accepted = (name === identityDirective ? [sdl, searchlessDirectiveSdl] : [sdl]).map(canonical);
    return definitions.some((definition) => !accepted.includes(print({ ...definition, description: undefined })))
      ? [`defines @${name} otherwise than its spec. Write: ${sdl}`]
      : [];
  });
}

function canonical(sdl: string): string {
  return parse(sdl, { noLocation: true }).definitions.map(print).join("");
}

function spell(names: readonly string[]): string {
  return names.map((name) => `@${name}`).join(" and ");
}
