import { QueryPlanner } from "@graphql-hive/router-query-planner";
import { describe, expect, test } from "@jest/globals";
import { buildASTSchema, type GraphQLScalarType, isTypeDefinitionNode, Kind, parse, print, printSchema } from "graphql";
import { composeGraph } from "../../schema/compose.js";
import { apiSchemaOf } from "../../schema/identity/api-schema.js";
import { readApiSchema } from "../../schema/identity/read-api-schema.js";
import { renderSdlFiles } from "../../schema/identity/render-sdl-files.js";
import { composedWith, fetchesOf } from "./fixtures/composed.js";
import { demoSubgraphs } from "./fixtures/demo-graph.js";
import type { Edits } from "./fixtures/plant.js";

const facts = "jurisdiction{protectedRole locatedIn nationality residence providerCountry}";

describe("the plan of a query for identity data", () => {
  test("is one fetch to the platform and one batched fetch to its identity half", () => {
    const query = "{ posts { nodes { authorIp { address } author { email ipAddresses { nodes { address } } } } } }";
    expect(fetchesOf(composedWith(), query)).toEqual([
      { service: "platform", operation: `{posts{nodes{__typename id author{__typename id ${facts}}}}}` },
      {
        service: "platform_identity",
        operation:
          "query($__batch_reps_0:[_Any!]!, $__batch_reps_1:[_Any!]!){_e0: _entities(representations: $__batch_reps_0){...on User{ipAddresses{nodes{...a}} email}} _e1: _entities(representations: $__batch_reps_1){...on Post{authorIp{...a}}}} fragment a on IpAddress {address}",
      },
    ]);
  });

  test("goes by _entities through an interface", () => {
    const edits: Edits = {
      platform: [
        [
          "type User implements Node @key",
          'interface Account { id: ID! email: EmailAddress } type Org implements Account @key(fields: "id") { id: ID! owner: User email: EmailAddress @identity(category: SUBSCRIBER, subject: "owner") }\ntype User implements Node & Account @key',
        ],
        ["  post(id: ID!): Post\n", "  post(id: ID!): Post\n  account(id: ID!): Account\n"],
      ],
    };
    const fetches = fetchesOf(
      composedWith(edits),
      '{ account(id: "a") { __typename ... on User { email } ... on Org { email } } }',
    );
    expect(fetches.map((fetch) => fetch.service)).toEqual(["platform", "platform_identity"]);
    expect(fetches[1]?.operation).toBe(
      "query($representations:[_Any!]!){_entities(representations: $representations){...on Org{email} ...on User{email}}}",
    );
  });

  test("comes to the facts of a person that another subgraph names", () => {
    const fetches = fetchesOf(composedWith(), "{ accessLog { nodes { subject { legalName } } } }");
    expect(fetches.map((fetch) => fetch.service)).toEqual(["audit", "platform", "platform_identity"]);
  });

  test("reaches identity data that another subgraph holds on the platform's facts", () => {
    const edits: Edits = {
      justice: [
        [
          "type Offence @key",
          'extend schema @link(url: "https://rogatory.example/identity/v1.0", import: ["@identity"])\ndirective @identity(category: DataCategory!, subject: String, at: String) on FIELD_DEFINITION\ntype User @key(fields: "id") { id: ID! watch: [Watch!] @identity(category: CONTENT, at: "since") } type Watch { since: DateTime! }\ntype Offence @key',
        ],
      ],
    };
    const graph = composedWith(edits);
    expect(graph.identityFields.map((field) => [field.coordinate, field.half])).toContainEqual([
      "User.watch",
      "justice_identity",
    ]);
    expect(fetchesOf(graph, '{ user(id: "u01") { watch { since } } }').map((fetch) => fetch.service)).toEqual([
      "platform",
      "justice_identity",
    ]);
  });
});

test.each([
  ["an extension", "extend type User @key", '"@composeDirective"'],
  ["@extends", "type User @extends @key", '"@composeDirective", "@extends"'],
])(
  "an entity that a subgraph only extends, by %s, is known by its key there, though that stands as @external",
  (_, type, imports) => {
    const stub = '(fields: "id", resolvable: false) { id: ID! ';
    const graph = composedWith({
      audit: [
        [`type User @key${stub}}`, `${type}${stub}@external }`],
        ['"@composeDirective"', imports],
      ],
    });
    const fetches = fetchesOf(graph, "{ accessLog { nodes { subject { handle } } } }");
    expect(fetches.map((fetch) => fetch.service)).toEqual(["audit", "platform"]);
  },
);

describe("the gateway's own roots", () => {
  test("begin a stage with entities by their keys", () => {
    expect(fetchesOf(composedWith(), "{ c0: _User { handle email } }")).toEqual([
      { service: "gateway_roots", operation: "{c0: _User{__typename id}}" },
      {
        service: "platform",
        operation: `query($representations:[_Any!]!){_entities(representations: $representations){...on User{${facts} handle}}}`,
      },
      {
        service: "platform_identity",
        operation: "query($representations:[_Any!]!){_entities(representations: $representations){...on User{email}}}",
      },
    ]);
  });

  test("stand for every entity, compound keys included", () => {
    const roots = composedWith().halves.find((half) => half.name === "gateway_roots")?.sdl ?? "";
    for (const entity of [
      "Authority",
      "Case",
      "Offence",
      "Post",
      "Rule",
      "User",
      "Warrant",
      "WarrantItem",
      "WarrantTarget",
    ])
      expect(roots).toContain(`  _${entity}: [${entity}!]! @inaccessible\n`);
    expect(roots).toContain('type WarrantTarget @key(fields: "id platform kind value", resolvable: false) {');
  });

  test("are no roots of a client", () => {
    const api = apiSchemaOf(composedWith().supergraphSdl);
    expect(Object.keys(api.getQueryType()?.getFields() ?? {}).filter((field) => field.startsWith("_"))).toEqual([]);
  });
});

describe("the supergraph", () => {
  test("carries the marks", () => {
    const { supergraphSdl } = composedWith();
    expect(supergraphSdl).toContain(
      '@link(url: "https://rogatory.example/identity/v1.0", import: ["@identity"], for: SECURITY)',
    );
    const user = parse(supergraphSdl).definitions.find(
      (node) => node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === "User",
    );
    const email =
      user?.kind === Kind.OBJECT_TYPE_DEFINITION
        ? user.fields?.find((field) => field.name.value === "email")
        : undefined;
    expect(email?.directives?.map(print)).toContain("@identity(category: SUBSCRIBER)");
  });

  test("does not depend on the order of the subgraphs", () => {
    const reversed = composeGraph([...demoSubgraphs].reverse());
    expect("graph" in reversed && reversed.graph).toEqual(composedWith());
  });
});

describe("the API schema", () => {
  const api = apiSchemaOf(composedWith().supergraphSdl);

  test("has neither facts, marks nor inner roots, and has @warrant", () => {
    const printed = printSchema(api);
    for (const hidden of ["urisdiction", "@identity", "join__", "LegalQuestion", "doorWarrants", "DoorWarrant"])
      expect(printed).not.toContain(hidden);
    expect(printed).toContain(
      "directive @warrant(id: ID!, report: WithheldReport! = ERRORS, dryRun: Boolean! = false) on QUERY",
    );
    expect(printed).toContain("enum WithheldReport {\n  ERRORS\n  EXTENSIONS\n}");
  });

  test("has the types and fields that the planner shows to consumers", () => {
    const planner = parse(new QueryPlanner(composedWith().supergraphSdl).consumerSchema).definitions.filter(
      isTypeDefinitionNode,
    );
    const fields = (type: (typeof planner)[number]): readonly string[] =>
      "fields" in type
        ? (type.fields ?? [])
            .map((field) => `${type.name.value}.${field.name.value}: ${print(field.type)}`)
            .filter((field) => !/^Query\.__/.test(field))
        : [];
    const ours = parse(printSchema(api)).definitions.filter(isTypeDefinitionNode);
    const seen = planner.filter((type) => !/^(join)?__/.test(type.name.value));
    expect(ours.flatMap(fields).sort()).toEqual(seen.flatMap(fields).sort());
  });

  test("read from the graph is the same, and still refuses what its scalars do not have", () => {
    const read = readApiSchema(composedWith().apiSdl);
    expect(printSchema(read)).toBe(printSchema(api));
    for (const schema of [api, read]) {
      const country = schema.getType("CountryCode") as GraphQLScalarType;
      expect(country.parseValue("FR")).toBe("FR");
      expect(() => country.parseValue("France")).toThrow("country code");
    }
  });

  test("leaves out a member of a union that is inaccessible", () => {
    const edits: Edits = {
      justice: [
        ["type Query {", "union Paper = Case | DoorWarrant\ntype Query {"],
        ["  case(id: ID!): Case\n", "  case(id: ID!): Case\n  paper: Paper\n"],
      ],
    };
    expect(printSchema(apiSchemaOf(composedWith(edits).supergraphSdl))).toContain("union Paper = Case\n");
  });
});

describe("the committed files", () => {
  test("are the SDLs, the identity halves, the supergraph and the API schema, the same every time", () => {
    const files = renderSdlFiles(demoSubgraphs, composedWith());
    expect([...files.keys()]).toEqual([
      "api.graphql",
      "audit.graphql",
      "justice.graphql",
      "platform.graphql",
      "platform_identity.graphql",
      "supergraph.graphql",
      "treaty.graphql",
    ]);
    expect(renderSdlFiles([...demoSubgraphs].reverse(), composedWith())).toEqual(files);
    for (const text of files.values()) expect(text).toMatch(/[^\n]\n$/);
    expect(printSchema(buildASTSchema(parse(files.get("api.graphql") ?? "")))).toContain("type Query");
  });

  test("compose to the graph that they were written from", () => {
    const graph = composedWith();
    const files = renderSdlFiles(demoSubgraphs, graph);
    const again = composeGraph(demoSubgraphs.map(({ name }) => ({ name, sdl: files.get(`${name}.graphql`) ?? "" })));
    expect("graph" in again && again.graph.supergraphSdl).toBe(graph.supergraphSdl);
  });
});
