import { RuleBookError } from "./rule-book-error.js";

/** Reads a JSON value at a path as a T, or throws RuleBookError. Nothing is converted and nothing is ignored. */
export interface Read<T> {
  (value: unknown, path: string): T;
  /** The member may be absent. */
  readonly optional?: true;
}

/** The members of an object, every one of them, each with its reader. */
export type Fields<T> = { readonly [K in keyof T]-?: Read<Exclude<T[K], undefined>> };

/** An object with exactly these members: a missing one and an unknown one are faults. */
export function object<T extends object>(fields: Fields<T>): Read<T> {
  const names = Object.keys(fields) as (keyof T & string)[];
  return (value, path) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw fault(path, value, "an object");
    const given = value as Readonly<Record<string, unknown>>;
    for (const name of Object.keys(given)) {
      if (!Object.hasOwn(fields, name))
        throw fault(`${path}.${name}`, given[name], `no such member (known are ${names.join(", ")})`);
    }
    const result: Partial<Record<keyof T, unknown>> = {};
    for (const name of names) {
      if (Object.hasOwn(given, name)) result[name] = fields[name](given[name], `${path}.${name}`);
      else if (!fields[name].optional) throw new RuleBookError(`${path}.${name}`, "nothing", "this member");
    }
    return result as T;
  };
}

/** The member may be absent; where it is present it is read as usual. */
export function optional<T>(read: Read<T>): Read<T> {
  return Object.assign((value: unknown, path: string) => read(value, path), { optional: true as const });
}

export function nullable<T>(read: Read<T>): Read<T | null> {
  return (value, path) => (value === null ? null : read(value, path));
}

export function list<T>(read: Read<T>): Read<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw fault(path, value, "a list");
    return value.map((item, index) => read(item, `${path}[${index}]`));
  };
}

/** A list with at least one item, none twice. */
export function set<T>(read: Read<T>): Read<readonly T[]> {
  const readList = list(read);
  return (value, path) => {
    const items = readList(value, path);
    if (items.length === 0) throw new RuleBookError(path, "an empty list", "at least one item");
    const twice = items.findIndex((item, index) => items.indexOf(item) !== index);
    if (twice !== -1) throw fault(`${path}[${twice}]`, items[twice], "every item once");
    return items;
  };
}

export function oneOf<const T extends string>(words: readonly T[]): Read<T> {
  return (value, path) => {
    if (!(words as readonly unknown[]).includes(value)) throw fault(path, value, `one of ${words.join(", ")}`);
    return value as T;
  };
}

/** Text that is not empty. */
export const text: Read<string> = (value, path) => {
  if (typeof value !== "string" || value.trim() === "") throw fault(path, value, "text");
  return value;
};

/** Text of one form, named in words. */
export function form(pattern: RegExp, expected: string): Read<string> {
  return (value, path) => {
    if (typeof value !== "string" || !pattern.test(value)) throw fault(path, value, expected);
    return value;
  };
}

export const flag: Read<boolean> = (value, path) => {
  if (typeof value !== "boolean") throw fault(path, value, "true or false");
  return value;
};

/** A number from `least` up to `most`, both included. */
export function number(least: number, most: number): Read<number> {
  return (value, path) => {
    if (typeof value !== "number" || !(value >= least && value <= most))
      throw fault(path, value, `a number from ${least} to ${most}`);
    return value;
  };
}

/** A whole number from `least` up to `most`, both included. */
export function whole(least: number, most: number): Read<number> {
  return (value, path) => {
    if (!Number.isInteger(value) || !((value as number) >= least && (value as number) <= most))
      throw fault(path, value, `a whole number from ${least} to ${most}`);
    return value as number;
  };
}

/** A day that exists in the calendar, YYYY-MM-DD. */
export const calendarDay: Read<string> = (value, path) => {
  if (typeof value !== "string" || !isCalendarDay(value))
    throw fault(path, value, "a calendar date such as 2026-08-18");
  return value;
};

/** True for YYYY-MM-DD where that day exists; a year of more than four digits begins with a sign, and is none. */
export function isCalendarDay(value: string): boolean {
  const day = new Date(`${value}T00:00:00Z`);
  return /^\d/.test(value) && !Number.isNaN(day.getTime()) && day.toISOString().split("T")[0] === value;
}

function fault(path: string, value: unknown, expected: string): RuleBookError {
  return new RuleBookError(path, shown(value), expected);
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  const written = JSON.stringify(value);
  return written.length > 80 ? `${written.slice(0, 80)}…` : written;
}
