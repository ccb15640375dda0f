import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { GraphQLSchema } from "graphql";
import type { ComposedGraph } from "../../../schema/identity/catalog.js";
import { readApiSchema } from "../../../schema/identity/read-api-schema.js";
import { checkDocument } from "./check-document.js";
import { hashDocument } from "./hash-document.js";
import { type Manifest, manifest } from "./manifest.js";
import { SafelistRefused } from "./safelist-refused.js";

/** The only documents that a gateway answers. */
export interface Safelist {
  /** Text by SHA-256 (hex). */
  readonly documents: ReadonlyMap<string, string>;
  /** SHA-256 (hex) of the file. */
  readonly digest: string;
}

/**
 * Reads a safelist for this graph. Every document of it is within the limits, valid, of one named operation, and has the hash, name and type that the list says.
 * @throws SafelistRefused with everything that is wrong: a list is taken whole or not at all.
 */
export function readSafelist(file: string, graph: ComposedGraph): Safelist {
  const text = readText(file);
  const { operations } = readManifest(file, text);
  const schema = readApiSchema(graph.apiSdl);
  const faults = operations.flatMap((operation, index) =>
    faultsOf(operation, schema).map((fault) => `operations[${index}] (${operation.name}) ${fault}`),
  );
  if (faults.length > 0) throw new SafelistRefused(file, faults);
  return {
    documents: new Map(operations.map(({ id, body }) => [id, body])),
    digest: createHash("sha256").update(text).digest("hex"),
  };
}

function faultsOf({ id, name, type, body }: Manifest["operations"][number], schema: GraphQLSchema): readonly string[] {
  const checked = checkDocument(body, schema);
  if ("faults" in checked) return checked.faults;
  return [
    ...(id === hashDocument(body) ? [] : [`its id is not the SHA-256 of its body, ${hashDocument(body)}`]),
    ...(name === checked.name ? [] : [`its operation is called ${checked.name}`]),
    ...(type === checked.type ? [] : [`its type is said to be ${type}, and it is a ${checked.type}`]),
  ];
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new SafelistRefused(file, [
      `it cannot be read (${(error as NodeJS.ErrnoException).code}): expected an Apollo persisted query manifest`,
    ]);
  }
}

function readManifest(file: string, text: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new SafelistRefused(file, [`it is not JSON: ${(error as Error).message}`]);
  }
  const parsed = manifest.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new SafelistRefused(
    file,
    parsed.error.issues.map(({ path, message }) => `${describePath(path) || "the list"}: ${message}`),
  );
}

function describePath(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
    .join("")
    .replace(/^\./, "");
}
