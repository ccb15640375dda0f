import type { SubgraphSource } from "../../../schema/identity/subgraph.js";

/**
 * Four subgraphs of the shape by which federation gateways are compared: users → reviews → products → reviews → authors …, so that one operation meets the same
 * few entities at many places, with a `@requires` and a `@provides` on the way.
 */

const federation = (words: readonly string[]): string =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${words.map((word) => `"${word}"`).join(", ")}])`;

const identitySpec = `
extend schema @link(url: "https://rogatory.example/identity/v1.0", import: ["@identity"]) @composeDirective(name: "@identity")
directive @identity(category: DataCategory!, subject: String, at: String, identifier: String) on FIELD_DEFINITION
enum DataCategory { SUBSCRIBER USER_IDENTIFICATION TRAFFIC CONTENT }
scalar CountryCode
type Jurisdiction @inaccessible @shareable { providerCountry: CountryCode! residence: CountryCode nationality: CountryCode locatedIn: CountryCode protectedRole: String }`;

const accounts = (guarded: boolean): string => `
${federation(["@key", "@shareable", ...(guarded ? ["@inaccessible", "@composeDirective"] : [])])}
${guarded ? identitySpec : ""}
type Query { me: User  users(first: Int = 6): [User] }
type User @key(fields: "id") {
  id: ID!
  name: String
  username: String @shareable
  legalName: String ${guarded ? "@identity(category: SUBSCRIBER)" : ""}
  ${guarded ? "jurisdiction: Jurisdiction! @inaccessible" : ""}
}`;

const inventory = `
${federation(["@key", "@requires", "@external"])}
type Product @key(fields: "upc") {
  upc: String!
  weight: Int @external
  price: Int @external
  inStock: Boolean
  shippingEstimate: Int @requires(fields: "price weight")
}`;

const products = `
${federation(["@key"])}
type Query { topProducts(first: Int = 5): [Product] }
type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`;

const reviews = `
${federation(["@key", "@provides", "@external"])}
type Review @key(fields: "id") { id: ID! body: String author: User @provides(fields: "username") product: Product }
type User @key(fields: "id") { id: ID! username: String @external reviews: [Review] }
type Product @key(fields: "upc") { upc: String! reviews: [Review] }`;

/** The subgraphs; `guarded`: with the mark on the identity field and the facts it is decided on, for the gateway that knows what they mean. */
export function shopSources({ guarded }: { readonly guarded: boolean }): readonly SubgraphSource[] {
  return [
    { name: "accounts", sdl: accounts(guarded) },
    { name: "inventory", sdl: inventory },
    { name: "products", sdl: products },
    { name: "reviews", sdl: reviews },
  ];
}

/** A subgraph of so many types that nobody asks for; none for 0. */
export function wideSources(types: number): readonly SubgraphSource[] {
  if (types === 0) return [];
  const wide = Array.from({ length: types }, (_, index) => {
    const next = `next: Wide${(index + 1) % types}`;
    return `type Wide${index} @key(fields: "id") { id: ID! title: String size: Int ${next} all(first: Int = 3): [Wide${index}!] }`;
  });
  return [{ name: "wide", sdl: `${federation(["@key"])} type Query { wide(id: ID!): Wide0 } ${wide.join(" ")}` }];
}
