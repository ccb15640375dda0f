import { print } from "graphql";
import { identifierArguments, identifierKinds, pagingArguments } from "../identifier.js";
import { factsField } from "../identity-spec.js";
import { coordinateOf, foundType, hasFacts, type Mark, marksOf } from "../marks.js";
import { fieldNamed, hasFields, namedType, plainFieldSet, textArgument } from "../sdl-nodes.js";
import { isRootType, keysOf, type Subgraph } from "../subgraph.js";
import type { LintRule } from "./rule.js";

/**
 * A root has no subject to decide about. One kind of root may be marked all the same: a query that finds persons by an identifier, which the door can hold
 * against what a warrant names, and whose rows are persons that it can decide about one by one.
 */
export const identityOnRoot: LintRule = {
  name: "identity-on-root",
  check: (subgraphs) =>
    subgraphs.flatMap(marksOf).flatMap((mark) => {
      const coordinate = coordinateOf(mark);
      const fault = isRootType(mark.type) ? faultOfRoot(mark) : faultElsewhere(mark);
      return fault === null ? [] : [{ subgraph: mark.subgraph.name, coordinate, message: `${coordinate} is ${fault}` }];
    }),
};

function faultElsewhere({ identifier }: Mark): string | null {
  return identifier === null
    ? null
    : `no root field and has @identity(identifier: "${identifier}"). Remove identifier: what is searched by belongs on a root field that finds persons`;
}

function faultOfRoot(mark: Mark): string | null {
  const { identifier, type, subjectPath, at } = mark;
  if (type !== "Query" || identifier === null)
    return "a root field, and a root has no subject to decide about. Let it lead to an entity, and mark the fields of that entity; a query that finds persons by identity data says by what: @identity(category: …, identifier: …)";
  const kind = identifierKinds.find((known) => known === identifier);
  if (!kind)
    return `a search by "${identifier}", which the door cannot hold against a warrant. Write one of ${identifierKinds.join(", ")}: @identity(category: …, identifier: "…")`;
  if (subjectPath.length > 0 || at !== null)
    return "a search, whose subjects are the persons it finds and whose time is an argument. Remove subject and at";
  return faultOfArguments(mark, { ...identifierArguments[kind], ...pagingArguments }) ?? faultOfResult(mark);
}

/** Another argument would be another question, about which nobody decided. */
function faultOfArguments({ node, field }: Mark, expected: Readonly<Record<string, string>>): string | null {
  const given = new Map((node.arguments ?? []).map((argument) => [argument.name.value, print(argument.type)]));
  const right =
    given.size === Object.keys(expected).length &&
    Object.entries(expected).every(([name, type]) => given.get(name) === type);
  const written = Object.entries(expected).map(([name, type]) => `${name}: ${type}`);
  return right
    ? null
    : `a search, and its arguments are not those that the door reads. Write exactly ${field}(${written.join(", ")})`;
}

const connectionFields = ["edges", "nodes", "pageInfo"];
const edgeFields = ["cursor", "node"];
const pageFields = ["hasNextPage", "hasPreviousPage", "startCursor", "endCursor"];

/** Beside persons the result says nothing: a count, say, would tell of those whom the door withholds. */
function faultOfResult(mark: Mark): string | null {
  const { subgraph, node } = mark;
  const person = foundType(mark);
  const result = namedType(node.type);
  const write = `Write a connection of persons: type ${result} { edges: [… { cursor: String! node: … }] nodes pageInfo }, and nothing else in it`;
  if (person === null) return `a search, and ${result} is no connection. ${write}`;
  const edge = fieldNamed(subgraph.types.get(result), "edges");
  const page = fieldNamed(subgraph.types.get(result), "pageInfo");
  const whole =
    edge !== undefined &&
    page !== undefined &&
    hasOnly(subgraph, result, connectionFields) &&
    hasOnly(subgraph, namedType(edge.type), edgeFields) &&
    hasOnly(subgraph, namedType(page.type), pageFields);
  if (!whole) return `a search, and ${result} would tell more than the persons it may show. ${write}`;
  const keys = keysOf(subgraph.types.get(person)).map((key) =>
    plainFieldSet(textArgument(key, "fields") ?? "")?.join(),
  );
  return keys.join() === "id" && hasFacts(subgraph, person)
    ? null
    : `a search for ${person}, about whom the door cannot decide. Let it find an entity with @key(fields: "id") and the field ${factsField} in this subgraph`;
}

function hasOnly(subgraph: Subgraph, type: string, allowed: readonly string[]): boolean {
  const found = subgraph.types.get(type);
  return (
    hasFields(found) &&
    (found.interfaces ?? []).length === 0 &&
    (found.fields ?? []).every(({ name, arguments: given }) => allowed.includes(name.value) && !given?.length)
  );
}
