import type { Graph } from "./definition.js";

export interface GraphQuestion {
  /** The call token with which the subgraph was called: it proves on whose behalf it asks. */
  readonly callToken: string;
  readonly subgraph: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface GraphAnswer {
  readonly data?: unknown;
  readonly errors?:
    | readonly { readonly extensions?: { readonly code?: unknown } & Record<string, unknown> }[]
    | undefined;
}

/** How a subgraph reaches the gateway: in process, or over HTTP. Throws when it cannot. */
export type AskGateway = (question: GraphQuestion) => Promise<GraphAnswer>;

/** The graph gave no whole answer. A mutation that needed it is refused and changes nothing. */
export class GraphUnavailable extends Error {
  override readonly name = "GraphUnavailable";
  /** `codes`: those of the errors in the answer; empty where there was no answer at all. */
  constructor(
    readonly codes: readonly string[],
    options?: ErrorOptions,
  ) {
    super(
      codes.length > 0 ? `the graph answered with errors: ${codes.join(", ")}` : "the graph cannot be reached",
      options,
    );
  }
}

/** Ours: somebody asked the graph with a transaction open. */
export class GraphInsideTransaction extends Error {
  override readonly name = "GraphInsideTransaction";
  constructor() {
    super("the graph must be asked before the transaction is opened: on the embedded database it would wait for ever");
  }
}

export interface Asking {
  readonly callToken: string;
  readonly subgraph: string;
  readonly askGateway: AskGateway;
  readonly inTransaction: () => boolean;
}

/** The `graph` of one request. */
export function askGraph({ callToken, subgraph, askGateway, inTransaction }: Asking): Graph {
  return async <T>(query: string, variables: Record<string, unknown> = {}): Promise<T> => {
    if (inTransaction()) throw new GraphInsideTransaction();
    const answer = await askGateway({ callToken, subgraph, query, variables }).catch((cause: unknown) => {
      throw new GraphUnavailable([], { cause });
    });
    if (answer.errors?.length)
      throw new GraphUnavailable(answer.errors.map((error) => String(error.extensions?.code ?? "INTERNAL")));
    if (answer.data === null || answer.data === undefined) throw new GraphUnavailable(["INTERNAL"]);
    return answer.data as T;
  };
}
