import { type GraphQLOutputType, isLeafType, isListType, isNonNullType } from "graphql";
import type { GuardedGraph } from "../plan/guarded-graph.js";
import type { Shape, ShapeField } from "../plan/normal-form.js";
import { compileLeaf } from "./complete-leaf.js";
import { type Data, isData } from "./data.js";
import type { SharedObjects } from "./shared-objects.js";
import { writeJson } from "./write-json.js";

/** Writes a value as JSON; null where there is anything to tell beside it, however small. */
type Write = (value: unknown, shared: SharedObjects) => string | null;

/**
 * Compiles the client's operation into closures that write the answer's data as JSON, straight from what was fetched, for the case in which there is nothing else
 * to say: no mark, no value that does not fit the schema, no null where none may be. Otherwise they give null, and `compileShape` goes through the data with all
 * its errors. INVARIANT: what is written is the JSON of what `compileShape` gives.
 * @returns null where the operation selects an identity field: there is always something to tell of it.
 */
export function compileText(
  shape: Shape,
  graph: GuardedGraph,
): ((data: Data, shared: SharedObjects) => string | null) | null {
  return selectsIdentity(shape, graph) ? null : writeObject(shape);
}

function selectsIdentity({ type, fields }: Shape, graph: GuardedGraph): boolean {
  return fields.some(
    ({ name, shapes }) =>
      graph.identity.get(type)?.has(name) === true ||
      [...(shapes?.values() ?? [])].some((shape) => selectsIdentity(shape, graph)),
  );
}

function writeObject({ type, fields }: Shape): (object: Data, shared: SharedObjects) => string | null {
  const writes = fields.map((field, index) => ({
    prefix: `${index === 0 ? "{" : ","}${JSON.stringify(field.key)}:`,
    planKey: field.planKey,
    inherited: field.planKey in Object.prototype,
    write: writeField(type, field),
  }));
  return (object, shared) => {
    let text = writes.length === 0 ? "{" : "";
    for (let index = 0; index < writes.length; index++) {
      const { prefix, planKey, inherited, write } = writes[index] as (typeof writes)[number];
      const value = inherited && !Object.hasOwn(object, planKey) ? undefined : object[planKey];
      const written = write(value, shared);
      if (written === null) return null;
      text += prefix + written;
    }
    return `${text}}`;
  };
}

function writeField(parent: string, field: ShapeField): Write {
  if (field.name === "__typename") {
    const text = JSON.stringify(parent);
    return () => text;
  }
  return field.name.startsWith("__") ? (value) => JSON.stringify(value) ?? null : writeType(field.type, field);
}

function writeType(type: GraphQLOutputType, field: ShapeField): Write {
  if (isNonNullType(type)) return writePresent(type.ofType, field);
  const write = writePresent(type, field);
  return (value, shared) => (value === null ? "null" : write(value, shared));
}

/** Of a value that is there; null itself is none. */
function writePresent(type: GraphQLOutputType, field: ShapeField): Write {
  if (isListType(type)) return writeList(writeType(type.ofType, field));
  if (!isLeafType(type)) return writeComposite(field);
  const complete = compileLeaf(type, nothingIsHidden);
  return (value) => {
    if (value === undefined || value === null) return null;
    const completed = complete(value);
    return completed === undefined ? null : writeJson(completed);
  };
}

/** A hidden value does not fit here: it is rare enough for the long way. */
const nothingIsHidden = (): boolean => false;

function writeList(write: Write): Write {
  return (value, shared) => {
    if (!Array.isArray(value)) return null;
    let text = "[";
    for (let index = 0; index < value.length; index++) {
      const written = write(value[index], shared);
      if (written === null) return null;
      text += index === 0 ? written : `,${written}`;
    }
    return `${text}]`;
  };
}

function writeComposite({ shapes }: ShapeField): Write {
  const byType = new Map([...(shapes ?? [])].map(([type, shape]) => [type, { shape, write: writeObject(shape) }]));
  const only = byType.size === 1 ? [...byType.keys()][0] : undefined;
  return (value, shared) => {
    if (!isData(value)) return null;
    const type = value.__typename ?? only;
    const compiled = typeof type === "string" ? byType.get(type) : undefined;
    if (compiled === undefined) return null;
    const texts = shared.size === 0 ? undefined : shared.get(value)?.texts;
    if (texts === undefined) return compiled.write(value, shared);
    const known = texts.get(compiled.shape);
    if (known !== undefined) return known;
    const written = compiled.write(value, shared);
    if (written !== null) texts.set(compiled.shape, written);
    return written;
  };
}
