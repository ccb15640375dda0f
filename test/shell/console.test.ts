import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { getVariableValues, Kind, parse, validate } from "graphql";
import { readApiSchema } from "../../schema/identity/read-api-schema.js";
import { root } from "../kit/root.js";

interface Example {
  readonly name: string;
  readonly query: string;
  readonly variables: Record<string, unknown>;
}
interface StreamEvent {
  readonly name: string;
  readonly id: string | null;
  readonly data: string;
}

const scriptOf = (name: string): string => pathToFileURL(path.join(root, "gateway", "console", name)).href;
const { examples } = (await import(scriptOf("examples.js"))) as { examples: readonly Example[] };
const { readEvents } = (await import(scriptOf("events.js"))) as {
  readEvents(body: ReadableStream<Uint8Array>): AsyncIterable<StreamEvent>;
};

describe("an example of the console", () => {
  const schema = readApiSchema(readFileSync(path.join(root, "schema", "sdl", "api.graphql"), "utf8"));

  test.each([...examples])("is an operation of the API, with variables that fit it: $name", ({ query, variables }) => {
    const document = parse(query);
    expect(validate(schema, document)).toEqual([]);
    const [operation] = document.definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error("expected an operation");
    const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
    expect(errors).toBeUndefined();
  });
});

describe("the console reads a stream", () => {
  const read = async (chunks: readonly Uint8Array[]): Promise<readonly StreamEvent[]> => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(chunk);
        controller.close();
      },
    });
    const events: StreamEvent[] = [];
    for await (const event of readEvents(body)) events.push(event);
    return events;
  };
  const text = 'id: 7\n\nevent: next\nid: 8\ndata: {"data":{"é":1}}\n\nevent: complete\ndata:\n\n';
  const events = [
    { name: "message", id: "7", data: "" },
    { name: "next", id: "8", data: '{"data":{"é":1}}' },
    { name: "complete", id: null, data: "" },
  ];

  test("whole, or byte by byte", async () => {
    const bytes = new TextEncoder().encode(text);
    expect(await read([bytes])).toEqual(events);
    expect(await read([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(events);
  });

  test("and leaves out an event that broke off", async () => {
    const bytes = new TextEncoder().encode(`${text}event: next\ndata: {"da`);
    expect(await read([bytes])).toEqual(events);
  });
});
