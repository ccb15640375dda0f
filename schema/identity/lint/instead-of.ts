import { knownImports, specifiedDirectives } from "../identity-spec.js";

const known = [...knownImports.map((name) => name.slice(1)), ...specifiedDirectives.map(({ name }) => name)];
const remove = "Remove it; mark identity data with @identity, and check any other right in the resolver";
const others: Readonly<Record<string, string>> = {
  context: "Remove it; what a field needs of other fields it says with @requires, which the lint follows",
  fromContext: "Remove it; what a field needs of other fields it says with @requires, which the lint follows",
};

/** What to write in place of a directive that the gateway does not know; `name` as written, without the at sign: `federation__key`, `tag`. */
export function insteadOf(name: string): string {
  const [, bare = name] = /^(?:federation|identity)__(\w+)$/.exec(name) ?? [];
  if (bare !== name && known.includes(bare)) return `Import it, and write @${bare}`;
  return others[bare] ?? remove;
}
