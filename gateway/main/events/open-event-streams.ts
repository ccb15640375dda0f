import type { ServerResponse } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { GraphQLError } from "graphql";
import type { Logger } from "pino";
import type { Principal } from "../../../schema/principal.js";
import { refuse } from "../../respond/refuse.js";
import { requestError } from "../../respond/request-error.js";
import { apiHeaders } from "../../respond/security-headers.js";
import { limits } from "../limits.js";
import type { Succession } from "../open-succession.js";
import { follow } from "./follow.js";
import type { Subscription } from "./read-subscription.js";
import { type StreamPlaces, whoIs } from "./stream-places.js";

/**
 * Subscriptions as server-sent events (WHATWG HTML, 9.2), in the manner of GraphQL over SSE, "distinct connections": one stream a request, `event: next` with an answer,
 * `event: complete` at the end. The `id` of an event is a cursor: sent back as `last-event-id`, another stream goes on from there, and an event may come twice.
 */
export interface EventStreams {
  /** Serves one stream until it ends. Rejects before its first byte where the subscription is refused: then nothing was sent. */
  serve(subscription: Subscription, principal: Principal, request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** Ends all, with a word to each. */
  close(): void;
}

/** True where the client takes server-sent events. */
export function takesEvents({ method, headers }: FastifyRequest): boolean {
  return method === "POST" && /(^|[\s,])text\/event-stream\s*(;|,|$)/i.test(headers.accept ?? "");
}

export function openEventStreams(succession: Succession, places: StreamPlaces, log: Logger): EventStreams {
  const open = new Set<AbortController>();
  const stopped = new Error("the gateway stops");

  return {
    async serve(subscription, principal, request, reply) {
      if (open.size >= limits.streams) throw busy();
      const end = new AbortController();
      open.add(end);
      const raw = reply.raw;
      raw.once("close", () => end.abort());
      const who = whoIs(principal);
      const taken = await places.take(who).catch(() => null);
      if (taken !== true) {
        open.delete(end);
        if (taken === null) throw busy();
        throw refuse("OPERATION_TOO_COSTLY", `At most ${limits.streamsEach} subscriptions may be open at once.`);
      }
      const after = request.headers["last-event-id"];
      const told = follow(succession, {
        ...{ subscription, authorization: request.headers.authorization, signal: end.signal },
        after: typeof after === "string" && after !== "" ? after : null,
      });
      try {
        let next = await told.next();
        reply.hijack();
        raw.writeHead(200, streamHeaders);
        for (let quiet = 0; !next.done; next = await told.next()) {
          const happened = next.value;
          if ("answer" in happened) {
            await write(raw, event("next", happened.answer, happened.cursor)).then(
              () => happened.left("ANSWERED"),
              () => happened.left("ABORTED"),
            );
            quiet = 0;
          } else {
            // The first word, and one now and then, so that nobody on the way takes the connection for dead.
            if (quiet % quietCalls === 0) await write(raw, `id: ${happened.cursor}\n\n`);
            quiet += 1;
          }
        }
      } catch (fault) {
        if (!raw.headersSent) throw fault;
        if (end.signal.aborted && end.signal.reason !== stopped) return;
        if (end.signal.reason !== stopped) await write(raw, event("next", lastWords(fault, log), null));
        await write(raw, "event: complete\ndata:\n\n");
        raw.end();
      } finally {
        open.delete(end);
        places.leave(who);
        await told.return(undefined);
      }
    },
    close() {
      for (const end of open) end.abort(stopped);
    },
  };
}

const busy = (): GraphQLError => refuse("GATEWAY_BUSY", "Too many subscriptions are open here: ask again later.");

/** Calls that brought nothing after which a stream says that it lives: some ten seconds. */
const quietCalls = 20;

const streamHeaders = { ...apiHeaders, "content-type": "text/event-stream; charset=utf-8", "x-accel-buffering": "no" };

function event(name: string, data: unknown, id: string | null): string {
  return `event: ${name}\n${id === null ? "" : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
}

/** Why a stream ended that had begun. */
function lastWords(fault: unknown, log: Logger): unknown {
  const { body, ours } = requestError(fault);
  if (ours) log.error({ fault: (fault as Error).name }, "a subscription failed");
  return body;
}

/** Resolves when the bytes have left this process, so nobody is sent more than she takes. */
function write(raw: ServerResponse, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    raw.write(text, (fault) => (fault ? reject(fault) : resolve()));
  });
}
