import { federationHeader, identityHeader } from "../../../schema/identity/identity-spec.js";

/**
 * Three subgraphs with every construct that has ever misled a planner or a door: interfaces and unions over identity data, subjects by path, rows with a time,
 * persons below identity data, lists of lists, fields that fail, fields that require what may fail, non-null fields that turn out null.
 */
export const people = `
${federationHeader}
${identityHeader}
enum DataCategory { SUBSCRIBER USER_IDENTIFICATION TRAFFIC CONTENT }
scalar CountryCode
interface Node { id: ID! }
interface Account {
  id: ID!
  name: String
  label: String
  email: String @identity(category: SUBSCRIBER)
  friends(first: Int = 2): [Account!]!
}
union Item = User | Org | Post | Note
union Party = User | Org | Post
enum Status { ACTIVE CLOSED }
type User implements Node & Account @key(fields: "id") {
  id: ID!
  name: String!
  label: String
  status: Status!
  best: User
  friends(first: Int = 2): [Account!]!
  items: [Item]
  posts(first: Int = 2): [Post!]!
  flaky: String
  fragile: Int!
  jurisdiction: Jurisdiction! @inaccessible
  email: String @identity(category: SUBSCRIBER)
  place: Place @identity(category: SUBSCRIBER)
  ips(first: Int = 3): [Ip!] @identity(category: USER_IDENTIFICATION, at: "seenAt")
  sessions(first: Int = 3): SessionConnection @identity(category: TRAFFIC, at: "startedAt")
  messages(first: Int = 2): [Message!] @identity(category: CONTENT)
}
type Jurisdiction @inaccessible @shareable {
  providerCountry: CountryCode! residence: CountryCode nationality: CountryCode locatedIn: CountryCode protectedRole: String
}
type Org implements Node & Account @key(fields: "id") {
  id: ID!
  name: String
  label: String!
  owner: User
  friends(first: Int = 2): [Account!]!
  email: String @identity(category: SUBSCRIBER, subject: "owner")
  taxId: String @identity(category: SUBSCRIBER, subject: "owner")
}
type Post implements Node @key(fields: "id") {
  id: ID!
  title: String
  body(format: String): String
  author: User!
  secret: String @identity(category: CONTENT, subject: "author")
  authorIp: Ip @identity(category: USER_IDENTIFICATION, subject: "author", at: "seenAt")
}
type Ip { address: String! seenAt: String! hits: Int }
type Place { street: String town: String! }
type SessionConnection { edges: [SessionEdge!]! nodes: [Session!]! total: Int! }
type SessionEdge { cursor: String! node: Session! }
type Session { startedAt: String! host: Node }
type Message { body: String! counterpart: User! about: Post party: Party }
type Note { text: String! by: User }
type Query {
  me: User
  user(id: ID!): User
  account(id: ID!): Account
  users(ids: [ID!] = ["u1", "u2"]): [User!]
  post(id: ID!): Post
  items(first: Int = 4): [Item]
  grid: [[Account]]
  node(id: ID!): Node
}
type Mutation { touch(id: ID!): User }
`;

export const cases = `
${federationHeader}
interface Node { id: ID! }
union Evidence = User | Post | Case
type Case implements Node @key(fields: "id") {
  id: ID!
  title: String!
  open: Boolean!
  lead: User
  suspects: [User]
  evidence: [Evidence]
}
type User @key(fields: "id") {
  id: ID!
  name: String! @external
  flaky: String @external
  cases(first: Int = 2): [Case!]
  note: String
  risky: String
  greeting: String @requires(fields: "name")
  brief: String @requires(fields: "flaky")
}
type Post @key(fields: "id") {
  id: ID!
  title: String @external
  score: Int
  shout(times: Int = 1): String @requires(fields: "title")
}
type Query {
  case(id: ID!): Case
  cases: [Case!]
  evidence: [Evidence]
}
type Mutation { mark(id: ID!): Case }
`;

export const ratings = `
${federationHeader}
type Post @key(fields: "id") { id: ID! rating: Rating }
type Org @key(fields: "id") { id: ID! grade: String }
type Rating { stars: Int! strict: Int! by: User }
type User @key(fields: "id", resolvable: false) { id: ID! }
type Query { top: [Post] }
`;

const replaced = (sdl: string, find: string, replace: string): string => {
  if (sdl.split(find).length !== 2) throw new Error(`"${find}" does not stand once in the SDL`);
  return sdl.replace(find, () => replace);
};

const searching = `
scalar IP
scalar Port
scalar DateTime
type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
type UserConnection { edges: [UserEdge!]! nodes: [User!]! pageInfo: PageInfo! }
type UserEdge { cursor: String! node: User! }
type Query {
  found(address: IP!, port: Port, from: DateTime!, to: DateTime!, first: Int = 2, after: String): UserConnection
    @identity(category: USER_IDENTIFICATION, identifier: "IP_ADDRESS")
`;

const watching = `
${identityHeader}
enum DataCategory { SUBSCRIBER USER_IDENTIFICATION TRAFFIC CONTENT }
`;

export const sources: readonly { readonly name: string; readonly sdl: string }[] = [
  { name: "people", sdl: people },
  { name: "cases", sdl: cases },
  { name: "ratings", sdl: ratings },
];

/** The same three, with a search by identity data, and with a field that identity data is transferred for. */
export const searchedSources: typeof sources = [
  { name: "people", sdl: replaced(people, "type Query {\n", searching) },
  {
    name: "cases",
    sdl: replaced(
      replaced(cases, federationHeader, federationHeader + watching),
      "  flaky: String @external\n",
      '  flaky: String @external\n  email: String @external\n  watch: Int @requires(fields: "email") @identity(category: SUBSCRIBER)\n',
    ),
  },
  { name: "ratings", sdl: ratings },
];
