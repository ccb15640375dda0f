import { refuses } from "./fixtures/refusals.js";

const removedBody = 'removedBody: String @identity(category: CONTENT, subject: "author")';
const subjectOf = (subject: string, more = ""): string =>
  `removedBody: String @identity(category: CONTENT, subject: "${subject}") ${more}`;
const userHead = "type User implements Node @key";
const identityLinkSdl = 'extend schema @link(url: "https://rogatory.example/identity/v1.0", import: ["@identity"])';
const directiveSdl = "directive @identity(category: DataCategory!, subject: String, at: String) on FIELD_DEFINITION";

const pathSays = (path: string, fault: string): string =>
  `Post.removedBody names its subject by "${path}", ${fault}. Write one field of Post that leads to the person: a single entity with jurisdiction, answered by "platform" alone`;
const inPost = { subgraph: "platform", at: "Post.removedBody" };
refuses("subject-path", [
  {
    what: "a path of two fields",
    edits: { platform: [[removedBody, subjectOf("author.friend")]] },
    ...inPost,
    says: pathSays("author.friend", "a path of more than one field"),
  },
  {
    what: "a field that does not exist",
    edits: { platform: [[removedBody, subjectOf("writer")]] },
    ...inPost,
    says: pathSays("writer", "which is no field of Post"),
  },
  {
    what: "an empty path",
    edits: { platform: [[removedBody, subjectOf("")]] },
    ...inPost,
    says: pathSays("", "which is no field of Post"),
  },
  {
    what: "a list of persons",
    edits: { platform: [[removedBody, subjectOf("authors", "authors: [User!]")]] },
    ...inPost,
    says: pathSays("authors", "a list, which names more than one person"),
  },
  {
    what: "a field with arguments",
    edits: { platform: [[removedBody, subjectOf("nth", "nth(n: Int): User")]] },
    ...inPost,
    says: pathSays("nth", "a field with arguments, whose answer depends on who asks"),
  },
  {
    what: "a subject that is identity data",
    edits: {
      platform: [[removedBody, subjectOf("ghost", 'ghost: User @identity(category: CONTENT, subject: "author")')]],
    },
    ...inPost,
    says: pathSays("ghost", "which is identity data itself"),
  },
  {
    what: "a shareable subject",
    edits: { platform: [["author: User!\n", "author: User! @shareable\n"]] },
    ...inPost,
    says: pathSays("author", "which is @shareable"),
  },
  {
    what: "a subject that is computed from what another subgraph says",
    edits: {
      platform: [["author: User!\n", 'author: User @requires(fields: "hint")\n  hint: String @external\n']],
      justice: [
        [
          'type Post @key(fields: "id", resolvable: false) { id: ID! }',
          'type Post @key(fields: "id") { id: ID! hint: String }',
        ],
      ],
    },
    ...inPost,
    says: pathSays("author", "which is computed from what other subgraphs say"),
  },
  {
    what: "a subject that another subgraph overrides",
    edits: {
      justice: [
        [
          'type Post @key(fields: "id", resolvable: false) { id: ID! }',
          'type Post @key(fields: "id") { id: ID! author: User @override(from: "platform") } type User @key(fields: "id", resolvable: false) { id: ID! }',
        ],
      ],
    },
    ...inPost,
    says: pathSays("author", 'which is overridden in "justice"'),
  },
  {
    what: "a subject that another subgraph provides",
    edits: {
      justice: [
        [
          'type Post @key(fields: "id", resolvable: false) { id: ID! }',
          'type Post @key(fields: "id", resolvable: false) { id: ID! author: User! @external } type User @key(fields: "id", resolvable: false) { id: ID! }',
        ],
        ["  posts: [Post]\n", '  posts: [Post] @provides(fields: "author { id }")\n'],
      ],
    },
    ...inPost,
    says: pathSays("author", "which another place @provides"),
  },
  {
    what: "a subject that another subgraph answers",
    edits: {
      justice: [
        [
          'type Post @key(fields: "id", resolvable: false) { id: ID! }',
          `${identityLinkSdl} ${directiveSdl} type User @key(fields: "id", resolvable: false) { id: ID! } type Post @key(fields: "id") { id: ID! author: User! @external remark: String @identity(category: CONTENT, subject: "author") }`,
        ],
      ],
    },
    subgraph: "justice",
    at: "Post.remark",
    says: 'Post.remark names its subject by "author", which is answered by another subgraph. Write one field of Post that leads to the person: a single entity with jurisdiction, answered by "justice" alone',
  },
]);

refuses("subject-facts", [
  {
    what: "a subject without jurisdiction",
    edits: { platform: [[removedBody, "removedBody: String @identity(category: CONTENT)"]] },
    ...inPost,
    says: 'Post.removedBody is identity data about Post, which has no jurisdiction. Write @identity(…, subject: "…") with the field that leads to the person, or give Post the field jurisdiction: Jurisdiction! @inaccessible',
  },
  {
    what: "persons whose jurisdiction was forgotten",
    edits: { platform: [["  jurisdiction: Jurisdiction! @inaccessible\n", ""]] },
    subgraph: "platform",
    at: "Post.authorIp",
    says: 'Post.authorIp is identity data about User, which has no jurisdiction. Write @identity(…, subject: "…") with the field that leads to the person, or give User the field jurisdiction: Jurisdiction! @inaccessible',
  },
  {
    what: "a subject of which one possible type has no jurisdiction",
    edits: {
      platform: [
        [
          userHead,
          `union Publisher = User | Paper type Paper @key(fields: "id") { id: ID! name: String }\n${userHead}`,
        ],
        [removedBody, subjectOf("publisher", "publisher: Publisher")],
      ],
    },
    ...inPost,
    says: 'Post.removedBody is identity data about Paper, which has no jurisdiction. Write @identity(…, subject: "…") with the field that leads to the person, or give Paper the field jurisdiction: Jurisdiction! @inaccessible',
  },
  {
    what: "a subject that is no entity",
    edits: { platform: [[removedBody, subjectOf("body")]] },
    ...inPost,
    says: 'Post.removedBody is identity data about "body", which is no entity. Write a subject that leads to the person',
  },
  {
    what: "a subject without the key id",
    edits: {
      platform: [
        [removedBody, subjectOf("owner", "owner: Owner")],
        [userHead, `type Owner { name: String }\n${userHead}`],
      ],
    },
    ...inPost,
    says: 'Post.removedBody is identity data about Owner, which has no @key(fields: "id"). Write type Owner @key(fields: "id"), or name the person with @identity(…, subject: …)',
  },
]);
