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
  const ended = Promise.resolve("ANSWERED" as const);
  for (let from = after; ; ) {
    const { cursor, events } = await onServing(succession, async ({ walk }) => {
      const context = await walk.begin(authorization, "POST", { gone: signal, ended });
      return walk.happened({ document, operationName, request: { variables }, context }, from);
    });
    for (const [index, event] of events.entries()) {
      const leaving = Promise.withResolvers<"ANSWERED" | "ABORTED">();
      const answer = await onServing(succession, async (serving) => {
        const context = await serving.walk.begin(authorization, "POST", { gone: signal, ended: leaving.promise });
        return answerEvent(serving, subscription, context, event);
      });
      yield { answer, cursor: index === events.length - 1 ? cursor : null, left: leaving.resolve };
    }
    if (events.length === 0) yield { cursor };
    from = cursor;
    await pause(pauseMs, undefined, { signal });
  }
}

async function onServing<T>(succession: Succession, run: (serving: Serving) => Promise<T>): Promise<T> {
  const { serving, release } = succession.use();
  try {
    return await run(serving);
  } finally {
    release();
  }
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
export function told(error: GraphQLError, operationId: string): GraphQLFormattedError {
  const formatted = formatError(error.toJSON());
  return formatted.extensions?.code === "INTERNAL"
    ? { ...formatted, extensions: { ...formatted.extensions, operationId } }
    : formatted;
}
