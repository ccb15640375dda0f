import { setTimeout as pause } from "node:timers/promises";
import type { GraphQLError, GraphQLFormattedError } from "graphql";
import type { Data } from "../../execute/data.js";
import { formatError } from "../../respond/format-error.js";
import type { Serving, Succession } from "../open-succession.js";
import type { OperationContext } from "../operation-state.js";
import type { Subscription } from "./read-subscription.js";

/** Milliseconds between two questions whether something happened. */
const pauseMs = 500;

export interface Followed {
  readonly subscription: Subscription;
  /** The header by which every call and every event is authenticated anew. */
  readonly authorization: string | undefined;
  /** Where an earlier stream ended; null: from now on, or from where the arguments say. */
  readonly after: string | null;
  /** Ends the stream. */
  readonly signal: AbortSignal;
}

/** One event, answered: an operation of its own, decided and recorded as such. */
export interface Told {
  readonly answer: Answered;
  /** The cursor after it; null where others happened together with it and follow. */
  readonly cursor: string | null;
  /** Tells the log what became of the answer. */
  left(how: "ANSWERED" | "ABORTED"): void;
}

export interface Answered {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: unknown;
}

/**
 * What happens, as long as the signal lets it: asks the source again and again, on the graph that is served at that moment, and answers each event. Gives the cursor
 * alone when a call brought nothing. Throws when the token does not hold any longer, the source refuses or fails, or the graph has no such subscription any more.
 */
export async function* follow(
  succession: Succession,
  { subscription, authorization, after, signal }: Followed,
): AsyncGenerator<Told | { readonly cursor: string }> {
  const { document, operationName, variables } = subscription;
  const run = async <T>(work: (serving: Serving, context: OperationContext) => Promise<T>): Promise<Ran<T>> => {
    const { serving, release } = succession.use();
    const { promise: ended, resolve: end } = Promise.withResolvers<"ANSWERED" | "ABORTED">();
    try {
      const context = await serving.walk.begin(authorization, "POST", { gone: signal, ended });
      return { came: await work(serving, context), end };
    } catch (fault) {
      end("ABORTED");
      throw fault;
    } finally {
      release();
    }
  };
  for (let from = after; ; ) {
    const { came, end } = await run(({ walk }, context) =>
      walk.happened({ document, operationName, request: { variables }, context }, from),
    );
    end("ANSWERED");
    const { cursor, events } = came;
    for (const [index, event] of events.entries()) {
      const answered = await run((serving, context) => answerEvent(serving, subscription, context, event));
      yield { answer: answered.came, cursor: index === events.length - 1 ? cursor : null, left: answered.end };
    }
    if (events.length === 0) yield { cursor };
    from = cursor;
    await pause(pauseMs, undefined, { signal });
  }
}

/** What came of a call or an event, and the word that it is over: nothing more of it runs then. */
interface Ran<T> {
  readonly came: T;
  end(how: "ANSWERED" | "ABORTED"): void;
}

async function answerEvent(
  { walk }: Serving,
  { document, hash, operationName, variables }: Subscription,
  context: OperationContext,
  event: Data,
): Promise<Answered> {
  const request = { document, operationName, queryHash: hash, request: { variables }, context, event };
  const { data, errors, extensions } = await walk.execute(request);
  return {
    data,
    ...(errors && { errors: errors.map((error) => told(error, context.operation.id)) }),
    ...(extensions && { extensions }),
  };
}

/** An error as clients read it; what failed on our side is found in our log by the operation's id. */
function told(error: GraphQLError, operationId: string): GraphQLFormattedError {
  const formatted = formatError(error.toJSON());
  return formatted.extensions?.code === "INTERNAL"
    ? { ...formatted, extensions: { ...formatted.extensions, operationId } }
    : formatted;
}
