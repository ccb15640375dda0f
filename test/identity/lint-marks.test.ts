import { refuses } from "./fixtures/refusals.js";

const email = "email: EmailAddress @identity(category: SUBSCRIBER)";
const userHead = "type User implements Node @key";

refuses("identity-category", [
  {
    what: "a category that the law does not know",
    edits: { platform: [[email, "email: EmailAddress @identity(category: HEALTH)"]] },
    subgraph: "platform",
    at: "User.email",
    says: "User.email is marked with the category HEALTH. Write one of SUBSCRIBER, USER_IDENTIFICATION, TRAFFIC, CONTENT: @identity(category: …)",
  },
  {
    what: "a mark without a category",
    edits: { platform: [[email, 'email: EmailAddress @identity(subject: "none")']] },
    subgraph: "platform",
    at: "User.email",
    says: "User.email is marked with no category. Write one of SUBSCRIBER, USER_IDENTIFICATION, TRAFFIC, CONTENT: @identity(category: …)",
    also: ["subject-path"],
  },
]);

refuses("nullable-identity", [
  {
    what: "an identity field that cannot be withheld",
    edits: { platform: [[email, "email: EmailAddress! @identity(category: SUBSCRIBER)"]] },
    subgraph: "platform",
    at: "User.email",
    says: "User.email is identity data and may be withheld, so it must be nullable. Write email: EmailAddress",
  },
]);

const rootSays = (field: string): string =>
  `${field} is a root field, and a root has no subject to decide about. Let it lead to an entity, and mark the fields of that entity; a query that finds persons by identity data says by what: @identity(category: …, identifier: …)`;
refuses("identity-on-root", [
  {
    what: "an identity field on Query",
    edits: { platform: [["  user(id: ID!): User\n", "  user(id: ID!): User @identity(category: SUBSCRIBER)\n"]] },
    subgraph: "platform",
    at: "Query.user",
    says: rootSays("Query.user"),
  },
  {
    what: "an identity field on Mutation",
    edits: {
      platform: [
        ["type Query {", "type Mutation { rename(id: ID!): User @identity(category: CONTENT) }\ntype Query {"],
      ],
    },
    subgraph: "platform",
    at: "Mutation.rename",
    says: rootSays("Mutation.rename"),
  },
  {
    what: "an identity field on Subscription",
    edits: {
      platform: [["type Query {", "type Subscription { renamed: User @identity(category: CONTENT) }\ntype Query {"]],
    },
    subgraph: "platform",
    at: "Subscription.renamed",
    says: rootSays("Subscription.renamed"),
    also: ["subscription-source"],
  },
]);

refuses("identity-on-entity", [
  {
    what: "an identity field of an entity that more than its id identifies",
    edits: {
      platform: [
        ["  account: User\n", '  account: User\n  remark: String @identity(category: CONTENT, subject: "account")\n'],
      ],
    },
    subgraph: "platform",
    at: "WarrantTarget.remark",
    says: 'WarrantTarget.remark is identity data, and WarrantTarget is not known by its id alone. Write type WarrantTarget @key(fields: "id"), with no other key and resolvable, or mark the field of an entity that leads here',
  },
  {
    what: "an identity field of a value type",
    edits: {
      platform: [["type PostEdge { cursor: String!", "type PostEdge { cursor: String @identity(category: CONTENT)"]],
    },
    subgraph: "platform",
    at: "PostEdge.cursor",
    says: 'PostEdge.cursor is identity data, and PostEdge is not known by its id alone. Write type PostEdge @key(fields: "id"), with no other key and resolvable, or mark the field of an entity that leads here',
  },
  {
    what: "an identity field of an entity with a second key",
    edits: {
      platform: [
        [
          'type Post implements Node @key(fields: "id")',
          'type Post implements Node @key(fields: "id") @key(fields: "url")',
        ],
      ],
    },
    subgraph: "platform",
    at: "Post.authorIp",
    says: 'Post.authorIp is identity data, and Post is not known by its id alone. Write type Post @key(fields: "id"), with no other key and resolvable, or mark the field of an entity that leads here',
  },
]);

refuses("identity-inside-identity", [
  {
    what: "data of another category inside the value of an identity field",
    edits: { platform: [["userAgent: String", "userAgent: String @identity(category: CONTENT)"]] },
    subgraph: "platform",
    at: "Session.userAgent",
    says: "Session.userAgent stands inside the value of an identity field, which is released or withheld as a whole in its own category. Remove @identity here; data of another category belongs into a field of the entity",
  },
]);

refuses("identity-rows", [
  {
    what: "a time that the rows do not have",
    edits: { platform: [['at: "startedAt"', 'at: "started"']] },
    subgraph: "platform",
    at: "User.sessions",
    says: 'User.sessions has @identity(at: "started"), but its rows are Session, which has no single field "started". Write the name of their time field',
  },
  {
    what: "a time for a value without rows",
    edits: { platform: [[`${email}\n`, 'email: EmailAddress @identity(category: SUBSCRIBER, at: "createdAt")\n']] },
    subgraph: "platform",
    at: "User.email",
    says: 'User.email has @identity(at: "createdAt"), but its value has no rows with a time of their own. Remove at, or return an object, a list of objects or a connection',
  },
]);

const account = "interface Account { id: ID! email: EmailAddress }";
const userIsAccount = "type User implements Node & Account @key";
refuses("interface-identity", [
  {
    what: "an interface of which one implementation is open",
    edits: {
      platform: [
        [
          userHead,
          `${account} type Org implements Account @key(fields: "id") { id: ID! email: EmailAddress }\n${userIsAccount}`,
        ],
      ],
    },
    subgraph: "platform",
    at: "Account.email",
    says: "Account.email exposes identity data, but Org.email is not marked. Mark it with @identity in every implementation, or take email out of Account",
    also: ["unclassified"],
  },
  {
    what: "a marked interface whose implementations are open",
    edits: {
      platform: [
        [
          userHead,
          `interface Named { id: ID! name: String @identity(category: SUBSCRIBER) } type Org implements Named @key(fields: "id") { id: ID! name: String }\n${userHead}`,
        ],
      ],
    },
    subgraph: "platform",
    at: "Named.name",
    says: "Named.name exposes identity data, but Org.name is not marked. Mark it with @identity in every implementation, or take name out of Named",
  },
  {
    what: "an interface with an open implementation in another subgraph",
    edits: {
      platform: [[userHead, `${account}\n${userIsAccount}`]],
      justice: [
        [
          "type Authority implements Node @key",
          `scalar EmailAddress ${account} type Suspect implements Account @key(fields: "id") { id: ID! email: EmailAddress }\ntype Authority implements Node @key`,
        ],
      ],
    },
    subgraph: "justice",
    at: "Account.email",
    says: "Account.email exposes identity data, but Suspect.email is not marked. Mark it with @identity in every implementation, or take email out of Account",
    also: ["unclassified"],
  },
  {
    what: "an interface marked in two categories",
    edits: {
      platform: [
        [
          userHead,
          `${account} type Org implements Account @key(fields: "id") { id: ID! owner: User email: EmailAddress @identity(category: TRAFFIC, subject: "owner") }\n${userIsAccount}`,
        ],
      ],
    },
    subgraph: "platform",
    at: "Account.email",
    says: "Account.email is marked in different categories (TRAFFIC, SUBSCRIBER). Write the same category in Account and every implementation",
  },
  {
    what: "an interface of identity data alone",
    edits: {
      platform: [[userHead, `interface Mailed { email: EmailAddress }\ntype User implements Node & Mailed @key`]],
    },
    subgraph: "platform",
    at: "Mailed",
    says: "Mailed exposes identity data only, so nothing of it would be left in the public half. Give it the field id: ID!",
  },
]);

refuses("mark-place", [
  {
    what: "a mark on a type, which protects none of its fields",
    edits: { platform: [[userHead, "type User implements Node @identity(category: CONTENT) @key"]] },
    subgraph: "platform",
    at: "User",
    says: "@identity stands on User (OBJECT), where it does nothing. Write it on each field that is identity data",
  },
  {
    what: "a mark on an argument",
    edits: { platform: [["post(id: ID!)", "post(id: ID! @identity(category: CONTENT))"]] },
    subgraph: "platform",
    at: "Query.post(id:)",
    says: "@identity stands on Query.post(id:) (ARGUMENT_DEFINITION), where it does nothing. Write it on each field that is identity data",
  },
  {
    what: "a mark on a scalar",
    edits: { platform: [["scalar EmailAddress", "scalar EmailAddress @identity(category: SUBSCRIBER)"]] },
    subgraph: "platform",
    at: "EmailAddress",
    says: "@identity stands on EmailAddress (SCALAR), where it does nothing. Write it on each field that is identity data",
  },
  {
    what: "two marks on one field",
    edits: { platform: [[email, `${email} @identity(category: CONTENT)`]] },
    subgraph: "platform",
    at: "User.email",
    says: "User.email has @identity 2 times. Write it once: what belongs to two categories is two fields",
  },
]);
