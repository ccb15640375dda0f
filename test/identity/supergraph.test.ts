import { Supergraph } from "@apollo/federation-internals";
import { describe, expect, test } from "@jest/globals";
import { composeGraph } from "../../schema/compose.js";
import { lintSupergraph } from "../../schema/identity/lint-supergraph.js";
import { composedWith } from "./fixtures/composed.js";

const { supergraphSdl } = composedWith();
const identityLink = '@link(url: "https://rogatory.example/identity/v1.0", import: ["@identity"], for: SECURITY)';
const edited = (find: string, replace: string): string => {
  if (!supergraphSdl.includes(find)) throw new Error(`"${find}" does not stand in the supergraph`);
  return supergraphSdl.replace(find, () => replace);
};

describe("the supergraph demands that who loads it knows the identity spec", () => {
  test("by a link for: SECURITY", () => {
    expect(supergraphSdl.split("\n")[0]).toBe(
      `schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION) @link(url: "https://specs.apollo.dev/inaccessible/v0.2", for: SECURITY) ${identityLink} {`,
    );
  });

  test("so the loader of a stock gateway refuses it, by name and version", () => {
    expect(() => Supergraph.build(supergraphSdl)).toThrow(
      "feature https://rogatory.example/identity/v1.0 is for: SECURITY but is unsupported",
    );
  });

  test("and for nothing else: without the demand it would load it, and answer identity data as if nobody had marked it", () => {
    const silent = edited(identityLink, identityLink.replace(", for: SECURITY", ""));
    expect(Supergraph.build(silent).schema.type("User")?.toString()).toBe("User");
  });

  test("and a graph without identity fields demands nothing of the kind", () => {
    const sdl =
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\ntype Query { thing: Thing } type Thing @key(fields: "id") { id: ID! }';
    const composed = composeGraph([{ name: "plain", sdl }]);
    if ("findings" in composed) throw new Error(JSON.stringify(composed.findings));
    expect(composed.graph.supergraphSdl).not.toContain("rogatory.example");
    expect(() => Supergraph.build(composed.graph.supergraphSdl)).not.toThrow();
  });
});

const withLink = (url: string, purpose: string): string =>
  edited(identityLink, `${identityLink} @link(url: "${url}", for: ${purpose})`);
const otherwise = "Take what needs it out of the subgraphs, or load the graph with a gateway that knows it";
const anew = (version: string): string => `This gateway knows ${version}: compose the graph anew with its \`compose\``;
const email = "email: EmailAddress @identity(category: SUBSCRIBER) @join__field(\n    graph: PLATFORM_IDENTITY\n";

describe("a supergraph is refused by this gateway", () => {
  test.each([
    {
      what: "that demands an unknown feature for security",
      sdl: withLink("https://specs.apollo.dev/policy/v0.1", "SECURITY"),
      rule: "known-features",
      at: "https://specs.apollo.dev/policy/v0.1",
      says: `The supergraph demands https://specs.apollo.dev/policy v0.1 for: SECURITY, which this gateway does not know. ${otherwise}`,
    },
    {
      what: "that demands an unknown feature for execution",
      sdl: withLink("https://example.org/streams/v3.1", "EXECUTION"),
      rule: "known-features",
      at: "https://example.org/streams/v3.1",
      says: `The supergraph demands https://example.org/streams v3.1 for: EXECUTION, which this gateway does not know. ${otherwise}`,
    },
    {
      what: "that demands another version of the identity spec",
      sdl: edited("identity/v1.0", "identity/v2.0"),
      rule: "known-features",
      at: "https://rogatory.example/identity/v2.0",
      says: `The supergraph demands https://rogatory.example/identity v2.0 for: SECURITY, which this gateway does not know. ${anew("v1.0")}`,
    },
    {
      what: "that demands a version of join that is not planned here",
      sdl: edited("join/v0.5", "join/v0.9"),
      rule: "known-features",
      at: "https://specs.apollo.dev/join/v0.9",
      says: `The supergraph demands https://specs.apollo.dev/join v0.9 for: EXECUTION, which this gateway does not know. ${anew("v0.5")}`,
    },
    {
      what: "that demands a feature in the words of an older spec",
      sdl: edited("schema @link", 'schema @core(feature: "https://example.org/lock/v0.1", for: SECURITY) @link'),
      rule: "known-features",
      at: "@core",
      says: 'The supergraph has @core(feature: "https://example.org/lock/v0.1", for: SECURITY) on its schema, by which it may demand what this gateway does not know. Compose the graph anew with this gateway\'s `compose`',
    },
    {
      what: "that does not demand the identity spec any more",
      sdl: edited(identityLink, identityLink.replace(", for: SECURITY", "")),
      rule: "composed-supergraph",
      at: "schema",
      says: /^The supergraph has schema .*import: \["@identity"\]\) \{.* where its subgraphs compose to schema .*import: \["@identity"\], for: SECURITY\) \{/,
    },
    {
      what: "that lost a mark",
      sdl: edited(email, email.replace(" @identity(category: SUBSCRIBER)", "")),
      rule: "composed-supergraph",
      at: "User.email",
      says: /^The supergraph has email: EmailAddress @join__field.* where its subgraphs compose to email: EmailAddress @identity\(category: SUBSCRIBER\) @join__field/,
    },
    {
      what: "that takes identity data from the public half",
      sdl: edited(email, email.replace("PLATFORM_IDENTITY", "PLATFORM")),
      rule: "composed-supergraph",
      at: "User.email",
      says: /graph: PLATFORM, requires.* where its subgraphs compose to .*graph: PLATFORM_IDENTITY, requires/,
    },
    {
      what: "that has a field more",
      sdl: edited("  legalName: String ", "  secret: String @join__field(graph: PLATFORM)\n  legalName: String "),
      rule: "composed-supergraph",
      at: "User.secret",
      says: /^The supergraph has secret: String @join__field\(graph: PLATFORM\) where its subgraphs compose to nothing/,
    },
    {
      what: "that is none",
      sdl: "type Query {",
      rule: "sdl",
      at: "supergraph",
      says: /^The supergraph cannot be read: Syntax Error/,
    },
  ])("$what", ({ sdl, rule, at, says }) => {
    const message = typeof says === "string" ? says : expect.stringMatching(says);
    expect(lintSupergraph(sdl, supergraphSdl)).toEqual([{ subgraph: "supergraph", coordinate: at, rule, message }]);
  });

  test("and what is wrong in many places is told of five, with the number of the others", () => {
    const findings = lintSupergraph(supergraphSdl.replaceAll(/ @identity\(category: \w+\)/g, ""), supergraphSdl);
    expect(findings.map(({ coordinate }) => coordinate)).toEqual(["User.legalName", "User.email", "User.dateOfBirth"]);
    const halves = lintSupergraph(supergraphSdl.replaceAll("PLATFORM_IDENTITY", "PLATFORM"), supergraphSdl);
    expect(halves).toHaveLength(6);
    expect(halves.at(-1)?.message).toMatch(/^The supergraph differs in \d+ more places$/);
  });

  test("which is not refused as it was composed", () =>
    expect(lintSupergraph(supergraphSdl, supergraphSdl)).toEqual([]));
});
