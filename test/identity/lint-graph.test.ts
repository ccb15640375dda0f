import { refuses } from "./fixtures/refusals.js";

refuses("entity-key", [
  {
    what: "a nested key",
    edits: {
      justice: [["type DoorWarrant", 'type Deed @key(fields: "case { id }") { case: Case }\ntype DoorWarrant']],
    },
    subgraph: "justice",
    at: "Deed",
    says: 'Deed has @key(fields: "case { id }"). Write a key of plain fields that hold scalars, such as @key(fields: "id")',
  },
  {
    what: "an entity whose subgraphs have no key in common",
    edits: {
      audit: [
        [
          'type Case @key(fields: "id", resolvable: false) { id: ID! }',
          'type Case @key(fields: "reference", resolvable: false) { reference: String! }',
        ],
      ],
    },
    subgraph: "justice",
    at: "Case",
    says: 'Case has no key that "audit", "justice" have in common. Write the same @key in each of them',
  },
]);

const rootSays = (field: string, write: string): string =>
  `${field} is a root field and must be nullable, or its failure would null the whole answer. Write ${write}`;
refuses("nullable-root", [
  {
    what: "a non-null root",
    edits: { treaty: [["rules: [Rule!]\n", "rules: [Rule!]!\n"]] },
    subgraph: "treaty",
    at: "Query.rules",
    says: rootSays("Query.rules", "rules: [Rule!]"),
  },
  {
    what: "a non-null mutation",
    edits: { justice: [["reason: String!): WarrantPayload", "reason: String!): WarrantPayload!"]] },
    subgraph: "justice",
    at: "Mutation.revokeWarrant",
    says: rootSays("Mutation.revokeWarrant", "revokeWarrant: WarrantPayload"),
  },
]);

const edgeSays = (coordinate: string, why: string, write: string): string =>
  `${coordinate} ${why}, so it must be nullable: that subgraph's failure must not null what others answered. Write ${write}`;
refuses("nullable-edge", [
  {
    what: "a non-null edge to an entity of another subgraph",
    edits: { audit: [["subject: User\n", "subject: User!\n"]] },
    subgraph: "audit",
    at: "AccessRecord.subject",
    says: edgeSays("AccessRecord.subject", 'leads to User, which "platform" answers', "subject: User"),
  },
  {
    what: "a list whose items another subgraph answers",
    edits: { justice: [["  posts: [Post]\n", "  posts: [Post!]\n"]] },
    subgraph: "justice",
    at: "Case.posts",
    says: edgeSays("Case.posts", 'leads to Post, which "platform" answers', "posts: [Post]"),
  },
  {
    what: "a non-null edge to an entity that a subgraph only adds to",
    edits: { audit: [["warrant: Warrant\n", "warrant: Warrant!\n"]] },
    subgraph: "audit",
    at: "AccessRecord.warrant",
    says: edgeSays("AccessRecord.warrant", 'leads to Warrant, which "justice" answers', "warrant: Warrant"),
  },
  {
    what: "a non-null edge to a union with a member of another subgraph",
    edits: { audit: [["type FieldAccess {", "union About = Case | AccessRecord type FieldAccess { about: About!"]] },
    subgraph: "audit",
    at: "FieldAccess.about",
    says: edgeSays("FieldAccess.about", 'leads to Case, which "justice" answers', "about: About"),
  },
  {
    what: "a non-null field added to an entity of another subgraph",
    edits: { treaty: [["deadlineAt: DateTime", "deadlineAt: DateTime!"]] },
    subgraph: "treaty",
    at: "WarrantItem.deadlineAt",
    says: edgeSays("WarrantItem.deadlineAt", 'is added by "treaty" to an entity of "justice"', "deadlineAt: DateTime"),
  },
  {
    what: "a non-null field that requires something of another subgraph",
    edits: {
      justice: [
        [
          "openedAt: DateTime!\n",
          'openedAt: DateTime!\n  note: String @external\n  noted: Boolean! @requires(fields: "note")\n',
        ],
      ],
      audit: [
        [
          'type Case @key(fields: "id", resolvable: false) { id: ID! }',
          'type Case @key(fields: "id") { id: ID! note: String }',
        ],
      ],
    },
    subgraph: "justice",
    at: "Case.noted",
    says: edgeSays("Case.noted", "@requires something of another subgraph", "noted: Boolean"),
  },
]);
