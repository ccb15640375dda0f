import type { Data } from "../execute/data.js";
import type { Executor, ExecutorAnswer } from "./executor-answer.js";
import type { OperationContext } from "./operation-state.js";

export type { ExecutorAnswer, GatewayInterface } from "./executor-answer.js";

/** What the walk is told of an operation: the part of what Apollo Server tells an executor that it needs. */
export interface ExecutorRequest extends Pick<Parameters<Executor>[0], "document" | "operationName" | "queryHash"> {
  readonly request: { readonly variables?: Readonly<Record<string, unknown>> | undefined };
  readonly context: OperationContext;
  /** Of a subscription: the event that it is asked about. */
  readonly event?: Data;
  /** Whether data alone may be given as its JSON. */
  readonly asText?: boolean;
}

/** GraphQL's answer; with `text` the JSON of its data, and there is nothing else. */
export type WalkedAnswer = ExecutorAnswer & { readonly text?: string };
