import type { ApolloServerOptionsWithGateway, BaseContext } from "@apollo/server";
import type { OperationContext } from "./operation-state.js";

/** Apollo Server's seam for a gateway of one's own: it loads a schema and hands every picked operation to an executor. */
export type GatewayInterface = ApolloServerOptionsWithGateway<BaseContext>["gateway"];
type Executor = NonNullable<Awaited<ReturnType<GatewayInterface["load"]>>["executor"]>;
export type ExecutorAnswer = Awaited<ReturnType<Executor>>;
/** What the executor is told of an operation. */
export type ExecutorRequest = Parameters<Executor>[0] & { readonly context: OperationContext };
