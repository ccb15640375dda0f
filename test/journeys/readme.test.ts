import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { type Answer, type Claims, type Rogatory, startRogatory, storyMoment } from "../kit/start-rogatory.js";

/**
 * The README is run: each query in it, under the token of its first line, must give the answer printed below it. With UPDATE_README=1 the answers are
 * written anew, as they really came back.
 */
const file = path.resolve(import.meta.dirname, "../../../README.md");
const update = process.env.UPDATE_README === "1";
const block = /```graphql\n([\s\S]*?)```\n(?:\n```json\n([\s\S]*?)```\n)?/g;

interface Story {
  readonly text: string;
  readonly claims: Claims;
  readonly now: string;
  readonly printed: unknown;
}

const stories: readonly Story[] = [...readFileSync(file, "utf8").matchAll(block)].map(
  ([, text = "", printed = ""]) => ({
    text,
    claims: claimsIn(text),
    now: /^# now (\S+)$/m.exec(text)?.[1] ?? storyMoment,
    printed: printed === "" ? null : JSON.parse(printed),
  }),
);

function claimsIn(text: string): Claims {
  const line = /^# token (.*)$/m.exec(text)?.[1] ?? "";
  const options = Object.fromEntries([...line.matchAll(/--(\w+) (\S+)/g)].map(([, name, value]) => [name, value]));
  return { role: "", ...options };
}

/** Data, messages and decisions: what the README shows of an answer. */
function shortened({ body: { data, errors } }: Answer): unknown {
  const told = errors?.map(({ message, path: at, extensions: { decision } }) => ({
    message,
    path: at,
    decision: { code: decision?.code, category: decision?.category, rule: decision?.rule },
  }));
  return { data, ...(told === undefined ? {} : { errors: told }) };
}

const running = new Map<string, Promise<Rogatory>>();
const answers: unknown[] = [];

afterAll(async () => {
  for (const rogatory of running.values()) await (await rogatory).stop();
  if (!update) return;
  let place = 0;
  const text = readFileSync(file, "utf8").replace(
    block,
    (_, query: string) => `\`\`\`graphql\n${query}\`\`\`\n\n\`\`\`json\n${printed(answers[place++])}\n\`\`\`\n`,
  );
  writeFileSync(file, text);
});

describe("the README's queries", () => {
  test("there are some", () => {
    expect(stories.length).toBeGreaterThan(10);
    for (const { claims } of stories) expect(claims.role).toMatch(/^[A-Z_]+$/);
  });

  test.each(stories.map((story, index) => [`${index + 1}: ${story.text.split("\n").at(1)}`, story] as const))(
    "%s",
    async (_, story) => {
      const rogatory = running.get(story.now) ?? startRogatory({ now: story.now });
      running.set(story.now, rogatory);
      const token = await (await rogatory).token(story.claims);
      const answer = shortened(await settled(await rogatory, token, story.text));
      answers.push(answer);
      if (!update) expect(answer).toEqual(story.printed);
    },
  );
});

/** JSON as one reads it: what fits on a line stands on one. */
function printed(value: unknown, indent = ""): string {
  const line = JSON.stringify(value, null, 1)?.replace(/\n\s*/g, " ") ?? "null";
  if (line.length + indent.length <= 118 || typeof value !== "object" || value === null) return line;
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const members = Array.isArray(value)
    ? value.map((one) => `${inner}${printed(one, inner)}`)
    : Object.entries(value).map(([key, one]) => `${inner}${JSON.stringify(key)}: ${printed(one, inner)}`);
  return `${open}\n${members.join(",\n")}\n${indent}${close}`;
}

async function settled(rogatory: Rogatory, token: string, query: string): Promise<Answer> {
  for (let attempt = 0; ; attempt += 1) {
    const answer = await rogatory.ask(token, query);
    const nodes = answer.body.data?.accessLog?.nodes as { outcome: string }[] | undefined;
    if (nodes === undefined || (nodes.length > 0 && nodes[0]?.outcome !== "UNKNOWN") || attempt > 20) return answer;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
