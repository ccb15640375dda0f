import { refuses } from "./fixtures/refusals.js";

const auditUser = 'type User @key(fields: "id", resolvable: false) { id: ID! }';
const facts = `scalar CountryCode type Jurisdiction @inaccessible @shareable {
  providerCountry: CountryCode! residence: CountryCode nationality: CountryCode locatedIn: CountryCode protectedRole: String
}`;

const inAudit = { subgraph: "audit", at: "User.jurisdiction" };
const ownerSays =
  'User.jurisdiction are the facts that the door decides on and belong to "platform": no other subgraph may define or require them. Remove the field from "audit"';
refuses("facts-once", [
  {
    what: "facts that another subgraph takes over",
    edits: {
      audit: [
        [
          auditUser,
          `${facts} type User @key(fields: "id") { id: ID! jurisdiction: Jurisdiction! @inaccessible @override(from: "platform") }`,
        ],
      ],
    },
    ...inAudit,
    says: ownerSays,
  },
  {
    what: "an override of facts, wherever they belong",
    edits: {
      audit: [
        [
          auditUser,
          `${facts} type User @key(fields: "id") { id: ID! jurisdiction: Jurisdiction! @inaccessible @override(from: "platform") }`,
        ],
      ],
    },
    ...inAudit,
    says: "User.jurisdiction are the facts that the door decides on and have @override. Remove @override: one subgraph answers them",
  },
  {
    what: "facts defined twice",
    edits: {
      audit: [
        [auditUser, `${facts} type User @key(fields: "id") { id: ID! jurisdiction: Jurisdiction! @inaccessible }`],
      ],
    },
    ...inAudit,
    says: ownerSays,
  },
  {
    what: "facts that another subgraph computes with",
    edits: {
      audit: [
        [
          auditUser,
          `${facts} type User @key(fields: "id") { id: ID! jurisdiction: Jurisdiction! @inaccessible @external near: Boolean @requires(fields: "jurisdiction { residence }") }`,
        ],
      ],
    },
    ...inAudit,
    says: ownerSays,
  },
  {
    what: "shareable facts",
    edits: {
      platform: [
        ["jurisdiction: Jurisdiction! @inaccessible\n", "jurisdiction: Jurisdiction! @inaccessible @shareable\n"],
      ],
    },
    subgraph: "platform",
    at: "User.jurisdiction",
    says: "User.jurisdiction are the facts that the door decides on and have @shareable. Remove @shareable: one subgraph answers them",
  },
  {
    what: "facts that are computed from what another subgraph says",
    edits: {
      platform: [
        [
          "jurisdiction: Jurisdiction! @inaccessible\n",
          'note: String @external\n  jurisdiction: Jurisdiction! @inaccessible @requires(fields: "note")\n',
        ],
      ],
      audit: [[auditUser, 'type User @key(fields: "id") { id: ID! note: String }']],
    },
    subgraph: "platform",
    at: "User.jurisdiction",
    says: "User.jurisdiction are the facts that the door decides on and have @requires. Remove @requires: one subgraph answers them",
  },
  {
    what: "one fact that another subgraph takes over",
    edits: { platform: [["  residence: CountryCode\n", '  residence: CountryCode @override(from: "audit")\n']] },
    subgraph: "platform",
    at: "Jurisdiction.residence",
    says: "Jurisdiction.residence are the facts that the door decides on and have @override. Remove @override: one subgraph answers them",
  },
  {
    what: "facts that another place provides",
    edits: { platform: [["  author: User!\n", '  author: User! @provides(fields: "jurisdiction { residence }")\n']] },
    subgraph: "platform",
    at: "Post.author",
    says: 'Post.author has @provides(fields: "jurisdiction { residence }"), which would answer User.jurisdiction in place of its owner. Remove it from @provides',
  },
]);

refuses("facts-shape", [
  {
    what: "facts that clients could see",
    edits: { platform: [["jurisdiction: Jurisdiction! @inaccessible\n", "jurisdiction: Jurisdiction!\n"]] },
    subgraph: "platform",
    at: "User.jurisdiction",
    says: "User.jurisdiction carries the facts that the door decides on, hidden from clients. Write jurisdiction: Jurisdiction! @inaccessible",
  },
  {
    what: "facts under another name",
    edits: {
      platform: [
        [
          "  jurisdiction: Jurisdiction! @inaccessible\n",
          "  jurisdiction: Jurisdiction! @inaccessible\n  law: Jurisdiction! @inaccessible\n",
        ],
      ],
    },
    subgraph: "platform",
    at: "User.law",
    says: "User.law carries the facts that the door decides on, hidden from clients. Write jurisdiction: Jurisdiction! @inaccessible",
  },
  {
    what: "facts with one missing",
    edits: { platform: [["  protectedRole: String\n", ""]] },
    subgraph: "platform",
    at: "Jurisdiction",
    says: "Jurisdiction is not as the door reads it. Write: type Jurisdiction @inaccessible @shareable {\n  providerCountry: CountryCode!\n  residence: CountryCode\n  nationality: CountryCode\n  locatedIn: CountryCode\n  protectedRole: String\n}",
  },
]);
