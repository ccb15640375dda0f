import { type FragmentDefinitionNode, type GraphQLSchema, getOperationAST, Kind, parse, validate } from "graphql";
import { readGraph, sdlFolder } from "../../gateway/main/read-graph.js";
import { subgraphs } from "../../gateway/main/subgraphs.js";
import type { ComposedGraph } from "../../schema/identity/catalog.js";
import { readApiSchema } from "../../schema/identity/read-api-schema.js";
import { demoCasesAt } from "../../subgraphs/justice/demo-cases.js";
import { findValues } from "./find-values.js";
import { authors } from "./identity-values.js";
import { type Place, placesIn } from "./places.js";

/** One request to the gateway and its answer, as a client sees them. */
export interface Exchange {
  /** The body of the request, as far as it is GraphQL. */
  readonly request: unknown;
  readonly headers: Headers;
  readonly text: string;
}

/** An identity value that the answer gave where it may. */
export interface Disclosed {
  readonly text: string;
  readonly field: string;
  readonly path: readonly (string | number)[];
  readonly operationId: string;
}

/** An identity value stands where none may. */
export class Leak extends Error {
  override readonly name = "Leak";
  constructor(what: string, where: string, why: string) {
    super(`${what}, at ${where}: ${why}`);
  }
}

const names = subgraphs.map(({ name }) => name);
let { schema, coordinates } = readFrom((await readGraph(sdlFolder, names)).graph);

function readFrom({ apiSdl, identityFields }: Pick<ComposedGraph, "apiSdl" | "identityFields">): {
  readonly schema: GraphQLSchema;
  readonly coordinates: ReadonlySet<string>;
} {
  return {
    schema: readApiSchema(apiSdl),
    coordinates: new Set(identityFields.map(({ coordinate }) => coordinate)),
  };
}

/** This file of tests asks a gateway of another graph than the committed one. */
export function scanByGraph(graph: Pick<ComposedGraph, "apiSdl" | "identityFields">): void {
  ({ schema, coordinates } = readFrom(graph));
}

/** Whom each demo warrant names. */
const named = new Map<string, readonly string[]>(
  [new Date("2019-06-15"), new Date("2026-11-23")]
    .flatMap(demoCasesAt)
    .flatMap(({ warrants }) =>
      warrants.flatMap(({ name, target }) =>
        target.kind === "HANDLE" ? [[`warrant-${name}`, [target.accountId]] as const] : [],
      ),
    ),
);

/** A test has let a demo warrant name another person as well. */
export function namesAlso(warrant: string, person: string): void {
  named.set(warrant, [...(named.get(warrant) ?? []), person]);
}

interface Disclosure {
  readonly operationId: string;
  readonly warrant: string | null;
  readonly receipts: readonly unknown[];
  readonly withheld: readonly { readonly paths: readonly Place["path"][] }[];
}

/**
 * Searches an answer for identity values. One may stand only in `data`, where the operation asks for an identity field that holds it, of the person whose it
 * is, under a warrant and a receipt, and not at a path that is said to be withheld; or where the authority itself wrote it. Throws Leak.
 */
export function scanAnswer({ request, headers, text }: Exchange): readonly Disclosed[] {
  const own = JSON.stringify(request) ?? "";
  for (const [name, value] of headers)
    for (const { what } of findValues(value)) throw new Leak(what, `the header ${name}`, "no header carries any");
  if (findValues(text).every(({ value }) => value !== null && own.includes(value.text))) return [];

  const { data, ...rest } = JSON.parse(text) as { data?: unknown; extensions?: { disclosure?: Disclosure } };
  for (const { value, what } of findValues(JSON.stringify(rest)))
    if (value === null || !own.includes(value.text))
      throw new Leak(what, "errors or extensions", "these say nothing of anybody");
  const disclosed: Disclosed[] = [];
  for (const place of placesOf(request, data)) {
    for (const { value, what } of findValues(place.text)) {
      if (value !== null && place.identity === null && own.includes(value.text)) continue;
      if (place.coordinates.includes("WarrantTarget.value")) continue;
      const why = fault(place, value, rest.extensions?.disclosure);
      if (why !== null) throw new Leak(what, place.path.join("."), why);
      disclosed.push({
        text: place.text,
        field: place.identity ?? "",
        path: place.path,
        operationId: rest.extensions?.disclosure?.operationId ?? "",
      });
    }
  }
  return disclosed;
}

function placesOf(request: unknown, data: unknown): readonly Place[] {
  const { query, operationName } = request as { query?: unknown; operationName?: string };
  if (typeof query !== "string") throw new Leak("an identity value", "data", "nothing was asked that could be read");
  const document = parse(query, { noLocation: true });
  const operation = getOperationAST(document, operationName);
  if (!operation || validate(schema, document).length > 0)
    throw new Leak("an identity value", "data", "what was asked is not valid");
  const fragments = new Map(
    document.definitions
      .filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((definition) => [definition.name.value, definition]),
  );
  return placesIn({ schema, identityFields: coordinates, fragments }, operation, data);
}

/** Why a value may not stand at a place; null where it may. */
function fault(
  { path, identity, entity }: Place,
  value: ReturnType<typeof findValues>[number]["value"],
  disclosure: Disclosure | undefined,
): string | null {
  if (identity === null) return "no identity field stands here";
  if (!disclosure || disclosure.receipts.length === 0) return "there is no receipt";
  if (disclosure.warrant === null) return "there is no warrant";
  if (disclosure.withheld.some(({ paths }) => paths.some((withheld) => startsWith(path, withheld))))
    return "this path is said to be withheld";
  if (value === null) return null;
  if (!value.fields.has(identity)) return `${identity} does not hold it`;
  const person = entity?.type === "Post" ? authors.get(entity.id) : entity?.id;
  if (person !== undefined && !value.owners.has(person)) return `it is not of ${person}`;
  const targets = named.get(disclosure.warrant);
  if (targets && !targets.some((target) => value.owners.has(target))) return `the warrant names ${targets.join(", ")}`;
  return null;
}

function startsWith(path: Place["path"], start: Place["path"]): boolean {
  return start.every((step, index) => path[index] === step);
}
