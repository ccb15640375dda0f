import { expect as jestExpect } from "expect";

/** As much of `@jest/globals` as the tests of the law use: a mutant costs the milliseconds of its tests, not the seconds of a test runner. */
type Body = (...args: never[]) => unknown;

const bodies: (() => unknown)[] = [];

export const expect = jestExpect;

export const test = Object.assign(
  (_name: string, body: () => unknown) => {
    bodies.push(body);
  },
  { each },
);

export const describe = Object.assign((_name: string, body: () => void) => body(), {
  each: (table: readonly unknown[]) => (_name: string, body: Body) => {
    for (const row of table) body(...(argumentsOf(row) as never[]));
  },
});

function each(table: readonly unknown[]): (name: string, body: Body) => void {
  return (_name, body) => {
    for (const row of table) bodies.push(() => body(...(argumentsOf(row) as never[])));
  };
}

function argumentsOf(row: unknown): readonly unknown[] {
  return Array.isArray(row) ? row : [row];
}

/** Drops what a file declared before it failed to load. */
export function forgetDeclared(): void {
  bodies.length = 0;
}

/** Runs the tests that were declared since the last call; throws with the first that fails. */
export async function runDeclared(): Promise<void> {
  for (const body of bodies.splice(0)) await body();
}
