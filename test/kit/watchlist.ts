import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { graphql, parse } from "graphql";
import type { GrantedScope } from "../../schema/calls.js";
import { dataCategorySdl, federationHeader, identityHeader } from "../../schema/identity/identity-spec.js";
import type { Beside } from "./start-beside.js";

/** A subgraph that computes from other people's identity data: whether an e-mail address is on a list, how many addresses are known. */
const sdl = `
${federationHeader}
${identityHeader}
${dataCategorySdl}
scalar EmailAddress
scalar IP
scalar DateTime
type User @key(fields: "id") {
  id: ID!
  email: EmailAddress @external
  ipAddresses(first: Int = 20, after: String, from: DateTime, to: DateTime): IpAddressConnection @external
  watchlisted: Boolean @requires(fields: "email") @identity(category: SUBSCRIBER)
  remark: String @identity(category: SUBSCRIBER)
  knownAddresses: Int @requires(fields: "ipAddresses(first: 100) { nodes { address } }") @identity(category: USER_IDENTIFICATION)
}
type IpAddressConnection { nodes: [IpAddress!]! @external }
type IpAddress { address: IP! @external }
`;

/** One request as the watchlist got it. */
export interface Received {
  readonly representations: readonly Record<string, unknown>[];
  readonly scope: GrantedScope | undefined;
  readonly hasGrant: boolean;
}

interface Watched {
  readonly email?: string | null;
  readonly ipAddresses?: { readonly nodes: readonly unknown[] } | null;
}

/** The watchlist over HTTP, and everything it was ever sent. */
export async function serveWatchlist(): Promise<Beside & { readonly received: Received[]; close(): Promise<void> }> {
  const schema = buildSubgraphSchema({
    typeDefs: parse(sdl),
    resolvers: {
      User: {
        watchlisted: ({ email }: Watched) => (typeof email === "string" ? email.startsWith("specimen-01") : null),
        remark: () => "known since 2026",
        knownAddresses: ({ ipAddresses }: Watched) => ipAddresses?.nodes.length ?? null,
      },
    } as never,
  });
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { query, variables, extensions } = JSON.parse(Buffer.concat(chunks).toString("utf8")) as {
      query: string;
      variables: Record<string, unknown>;
      extensions?: { rogatory?: GrantedScope };
    };
    received.push({
      representations: Object.values(variables).flat() as Record<string, unknown>[],
      scope: extensions?.rogatory,
      hasGrant: request.headers["rogatory-grant"] !== undefined,
    });
    const answer = await graphql({ schema, source: query, variableValues: variables });
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    name: "watchlist",
    sdl,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    received,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
