import { federationHeader, publicDirectiveSdl } from "../../schema/identity/identity-spec.js";
import { refuses } from "./fixtures/refusals.js";

const remove = "Remove it; mark identity data with @identity, and check any other right in the resolver";
const context = "Remove it; what a field needs of other fields it says with @requires, which the lint follows";
const importing = (name: string): { readonly audit: readonly (readonly [string, string])[] } => ({
  audit: [['"@composeDirective"]', `"@composeDirective", ${name}]`]],
});
const inAudit = { subgraph: "audit", at: "audit" };
const unknownImport = (name: string): string =>
  `"audit" imports ${name}, which the gateway neither knows nor would enforce. ${remove}`;

refuses("federation-link", [
  ...["@authenticated", "@requiresScopes", "@policy", "@tag", "@cost", "@listSize"].map((name) => ({
    what: `the import of ${name}`,
    edits: importing(`"${name}"`),
    ...inAudit,
    says: unknownImport(name),
  })),
  ...["@context", "@fromContext"].map((name) => ({
    what: `values that come from above by ${name}, past every rule about @requires`,
    edits: importing(`"${name}"`),
    ...inAudit,
    says: `"audit" imports ${name}, which the gateway neither knows nor would enforce. ${context}`,
  })),
  {
    what: "an import that hides another directive under the name of the mark",
    edits: importing('{name: "@tag", as: "@identity"}'),
    ...inAudit,
    says: unknownImport("@tag"),
  },
  {
    what: "interface objects under another name",
    edits: importing('{name: "@interfaceObject", as: "@stub"}'),
    ...inAudit,
    says: '"audit" imports @interfaceObject as @stub. Import it under its own name: "@interfaceObject"',
  },
  {
    what: "the federation spec under another name",
    edits: { audit: [["federation/v2.9", 'federation/v2.9", as: "fed']] },
    ...inAudit,
    says: `"audit" must link the federation spec once, under its own name. Write: ${federationHeader}`,
  },
  {
    what: "a renamed import",
    edits: importing('{name: "@key", as: "@pk"}'),
    ...inAudit,
    says: '"audit" imports @key as @pk. Import it under its own name: "@key"',
  },
  {
    what: "a subgraph of federation 1",
    edits: { audit: [[federationHeader, ""]] },
    ...inAudit,
    says: `"audit" must link the federation spec once, under its own name. Write: ${federationHeader}`,
  },
  {
    what: "a federation spec that is not planned here",
    edits: { audit: [["federation/v2.9", "federation/v2.12"]] },
    ...inAudit,
    says: `"audit" must link the federation spec once, under its own name. Write: ${federationHeader}`,
  },
]);

const identityLink =
  'extend schema @link(url: "https://rogatory.example/identity/v1.0", import: ["@identity"]) @composeDirective(name: "@identity")';
const directive =
  "directive @identity(category: DataCategory!, subject: String, at: String, identifier: String) on FIELD_DEFINITION";
const inPlatform = { subgraph: "platform", at: "platform" };
refuses("identity-link", [
  {
    what: "the directive under another name",
    edits: { platform: [['import: ["@identity"]', 'import: [{name: "@identity", as: "@id"}]']] },
    ...inPlatform,
    says: '"platform" must import @identity under its own name: a field marked with another name would be open. Write: import: ["@identity"]',
  },
  {
    what: "the directive without its import",
    edits: { platform: [['import: ["@identity"]', "import: []"]] },
    ...inPlatform,
    says: '"platform" must import @identity under its own name: a field marked with another name would be open. Write: import: ["@identity"]',
  },
  {
    what: "an import that the spec does not have",
    edits: { platform: [['import: ["@identity"]', 'import: ["@identity", "@secret"]']] },
    ...inPlatform,
    says: '"platform" imports @secret from the identity spec, which has no such thing. Remove it',
  },
  {
    what: "what is public in writing under another name",
    edits: {
      platform: [
        ['import: ["@identity"]', 'import: ["@identity", {name: "@public", as: "@open"}]'],
        [directive, `${directive}\n${publicDirectiveSdl}`],
      ],
    },
    ...inPlatform,
    says: '"platform" must import @public under its own name: what is written under another name nobody reads. Write: import: ["@identity", "@public"]',
  },
  {
    what: "what is public in writing without the link",
    edits: {
      audit: [["actor: String!", 'actor: String! @public(reason: "the name of an office")']],
    },
    ...inAudit,
    says: `"audit" uses @public without linking its spec. Write: extend schema @link(url: "https://rogatory.example/identity/v1.0", import: ["@public"])\n${publicDirectiveSdl}`,
  },
  {
    what: "the spec under another name",
    edits: { platform: [["identity/v1.0", 'identity/v1.0", as: "private']] },
    ...inPlatform,
    says: '"platform" links the identity spec as private. Link it without "as"',
  },
  {
    what: "a version of the spec that is not known",
    edits: { platform: [["identity/v1.0", "identity/v2.0"]] },
    ...inPlatform,
    says: '"platform" links https://rogatory.example/identity/v2.0, a version of the identity spec that this gateway does not read. Link https://rogatory.example/identity/v1.0',
  },
  {
    what: "a second link to the spec",
    edits: {
      platform: [
        [
          "enum TargetKind",
          'extend schema @link(url: "https://rogatory.example/identity/v1.0", import: ["@identity"])\nenum TargetKind',
        ],
      ],
    },
    ...inPlatform,
    says: '"platform" links the identity spec 2 times. Link it once: https://rogatory.example/identity/v1.0',
  },
  {
    what: "marks without the link",
    edits: { platform: [[identityLink, ""]] },
    ...inPlatform,
    says: `"platform" uses @identity without linking its spec. Write: ${identityLink}\n${directive}`,
  },
  {
    what: "marks without the definition",
    edits: { platform: [[directive, ""]] },
    ...inPlatform,
    says: `"platform" uses @identity without defining it. Write: ${directive}`,
  },
  {
    what: "another definition of the directive",
    edits: { platform: [["category: DataCategory!, subject", "category: DataCategory, subject"]] },
    ...inPlatform,
    says: `"platform" defines @identity otherwise than its spec. Write: ${directive}`,
  },
]);

refuses("known-specs", [
  {
    what: "an unknown spec",
    edits: {
      audit: [
        [
          "scalar SafeInt",
          'extend schema @link(url: "https://example.org/auth/v1.0", import: ["@auth"])\nscalar SafeInt',
        ],
      ],
    },
    ...inAudit,
    says: `"audit" links https://example.org/auth/v1.0, which the gateway does not know and would not enforce. ${remove}`,
  },
  {
    what: "an unknown composed directive",
    edits: { audit: [["scalar SafeInt", 'extend schema @composeDirective(name: "@auth")\nscalar SafeInt']] },
    ...inAudit,
    says: `"audit" composes @auth, which the gateway does not know and would not enforce. ${remove}`,
  },
  {
    what: "an unknown directive on the schema",
    edits: { audit: [["scalar SafeInt", "extend schema @private\nscalar SafeInt"]] },
    ...inAudit,
    says: `"audit" has @private on its schema, which the gateway does not know and would not enforce. ${remove}`,
  },
  {
    what: "a security directive by its full name",
    edits: { audit: [["actor: String!", "actor: String! @federation__authenticated"]] },
    subgraph: "audit",
    at: "AccessRecord.actor",
    says: `@federation__authenticated on AccessRecord.actor is a directive that the gateway does not know and would not enforce. ${remove}`,
  },
  {
    what: "the mark by its full name",
    edits: {
      platform: [
        [
          "email: EmailAddress @identity(category: SUBSCRIBER)",
          "email: EmailAddress @identity__identity(category: SUBSCRIBER)",
        ],
      ],
    },
    subgraph: "platform",
    at: "User.email",
    says: "@identity__identity on User.email is a directive that the gateway does not know and would not enforce. Import it, and write @identity",
    also: ["unclassified"],
  },
  {
    what: "a key by its full name, which would make an entity that no rule sees",
    edits: { audit: [["type Warrant @key", "type Warrant @federation__key"]] },
    subgraph: "audit",
    at: "Warrant",
    says: "@federation__key on Warrant is a directive that the gateway does not know and would not enforce. Import it, and write @key",
  },
  {
    what: "an interface object by its full name",
    edits: { audit: [["type Warrant @key", "type Warrant @federation__interfaceObject @key"]] },
    subgraph: "audit",
    at: "Warrant",
    says: `@federation__interfaceObject on Warrant is a directive that the gateway does not know and would not enforce. Import it, and write @interfaceObject`,
  },
  {
    what: "a value from above by its full name",
    edits: {
      audit: [
        ["accessRecord(index: SafeInt!)", 'accessRecord(index: SafeInt! @federation__fromContext(field: "$u { id }"))'],
      ],
    },
    subgraph: "audit",
    at: "Query.accessRecord.index",
    says: `@federation__fromContext on Query.accessRecord.index is a directive that the gateway does not know and would not enforce. ${context}`,
  },
  {
    what: "links under another name",
    edits: {
      audit: [
        [
          "scalar SafeInt",
          'extend schema @link(url: "https://specs.apollo.dev/link/v1.0", import: [{name: "@link", as: "@l"}]) @l(url: "https://rogatory.example/identity/v1.0")\nscalar SafeInt',
        ],
      ],
    },
    ...inAudit,
    says: `"audit" has @l on its schema, which the gateway does not know and would not enforce. ${remove}`,
  },
  {
    what: "a home-made security directive, on an argument too",
    edits: { audit: [["accessRecord(index: SafeInt!)", "accessRecord(index: SafeInt! @secret)"]] },
    subgraph: "audit",
    at: "Query.accessRecord.index",
    says: `@secret on Query.accessRecord.index is a directive that the gateway does not know and would not enforce. ${remove}`,
  },
]);

refuses("root-names", [
  {
    what: "a renamed root type",
    edits: { audit: [["type Query {", "schema { query: Root }\ntype Root {"]] },
    subgraph: "audit",
    at: "Root",
    says: '"audit" calls a root type Root. Write Query, Mutation or Subscription',
  },
]);

const reserved = (coordinate: string): string =>
  `${coordinate} has a name that the gateway uses for itself. Write a name that does not begin with "_" and a digit, "__at" or "__k"`;
refuses("reserved-name", [
  {
    what: "a field named like a plan key",
    edits: { platform: [["handle: String!\n", "handle: String!\n  _0: String\n"]] },
    subgraph: "platform",
    at: "User._0",
    says: reserved("User._0"),
  },
  {
    what: "a field named like the injected time",
    edits: { platform: [["handle: String!\n", "handle: String!\n  __at: String\n"]] },
    subgraph: "platform",
    at: "User.__at",
    says: reserved("User.__at"),
  },
  {
    what: "an argument named like the injected key",
    edits: { platform: [["post(id: ID!)", "post(id: ID!, __k: ID)"]] },
    subgraph: "platform",
    at: "Query.post.__k",
    says: reserved("Query.post.__k"),
  },
  {
    what: "a root named like the gateway's own",
    edits: { platform: [["  post(id: ID!): Post\n", "  _Post(id: ID!): Post\n"]] },
    subgraph: "platform",
    at: "Query._Post",
    says: 'Query._Post begins with "_", as the roots do by which the gateway hands entities to itself. Write a name without it',
  },
  {
    what: "a subgraph named like an identity half",
    edits: {},
    more: [{ name: "audit_identity", sdl: `${federationHeader} type Query { a: Int }` }],
    subgraph: "audit_identity",
    at: "audit_identity",
    says: '"audit_identity" is no name for a subgraph. Write a lower-case word other than supergraph, api and gateway_roots, not ending in _identity',
  },
  {
    what: "two subgraphs of one name",
    edits: {},
    more: [{ name: "audit", sdl: `${federationHeader} type Query { a: Int }` }],
    ...inAudit,
    says: 'Two subgraphs are called "audit". Give each a name of its own',
  },
]);

refuses("sdl", [
  {
    what: "a text that is no SDL",
    edits: { audit: [["type Query {", "type Query {{"]] },
    ...inAudit,
    says: 'The SDL of "audit" cannot be read: Syntax Error: Expected Name, found "{". (line 28, column 13)',
  },
  {
    what: "a type that does not exist",
    edits: { audit: [["actor: String!", "actor: Strng!"]] },
    ...inAudit,
    says: 'The SDL of "audit" cannot be read: Unknown type: "Strng".',
  },
  {
    what: "a key that is no selection",
    edits: { audit: [['type Case @key(fields: "id",', 'type Case @key(fields: "{id",']] },
    ...inAudit,
    says: 'The SDL of "audit" cannot be read: @key(fields: "{id") is no selection of fields (line 10, column 11)',
  },
]);

refuses("INVALID_FIELD_SHARING", [
  {
    what: "what federation refuses, in the composer's words",
    edits: { audit: [["type FieldAccess {", "type RuleBook { version: String! } type FieldAccess {"]] },
    subgraph: "supergraph",
    at: "RuleBook.version",
    says: 'Non-shareable field "RuleBook.version" is resolved from multiple subgraphs: it is resolved from subgraphs "audit" and "treaty" and defined as non-shareable in all of them',
  },
]);

refuses("EXTERNAL_UNUSED", [
  {
    what: "what federation refuses of a single subgraph",
    edits: { audit: [["type FieldAccess {", "type FieldAccess { unused: String @external"]] },
    subgraph: "audit",
    at: "FieldAccess.unused",
    says: '[audit] Field "FieldAccess.unused" is marked @external but is not used in any federation directive (@key, @provides, @requires) or to satisfy an interface; the field declaration has no use and should be removed (or the field should not be @external).',
  },
]);
