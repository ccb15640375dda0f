import type { ApolloServerOptionsWithGateway, BaseContext } from "@apollo/server";

/** Apollo Server's seam for a gateway of one's own: it loads a schema and hands every picked operation to an executor. */
export type GatewayInterface = ApolloServerOptionsWithGateway<BaseContext>["gateway"];
export type Executor = NonNullable<Awaited<ReturnType<GatewayInterface["load"]>>["executor"]>;
/** What comes of an operation: GraphQL's `data`, `errors` and `extensions`. */
export type ExecutorAnswer = Awaited<ReturnType<Executor>>;
