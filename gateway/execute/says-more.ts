import type { GraphQLAnswer } from "../door/types.js";

/** What an error of a subgraph may carry beside its text: the kit's own words for why. */
const knownExtensions: ReadonlySet<string> = new Set(["code", "refusal", "problem"]);

/** Whether an identity half's answer carries anything beside data, and errors in the words that are known: `extensions` have room for values, and nobody asks for them. */
export function saysMore({ errors, extensions }: GraphQLAnswer): boolean {
  if (hasMembers(extensions)) return true;
  if (!Array.isArray(errors)) return false;
  return errors.some((error: unknown) => {
    const own = typeof error === "object" && error !== null ? (error as { extensions?: unknown }).extensions : null;
    return hasMembers(own) && Object.keys(own).some((name) => !knownExtensions.has(name));
  });
}

function hasMembers(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}
