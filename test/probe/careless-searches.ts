import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { execute, parse } from "graphql";
import { federationHeader, identityHeader } from "../../schema/identity/identity-spec.js";

/** What a subgraph with a search may forget to check. */
export type SearchOmission =
  | "grant"
  | "search"
  | "identifier"
  | "field"
  | "category"
  | "unknown"
  | "platform"
  | "finds-nobody";

const sdl = `${federationHeader}
${identityHeader}
enum DataCategory { SUBSCRIBER USER_IDENTIFICATION TRAFFIC CONTENT }
scalar EmailAddress
type Jurisdiction @inaccessible @shareable { providerCountry: String! residence: String nationality: String locatedIn: String protectedRole: String }
type User @key(fields: "id") { id: ID! jurisdiction: Jurisdiction! @inaccessible email: EmailAddress @identity(category: SUBSCRIBER) }
type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
type UserConnection { edges: [UserEdge!]! nodes: [User!]! pageInfo: PageInfo! }
type UserEdge { cursor: String! node: User! }
type Query {
  users: [User!]
  accountsByEmail(email: EmailAddress!, first: Int, after: String): UserConnection
    @identity(category: SUBSCRIBER, identifier: "EMAIL")
}`;

const facts = { providerCountry: "IE", residence: "FR", nationality: null, locatedIn: null, protectedRole: null };
const person = { id: "user-1", platform: "FACEBOOK", jurisdiction: facts, email: "specimen-77@mail.example" };

// biome-ignore lint/suspicious/noExplicitAny: whatever came is held against what is expected
type Came = any;

function claimsOf(token: string): Came {
  const disclosure = Buffer.from(token.split("~")[1] ?? "", "base64url").toString();
  return JSON.parse(disclosure || "[]")[2];
}

/** A subgraph that believes every token and searches by e-mail address, but for what it forgets. */
export async function serveSearches(
  omissions: ReadonlySet<SearchOmission>,
): Promise<{ url: string; close(): Promise<unknown> }> {
  const keeps = (check: SearchOmission): boolean => !omissions.has(check);

  function mayFind(email: string, { categories, search }: Came): boolean {
    if (categories === undefined) return !keeps("grant");
    if (search === undefined) return !keeps("search");
    const { field, identifier, platform, ...unknown } = search;
    return (
      (!keeps("identifier") || identifier.email === email) &&
      (!keeps("field") || field === "accountsByEmail") &&
      (!keeps("category") || categories.includes("SUBSCRIBER")) &&
      (!keeps("unknown") || Object.keys(unknown).length === 0) &&
      (!keeps("platform") || platform === person.platform) &&
      keeps("finds-nobody")
    );
  }

  const schema = buildSubgraphSchema([
    {
      typeDefs: parse(sdl),
      resolvers: {
        Query: {
          users: () => [person],
          accountsByEmail: (_: unknown, { email }: { email: string }, granted: Came) => {
            if (!mayFind(email, granted)) return null;
            const edges = email === person.email ? [{ cursor: "1", node: person }] : [];
            return { edges, pageInfo: { hasNextPage: false, hasPreviousPage: false } };
          },
        },
        User: {
          __resolveReference: ({ id }: { id: string }) => (id === person.id ? person : null),
          email: (_: unknown, __: unknown, { categories }: Came) => (categories ? person.email : null),
        },
      } as never,
    },
  ]);
  const server = createServer(async (request, response) => {
    const { query, variables, extensions } = JSON.parse((await buffer(request)).toString());
    const grant = request.headers["rogatory-grant"];
    const categories = grant === undefined ? undefined : claimsOf(String(grant))?.categories;
    const contextValue = { categories, search: extensions?.rogatory?.search };
    response.end(
      JSON.stringify(await execute({ schema, document: parse(query), variableValues: variables, contextValue })),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
