import { countAnswer } from "../leaks/captures.js";
import { scanAnswer } from "../leaks/scan-answer.js";
import type { Answer } from "./start-rogatory.js";

/** A stream of server-sent events, as a client reads it. */
export interface EventStream {
  /** The answer of the next event. Rejects when the stream ends, or nothing comes for ten seconds. */
  next(): Promise<Answer["body"]>;
  /** What is still to be read when the stream has ended by itself. */
  rest(): Promise<readonly { readonly name: string; readonly body: unknown }[]>;
  /** The cursor that came last. */
  lastId(): string | null;
  /** Goes away. */
  leave(): void;
}

export interface Listening {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly lastEventId?: string;
}

interface Event {
  readonly name: string;
  readonly id: string | null;
  readonly data: string;
}

/** Asks for a subscription and listens from its first byte on. Throws where it is refused. */
export async function listen(url: string, token: string, { lastEventId, ...request }: Listening): Promise<EventStream> {
  const leaving = new AbortController();
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "text/event-stream",
      authorization: `Bearer ${token}`,
      ...(lastEventId === undefined ? {} : { "last-event-id": lastEventId }),
    },
    body: JSON.stringify(request),
    signal: leaving.signal,
  });
  if (response.status !== 200 || response.body === null) throw new Error(`${response.status} ${await response.text()}`);
  const events = readEvents(response.body.pipeThrough(new TextDecoderStream()));
  let lastId: string | null = null;
  const take = async (): Promise<Event | null> => {
    const { value, done } = await events.next();
    if (done) return null;
    lastId = value.id ?? lastId;
    if (value.data === "") return value;
    countAnswer(scanAnswer({ request, headers: response.headers, text: value.data }).length);
    return value;
  };
  return {
    async next() {
      for (;;) {
        const event = await inTime(take());
        if (event === null || event.name === "complete") throw new Error("the stream has ended");
        if (event.name === "next") return JSON.parse(event.data) as Answer["body"];
      }
    },
    async rest() {
      const all: { name: string; body: unknown }[] = [];
      for (let event = await inTime(take()); event !== null; event = await inTime(take()))
        if (event.name !== "") all.push({ name: event.name, body: event.data === "" ? null : JSON.parse(event.data) });
      return all;
    },
    lastId: () => lastId,
    leave: () => leaving.abort(),
  };
}

/** WHATWG HTML, 9.2.6, as far as this server writes it. */
async function* readEvents(chunks: ReadableStream<string>): AsyncGenerator<Event> {
  let text = "";
  for await (const chunk of chunks) {
    text += chunk;
    for (let end = text.indexOf("\n\n"); end !== -1; end = text.indexOf("\n\n")) {
      const lines = text.slice(0, end).split("\n");
      text = text.slice(end + 2);
      const field = (name: string): string | undefined =>
        lines
          .find((line) => line.startsWith(`${name}:`))
          ?.slice(name.length + 1)
          .trimStart();
      yield { name: field("event") ?? "", id: field("id") ?? null, data: field("data") ?? "" };
    }
  }
}

async function inTime<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("nothing came for ten seconds")), 10_000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
