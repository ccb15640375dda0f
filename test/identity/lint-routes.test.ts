import { refuses } from "./fixtures/refusals.js";

/** Ways around the door that composition would accept (door.md, section 3): each planted where an engineer might write it. */

const email = "email: EmailAddress @identity(category: SUBSCRIBER)";
const auditUser = 'type User @key(fields: "id", resolvable: false) { id: ID! }';
const inUser = { subgraph: "platform", at: "User.email" };

refuses("identity-in-key", [
  {
    what: "an identity field in a key of its own subgraph",
    edits: {
      platform: [
        [
          'type User implements Node @key(fields: "id")',
          'type User implements Node @key(fields: "id") @key(fields: "email")',
        ],
      ],
    },
    ...inUser,
    says: 'User.email is identity data and stands in @key(fields: "email"): a key travels past the door. Write a key that says nothing about the person: @key(fields: "id")',
    also: ["identity-on-entity"],
  },
  {
    what: "a key of another subgraph with the identity field external",
    edits: {
      audit: [
        [
          auditUser,
          'scalar EmailAddress type User @key(fields: "id") @key(fields: "email") { id: ID! email: EmailAddress @external note: String }',
        ],
      ],
    },
    subgraph: "audit",
    at: "User.email",
    says: 'User.email is identity data and stands in @key(fields: "email"): a key travels past the door. Write a key that says nothing about the person: @key(fields: "id")',
    also: ["identity-sole-source"],
  },
]);

const sourceSays = (directive: string): string =>
  `User.email is identity data and has ${directive}. Remove ${directive}: "platform" alone answers it, through the door`;
refuses("identity-sole-source", [
  {
    what: "a shareable identity field",
    edits: { platform: [[email, `${email} @shareable`]] },
    ...inUser,
    says: sourceSays("@shareable"),
  },
  {
    what: "an overriding identity field",
    edits: { platform: [[email, `${email} @override(from: "audit")`]] },
    ...inUser,
    says: sourceSays("@override"),
  },
  {
    what: "an external identity field",
    edits: { platform: [[email, `${email} @external`]] },
    ...inUser,
    says: sourceSays("@external"),
  },
  {
    what: "an identity field that provides others",
    edits: { platform: [[email, `${email} @provides(fields: "id")`]] },
    ...inUser,
    says: sourceSays("@provides"),
  },
  {
    what: "a shareable type with identity fields",
    edits: {
      platform: [
        ['type User implements Node @key(fields: "id")', 'type User implements Node @key(fields: "id") @shareable'],
      ],
    },
    ...inUser,
    says: sourceSays("@shareable"),
    also: ["facts-once"],
  },
  {
    what: "an identity field that another subgraph takes as external",
    edits: {
      audit: [
        [
          auditUser,
          'scalar EmailAddress type User @key(fields: "id", resolvable: false) { id: ID! email: EmailAddress @external }',
        ],
        ["subject: User\n", 'subject: User @provides(fields: "email")\n'],
      ],
    },
    subgraph: "audit",
    at: "User.email",
    says: 'User.email is identity data of "platform", and "audit" defines it too. Remove it from "audit"; clients reach it through User',
  },
  {
    what: "an identity field that another subgraph provides",
    edits: {
      audit: [
        [
          auditUser,
          'scalar EmailAddress type User @key(fields: "id", resolvable: false) { id: ID! email: EmailAddress @external }',
        ],
        ["subject: User\n", 'subject: User @provides(fields: "email")\n'],
      ],
    },
    subgraph: "audit",
    at: "AccessRecord.subject",
    says: 'AccessRecord.subject has @provides(fields: "email"), which would answer User.email past the door. Remove User.email from @provides',
  },
  {
    what: "an identity field that another subgraph overrides",
    edits: {
      audit: [
        [
          auditUser,
          'scalar EmailAddress type User @key(fields: "id") { id: ID! email: EmailAddress @override(from: "platform") }',
        ],
      ],
    },
    subgraph: "audit",
    at: "User.email",
    says: 'User.email is identity data of "platform", and "audit" defines it too. Remove it from "audit"; clients reach it through User',
  },
]);

refuses("identity-sole-source", [
  {
    what: "a shareable copy in another subgraph",
    edits: {
      audit: [
        [auditUser, 'scalar EmailAddress type User @key(fields: "id") { id: ID! email: EmailAddress @shareable }'],
      ],
    },
    subgraph: "audit",
    at: "User.email",
    says: 'User.email is identity data of "platform", and "audit" defines it too. Remove it from "audit"; clients reach it through User',
  },
  {
    what: "a copy in an extension of a shareable type in another subgraph",
    edits: {
      audit: [
        [
          auditUser,
          'scalar EmailAddress type User @key(fields: "id") @shareable { id: ID! } extend type User { email: EmailAddress }',
        ],
      ],
    },
    subgraph: "audit",
    at: "User.email",
    says: 'User.email is identity data of "platform", and "audit" defines it too. Remove it from "audit"; clients reach it through User',
  },
  {
    what: "an identity field that another subgraph takes over for a share of the requests",
    edits: {
      audit: [
        [
          auditUser,
          'scalar EmailAddress type User @key(fields: "id") { id: ID! email: EmailAddress @override(from: "platform", label: "percent(1)") }',
        ],
      ],
    },
    subgraph: "audit",
    at: "User.email",
    says: 'User.email is identity data of "platform", and "audit" defines it too. Remove it from "audit"; clients reach it through User',
    also: ["override"],
  },
  {
    what: "an identity field that is provided through an interface",
    edits: {
      audit: [
        [
          auditUser,
          'scalar EmailAddress interface Seen { id: ID! email: EmailAddress } type User implements Seen @key(fields: "id", resolvable: false) { id: ID! email: EmailAddress @external }',
        ],
        ["subject: User\n", 'subject: Seen @provides(fields: "email")\n'],
      ],
    },
    subgraph: "audit",
    at: "AccessRecord.subject",
    says: 'AccessRecord.subject has @provides(fields: "email"), which would answer User.email past the door. Remove User.email from @provides',
  },
]);

refuses("identity-requires", [
  {
    what: "a field computed from identity data that an interface hides",
    edits: {
      audit: [
        [
          auditUser,
          'scalar EmailAddress interface Seen { id: ID! email: EmailAddress } type User implements Seen @key(fields: "id") { id: ID! email: EmailAddress @external } type Post @key(fields: "id") { id: ID! author: Seen @external watched: Boolean @requires(fields: "author { email }") }',
        ],
      ],
    },
    subgraph: "audit",
    at: "Post.watched",
    says: "Post.watched @requires User.email, which is identity data. Compute it in the subgraph that has the data, or mark it: @identity of that category",
    also: ["identity-sole-source"],
  },
  {
    what: "the first link of a chain over two subgraphs, so that no second one can hang on it",
    edits: {
      audit: [
        [
          auditUser,
          'scalar EmailAddress type User @key(fields: "id") { id: ID! email: EmailAddress @external domain: String @requires(fields: "email") }',
        ],
      ],
      treaty: [
        [
          "type RuleBook {",
          'type User @key(fields: "id") { id: ID! domain: String @external employer: String @requires(fields: "domain") } type RuleBook {',
        ],
      ],
    },
    subgraph: "audit",
    at: "User.domain",
    says: "User.domain @requires User.email, which is identity data. Compute it in the subgraph that has the data, or mark it: @identity of that category",
    also: ["identity-sole-source"],
  },
  {
    what: "a field of another subgraph computed from identity data",
    edits: {
      audit: [
        [
          auditUser,
          'scalar EmailAddress type User @key(fields: "id") { id: ID! email: EmailAddress @external watched: Boolean @requires(fields: "email") }',
        ],
      ],
    },
    subgraph: "audit",
    at: "User.watched",
    says: "User.watched @requires User.email, which is identity data. Compute it in the subgraph that has the data, or mark it: @identity of that category",
    also: ["identity-sole-source"],
  },
  {
    what: "a field computed from identity data below another field",
    edits: {
      audit: [
        [
          auditUser,
          'scalar EmailAddress type User @key(fields: "id") { id: ID! email: EmailAddress @external } type Post @key(fields: "id") { id: ID! author: User! @external watched: Boolean @requires(fields: "author { id email }") }',
        ],
      ],
    },
    subgraph: "audit",
    at: "Post.watched",
    says: "Post.watched @requires User.email, which is identity data. Compute it in the subgraph that has the data, or mark it: @identity of that category",
    also: ["identity-sole-source"],
  },
  {
    what: "an identity field with a requirement of its own",
    edits: { platform: [[email, `${email} @requires(fields: "handle")`]] },
    ...inUser,
    says: "User.email is identity data and has @requires. Remove @requires: composition writes the one that carries the facts of the subject",
  },
]);

refuses("override", [
  {
    what: "an override of an identity half",
    edits: {
      audit: [
        [auditUser, 'type User @key(fields: "id") { id: ID! note: String @override(from: "platform_identity") }'],
      ],
    },
    subgraph: "audit",
    at: "User.note",
    says: 'User.note overrides a field of "platform_identity", which would answer it past the door. Remove @override',
  },
  {
    what: "an override of the gateway's own roots",
    edits: {
      audit: [[auditUser, 'type User @key(fields: "id") { id: ID! note: String @override(from: "gateway_roots") }']],
    },
    subgraph: "audit",
    at: "User.note",
    says: 'User.note overrides a field of "gateway_roots", which would answer it past the door. Remove @override',
  },
  {
    what: "an override of a key",
    edits: {
      audit: [[auditUser, 'type User @key(fields: "id") { id: ID! @override(from: "platform") }']],
    },
    subgraph: "audit",
    at: "User.id",
    says: "User.id is a key, by which the door knows about whom it decides, and is overridden. Remove @override: every subgraph knows its own keys",
  },
  {
    what: "a progressive override",
    edits: {
      audit: [
        [
          auditUser,
          'type User @key(fields: "id") { id: ID! handle: String @override(from: "platform", label: "percent(5)") }',
        ],
      ],
    },
    subgraph: "audit",
    at: "User.handle",
    says: 'User.handle is overridden for a share of the requests, which is not planned here. Write @override(from: "platform") without label',
  },
]);

const messageSays =
  "Message is an entity that only the identity field User.messages leads to, so its other fields would be open to _entities. Remove @key from Message, or mark its fields with @identity and give it an open field that leads to it";
refuses("hidden-entity", [
  {
    what: "an entity that only an identity field leads to",
    edits: { platform: [["type Message {", 'type Message @key(fields: "id") {']] },
    subgraph: "platform",
    at: "Message",
    says: messageSays,
  },
  {
    what: "an entity that besides only an inaccessible root leads to",
    edits: {
      platform: [
        ["type Message {", 'type Message @key(fields: "id") {'],
        ["  post(id: ID!): Post\n", "  post(id: ID!): Post\n  message(id: ID!): Message @inaccessible\n"],
      ],
    },
    subgraph: "platform",
    at: "Message",
    says: messageSays,
  },
]);

const hiddenSays =
  "Message is the value of an identity field, and a public field may give it too, through an interface or union. Take Message out of that interface or union, or write a type of its own for the public field";
refuses("hidden-value", [
  {
    what: "an identity value behind a public interface",
    edits: { platform: [["type Message {", "type Message implements Node {"]] },
    subgraph: "platform",
    at: "Message",
    says: hiddenSays,
  },
  {
    what: "an identity value in a public union",
    edits: {
      platform: [
        ["type Message {", "union Found = Post | Message type Message {"],
        ["  post(id: ID!): Post\n", "  post(id: ID!): Post\n  find(text: String!): [Found!]\n"],
      ],
    },
    subgraph: "platform",
    at: "Message",
    says: hiddenSays,
  },
]);
