/** What one end of a line answers, by name; what is given and returned is what JSON can carry. */
export type Answers = Readonly<Record<string, (given: never) => unknown>>;

/** Questions and answers between two processes, over a channel that carries messages in order. */
export interface Line<Theirs extends Answers> {
  /** Asks the other end. Rejects where it fails there, where the other end has gone, and after `withinMs` of silence. */
  ask<Name extends keyof Theirs & string>(
    name: Name,
    given: Parameters<Theirs[Name]>[0],
    withinMs: number,
  ): Promise<Awaited<ReturnType<Theirs[Name]>>>;
  /** Takes a message that came over the channel. */
  take(message: unknown): void;
  /** The other end has gone: whoever waits is refused. */
  cut(): void;
}

type Message =
  | { readonly line: "ask"; readonly id: number; readonly name: string; readonly given: unknown }
  | { readonly line: "answer"; readonly id: number; readonly value?: unknown; readonly failed: boolean };

export function openLine<Theirs extends Answers>(send: (message: object) => void, mine: Answers): Line<Theirs> {
  const waiting = new Map<number, { resolve(value: never): void; reject(fault: Error): void }>();
  let asked = 0;
  let isCut = false;

  const answer = async ({ id, name, given }: Message & { readonly line: "ask" }): Promise<void> => {
    const told = await (async () => mine[name]?.(given as never))().then(
      (value) => ({ value, failed: false }),
      () => ({ failed: true }),
    );
    if (!isCut) send({ line: "answer", id, ...told } satisfies Message);
  };

  return {
    async ask(name, given, withinMs) {
      if (isCut) throw new Error("the other end has gone");
      asked += 1;
      const id = asked;
      const { promise, resolve, reject } = Promise.withResolvers<never>();
      waiting.set(id, { resolve, reject });
      const late = setTimeout(() => reject(new Error(`no answer to ${name} for ${withinMs} ms`)), withinMs).unref();
      send({ line: "ask", id, name, given } satisfies Message);
      return promise.finally(() => {
        clearTimeout(late);
        waiting.delete(id);
      });
    },
    take(given) {
      const message = given as Partial<Message> | null;
      if (message?.line === "ask") void answer(message as Message & { readonly line: "ask" });
      if (message?.line !== "answer") return;
      const { id, value, failed } = message as Message & { readonly line: "answer" };
      if (failed) waiting.get(id)?.reject(new Error("the other end failed"));
      else waiting.get(id)?.resolve(value as never);
    },
    cut() {
      isCut = true;
      for (const { reject } of waiting.values()) reject(new Error("the other end has gone"));
    },
  };
}
