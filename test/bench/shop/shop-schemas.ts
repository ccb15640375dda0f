import { buildSubgraphSchema } from "@apollo/subgraph";
import { type GraphQLObjectType, type GraphQLSchema, parse } from "graphql";
import { product, review, reviewsBy, reviewsOf, shipping, topProducts, user, users } from "./shop-data.js";
import { shopSources } from "./shop-sdl.js";

type Named = { readonly id: string; readonly upc: string };
type Resolve = (source: never, args: never) => unknown;

const fields: Readonly<Record<string, Resolve>> = {
  "accounts Query.me": () => user("1"),
  "accounts Query.users": (_: unknown, { first }: { first: number }) => users(first),
  "inventory Product.shippingEstimate": ({ price, weight }: { price: number; weight: number }) =>
    shipping(price, weight),
  "products Query.topProducts": (_: unknown, { first }: { first: number }) => topProducts(first),
  "reviews User.reviews": ({ id }: Named) => reviewsBy(id),
  "reviews Product.reviews": ({ upc }: Named) => reviewsOf(upc),
};
const references: Readonly<Record<string, (named: Named) => object>> = {
  User: ({ id }) => user(id),
  Product: ({ upc, ...given }) => ({ ...product(upc), ...given }),
  Review: ({ id }) => review(id),
};

/** Every subgraph of the shop, ready to be executed. */
export function shopSchemas(): ReadonlyMap<string, GraphQLSchema> {
  return new Map(shopSources({ guarded: true }).map(({ name, sdl }) => [name, schemaOf(name, sdl)]));
}

function schemaOf(name: string, sdl: string): GraphQLSchema {
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl) });
  for (const [coordinate, resolve] of Object.entries(fields)) {
    const [subgraph, path = ""] = coordinate.split(" ");
    const [type = "", field = ""] = path.split(".");
    const defined = (schema.getType(type) as GraphQLObjectType | undefined)?.getFields()[field];
    if (subgraph === name && defined !== undefined)
      defined.resolve = (source, args) => resolve(source as never, args as never);
  }
  for (const [type, resolveReference] of Object.entries(references)) {
    const definition = schema.getType(type);
    if (definition != null)
      definition.extensions = { ...definition.extensions, apollo: { subgraph: { resolveReference } } };
  }
  return schema;
}
