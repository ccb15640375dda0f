import { expect, test } from "@jest/globals";
import { demoSubgraphs } from "./fixtures/demo-graph.js";
import { findingsWith, platformSpeaksPublic } from "./fixtures/plant.js";
import { refuses } from "./fixtures/refusals.js";

const handle = "  handle: String!\n";
const answers = (coordinate: string, word: string): string =>
  `${coordinate} looks like identity data (${word}), and nobody has said whether it is. Write @identity(category: …), or @public(reason: "…") with the reason why nobody can be identified or reached by it`;
const asks = (coordinate: string, word: string): string =>
  `${coordinate} asks by what looks like identity data (${word}): whoever may ask learns from the answer whose it is. Remove it, mark the field that takes it with @identity, or write @public(reason: "…") on it with the reason why nothing about a person can be learnt by it`;
const onUser = (field: string) => ({ platform: [[handle, `${handle}  ${field}\n`]] as const });

refuses("unclassified", [
  {
    what: "a mark that was forgotten",
    edits: { platform: [["email: EmailAddress @identity(category: SUBSCRIBER)", "email: EmailAddress"]] },
    subgraph: "platform",
    at: "User.email",
    says: answers("User.email", "email"),
  },
  {
    what: "a new field whose name says it, in another style",
    edits: onUser("home_address_line: String"),
    subgraph: "platform",
    at: "User.home_address_line",
    says: answers("User.home_address_line", "address"),
  },
  {
    what: "a harmless name with a scalar that says it",
    edits: onUser("contact: EmailAddress"),
    subgraph: "platform",
    at: "User.contact",
    says: answers("User.contact", "email"),
  },
  {
    what: "a harmless name with a list of such scalars",
    edits: onUser("seenFrom: [IP!]!"),
    subgraph: "platform",
    at: "User.seenFrom",
    says: answers("User.seenFrom", "ip"),
  },
  {
    what: "what clients do not see, since another subgraph could require it",
    edits: onUser("email2: String @inaccessible"),
    subgraph: "platform",
    at: "User.email2",
    says: answers("User.email2", "email"),
  },
  {
    what: "a field of a value that an open field leads to",
    edits: {
      platform: [
        ["type Jurisdiction", "type Contact { phone: String } type Jurisdiction"],
        [handle, `${handle}  contact: Contact\n`],
      ],
    },
    subgraph: "platform",
    at: "Contact.phone",
    says: answers("Contact.phone", "phone"),
  },
  {
    what: "a value of identity fields that an open field gives too",
    edits: onUser("origin: Session"),
    subgraph: "platform",
    at: "Session.address",
    says: answers("Session.address", "address"),
  },
  {
    what: "a field behind an interface, where it is implemented",
    edits: {
      audit: [
        [
          "type FieldAccess {",
          'interface Reachable { msisdn: String } type Operator implements Reachable @key(fields: "id") { id: ID! msisdn: String } type FieldAccess { by: Reachable',
        ],
      ],
    },
    subgraph: "audit",
    at: "Operator.msisdn",
    says: answers("Operator.msisdn", "msisdn"),
  },
  {
    what: "a union of which one member says it",
    edits: {
      audit: [
        [
          "type FieldAccess {",
          "union Proof = Note | Passport type Note { text: String } type Passport { number: String } type FieldAccess { proof: Proof",
        ],
      ],
    },
    subgraph: "audit",
    at: "FieldAccess.proof",
    says: answers("FieldAccess.proof", "passport"),
  },
  {
    what: "a scalar in which anything may stand",
    edits: {
      audit: [
        ["scalar SafeInt", "scalar SafeInt scalar JSON"],
        ["type FieldAccess {", "type FieldAccess { more: JSON"],
      ],
    },
    subgraph: "audit",
    at: "FieldAccess.more",
    says: answers("FieldAccess.more", "JSON"),
  },
  {
    what: "a root that is called after it",
    edits: { platform: [["  post(id: ID!): Post\n", "  post(id: ID!): Post\n  userByPhone(value: String!): User\n"]] },
    subgraph: "platform",
    at: "Query.userByPhone",
    says: answers("Query.userByPhone", "phone"),
  },
  {
    what: "an argument that searches by it",
    edits: { platform: [["user(id: ID!)", "user(id: ID, email: EmailAddress)"]] },
    subgraph: "platform",
    at: "Query.user(email:)",
    says: asks("Query.user(email:)", "email"),
  },
  {
    what: "an input field that filters by it",
    edits: { platform: [["input PostFilter { ids: [ID!]", "input PostFilter { ids: [ID!] sentFrom: IP"]] },
    subgraph: "platform",
    at: "PostFilter.sentFrom",
    says: asks("PostFilter.sentFrom", "ip"),
  },
  {
    what: "an order by it, chosen from an enum",
    edits: {
      platform: [
        ["posts(filter: PostFilter,", "posts(orderBy: PostOrder, filter: PostFilter,"],
        ["enum TargetKind", "enum PostOrder { PUBLISHED_AT AUTHOR_DATE_OF_BIRTH }\nenum TargetKind"],
      ],
    },
    subgraph: "platform",
    at: "Query.posts(orderBy:)",
    says: asks("Query.posts(orderBy:)", "birth"),
  },
]);

const reasoned = (reason: string) => ({
  platform: [
    ...platformSpeaksPublic,
    [handle, `${handle}  supportEmail: String @public(reason: "${reason}")\n`] as const,
  ],
});
refuses("public-reason", [
  {
    what: "a reason that says nothing",
    edits: reasoned("not personal"),
    subgraph: "platform",
    at: "User.supportEmail",
    says: 'User.supportEmail has @public(reason: "not personal"), which says nothing. Write a sentence that says why nobody can be identified or reached by it',
  },
  {
    what: "a reason of signs",
    edits: reasoned(". . . ."),
    subgraph: "platform",
    at: "User.supportEmail",
    says: 'User.supportEmail has @public(reason: ". . . ."), which says nothing. Write a sentence that says why nobody can be identified or reached by it',
  },
  {
    what: "a field that is both",
    edits: {
      platform: [
        ...platformSpeaksPublic,
        [
          "email: EmailAddress @identity(category: SUBSCRIBER)",
          'email: EmailAddress @identity(category: SUBSCRIBER) @public(reason: "everybody knows it anyway")',
        ],
      ],
    },
    subgraph: "platform",
    at: "User.email",
    says: "User.email has @identity and @public. Remove @public: what is identity data goes through the door",
  },
]);

test.each([
  ["a field", [handle, `${handle}  supportEmail: String @public(reason: "the mailbox of the platform itself")\n`]],
  [
    "a field with a value of its own, and what is in it",
    [handle, `${handle}  origin: Session @public(reason: "a session of the platform's own robot")\n`],
  ],
  [
    "an argument",
    ["user(id: ID!)", 'user(id: ID, email: EmailAddress @public(reason: "the mailbox of a shop, as printed"))'],
  ],
  [
    "an input field",
    [
      "input PostFilter { ids: [ID!]",
      'input PostFilter { ids: [ID!] sentFrom: IP @public(reason: "a published gateway of the platform")',
    ],
  ],
] as const)("what is public in writing passes: %s", (_what, edit) => {
  expect(findingsWith({ platform: [...platformSpeaksPublic, edit] })).toEqual([]);
});

test("a mark covers the arguments of its field, and the inputs that only it takes", () => {
  const edits = {
    platform: [
      ["sessions(first: Int = 20,", "sessions(ip: IP, from_: Place, first: Int = 20,"],
      ["enum TargetKind", "input Place { latitude: Float longitude: Float }\nenum TargetKind"],
    ],
  } as const;
  expect(findingsWith(edits)).toEqual([]);
});

test("a stub that takes a classified field from its owner classifies nothing again", () => {
  const edits = {
    platform: [
      ...platformSpeaksPublic,
      [handle, `${handle}  supportEmail: String @public(reason: "the mailbox of the platform itself")\n`],
    ],
    audit: [
      [
        'type User @key(fields: "id", resolvable: false) { id: ID! }',
        'type User @key(fields: "id") { id: ID! supportEmail: String @external host: String @requires(fields: "supportEmail") }',
      ],
    ],
  } as const;
  expect(findingsWith(edits)).toEqual([]);
});

test("the demo graph says of everything what it is", () => {
  expect(demoSubgraphs.length).toBe(4);
  expect(findingsWith({})).toEqual([]);
});
