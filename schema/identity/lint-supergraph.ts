import { parse, print } from "graphql";
import type { Finding } from "./catalog.js";
import { schemaDirectivesOf } from "./demand-identity.js";
import { identitySpecUrl } from "./identity-spec.js";
import { linksOf } from "./links.js";
import { textArgument } from "./sdl-nodes.js";

/** The features that this gateway knows how to execute and to secure, by the version that it knows. */
const knownFeatures = [
  "https://specs.apollo.dev/link/v1.0",
  "https://specs.apollo.dev/join/v0.5",
  "https://specs.apollo.dev/inaccessible/v0.2",
  identitySpecUrl,
];

/** Differences that are told; the rest are counted. */
const mostTold = 5;

/**
 * What is wrong with a supergraph that stands for a composed graph: a feature that it demands for execution or security and that this gateway does not know
 * (link spec: it must then refuse), or anything at all in which it is not what its subgraphs compose to.
 */
export function lintSupergraph(supergraphSdl: string, composedSdl: string): readonly Finding[] {
  try {
    const demanded = unknownFeatures(supergraphSdl);
    return demanded.length > 0 || supergraphSdl.trim() === composedSdl.trim()
      ? demanded
      : differences(supergraphSdl, composedSdl);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return [finding("supergraph", "sdl", `The supergraph cannot be read: ${error.message}`)];
  }
}

function unknownFeatures(supergraphSdl: string): readonly Finding[] {
  const directives = schemaDirectivesOf(supergraphSdl);
  const links = linksOf({ schemaDirectives: directives }).flatMap(({ url, spec, version, node }) => {
    const purpose = textArgument(node, "for");
    if (purpose === null || knownFeatures.includes(url)) return [];
    const known = knownFeatures.find((feature) => feature.startsWith(`${spec}/`));
    const instead = known
      ? `This gateway knows ${known.slice(spec.length + 1)}: compose the graph anew with its \`compose\``
      : "Take what needs it out of the subgraphs, or load the graph with a gateway that knows it";
    return [
      finding(
        url,
        "known-features",
        `The supergraph demands ${spec} ${version} for: ${purpose}, which this gateway does not know. ${instead}`,
      ),
    ];
  });
  const others = directives
    .filter((directive) => directive.name.value !== "link")
    .map((directive) =>
      finding(
        `@${directive.name.value}`,
        "known-features",
        `The supergraph has ${print(directive)} on its schema, by which it may demand what this gateway does not know. Compose the graph anew with this gateway's \`compose\``,
      ),
    );
  return [...links, ...others];
}

function differences(supergraphSdl: string, composedSdl: string): readonly Finding[] {
  const found = statementsOf(supergraphSdl);
  const expected = statementsOf(composedSdl);
  const different = [...new Set([...expected.keys(), ...found.keys()])].filter(
    (name) => found.get(name) !== expected.get(name),
  );
  const told = different
    .slice(0, mostTold)
    .map((name) =>
      finding(
        name,
        "composed-supergraph",
        `The supergraph has ${found.get(name) ?? `no ${name}`} where its subgraphs compose to ${expected.get(name) ?? "nothing"}. Run \`compose\` and take both from there`,
      ),
    );
  const more = different.length - told.length;
  if (more > 0)
    told.push(finding("supergraph", "composed-supergraph", `The supergraph differs in ${more} more places`));
  return told.length > 0
    ? told
    : [finding("supergraph", "composed-supergraph", "The supergraph is written otherwise. Run `compose`")];
}

/** What an SDL says, one statement for each field, enum value and so on, by coordinate; and one for the rest of each definition. */
function statementsOf(sdl: string): ReadonlyMap<string, string> {
  const said = new Map<string, string>();
  for (const definition of parse(sdl, { noLocation: true }).definitions) {
    const name = "name" in definition && definition.name ? definition.name.value : "schema";
    const parts = "fields" in definition ? definition.fields : "values" in definition ? definition.values : undefined;
    for (const part of parts ?? []) said.set(`${name}.${part.name.value}`, plain(print({ ...part, ...nothingInside })));
    said.set(name, plain(print({ ...definition, ...nothingInside } as typeof definition)));
  }
  return said;
}

const nothingInside = { description: undefined, fields: undefined, values: undefined };

function plain(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function finding(coordinate: string, rule: string, message: string): Finding {
  return { subgraph: "supergraph", coordinate, rule, message };
}
