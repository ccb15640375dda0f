/**
 * Shapes of JSON values of which every key and every form is known beforehand. What fits one is written as canonical JSON (RFC 8785) without looking at it again: its keys are
 * sorted once, and its strings are ASCII.
 */
export interface Shape {
  /** Says what is wrong with a value, as the end of a sentence that begins with the value's path; null: nothing. */
  readonly fault: (value: unknown) => string | null;
  /** The canonical JSON of a value without a fault. */
  readonly write: (value: unknown) => string;
}

const quoted = (value: unknown): string => `"${value as string}"`;

/** A value that stands as ECMAScript writes it: RFC 8785, 3.2.2. */
export function scalar(expected: string, holds: (value: unknown) => boolean, write: Shape["write"] = String): Shape {
  const fault = ` must be ${expected}`;
  return { fault: (value) => (holds(value) ? null : fault), write };
}

/** A string of a form that leaves nothing to escape. */
export const matching = (expected: string, pattern: RegExp): Shape =>
  scalar(expected, (value) => typeof value === "string" && pattern.test(value), quoted);

/** A string of printable ASCII, of which two characters are escaped. */
export const printable = (expected: string, pattern: RegExp): Shape => ({
  ...matching(expected, pattern),
  write: (value) => JSON.stringify(value),
});

export function oneOf(words: readonly string[]): Shape {
  const known: ReadonlySet<unknown> = new Set(words);
  return scalar(`one of ${words.join(", ")}`, (value) => known.has(value), quoted);
}

export const nullable = ({ fault, write }: Shape): Shape => ({
  fault: (value) => (value === null ? null : fault(value)),
  write: (value) => (value === null ? "null" : write(value)),
});

/** An object with exactly these keys. */
export function closed(shapes: Readonly<Record<string, Shape>>): Shape {
  const members = Object.entries(shapes);
  const written = Object.keys(shapes)
    .sort()
    .map((key, place) => ({ key, name: `${place === 0 ? "" : ","}"${key}":`, shape: shapes[key] as Shape }));
  return {
    fault(value) {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return " must be an object";
      const given = value as Record<string, unknown>;
      let known = 0;
      for (const key of Object.keys(given)) {
        if (!Object.hasOwn(shapes, key)) return `.${key} is not a key of this leaf`;
        known += 1;
      }
      if (known < members.length) return `.${members.find(([key]) => !Object.hasOwn(given, key))?.[0]} is missing`;
      for (const [key, shape] of members) {
        const fault = shape.fault(given[key]);
        if (fault !== null) return `.${key}${fault}`;
      }
      return null;
    },
    write(value) {
      let text = "{";
      for (const { key, name, shape } of written) text += name + shape.write((value as Record<string, unknown>)[key]);
      return `${text}}`;
    },
  };
}

export function listOf(item: Shape, least: number, most: number): Shape {
  return {
    fault(value) {
      if (!Array.isArray(value) || value.length < least || value.length > most)
        return ` must be a list of ${least} to ${most}`;
      for (let index = 0; index < value.length; index += 1) {
        const fault = item.fault(value[index]);
        if (fault !== null) return `[${index}]${fault}`;
      }
      return null;
    },
    write: (value) => `[${(value as readonly unknown[]).map(item.write).join(",")}]`,
  };
}
