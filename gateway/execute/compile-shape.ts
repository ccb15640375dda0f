import { type GraphQLOutputType, getNamedType, isLeafType, isListType, isNonNullType } from "graphql";
import type { Denial } from "../door/types.js";
import type { GuardedGraph } from "../plan/guarded-graph.js";
import type { Shape, ShapeField } from "../plan/normal-form.js";
import { isAbsent } from "./absent.js";
import { clientPath } from "./client-path.js";
import { compileLeaf } from "./complete-leaf.js";
import { Bare, type Data } from "./data.js";
import { excessive } from "./failure.js";
import { Disclosed, Mark } from "./mark.js";
import type { Projection } from "./projection.js";

/** Told already, and null from here on: it spreads upwards to the next place that may be null. */
const broken = Symbol("broken");

/** Completes a fetched value: what the client gets, null, or `broken`. */
type Complete = (value: unknown, projection: Projection) => unknown;

/**
 * Compiles the client's operation into closures that project the fetched data: exactly her fields, in her order, under her names; marks become null and errors
 * at her paths; nulls spread as the schema says; what does not fit the schema is null with an error, what clients may not know of (`@inaccessible`) is null without one. The first fault of an object ends it, as the
 * reference implementation does.
 */
export function compileShape(shape: Shape, graph: GuardedGraph): (data: Data, projection: Projection) => Data | null {
  const complete = completeObject(shape, graph);
  return (data, projection) => {
    const value = complete(data, projection);
    return value === broken ? null : (value as Data);
  };
}

function completeObject({ type, fields }: Shape, graph: GuardedGraph): Complete {
  const compiled = fields.map((field) => ({
    key: field.key,
    read: reader(field),
    complete: completeField(type, field, graph),
    nullable: !isNonNullType(field.type),
  }));
  return (value, projection) => {
    const source = value as Data;
    const { path, depth, released } = projection;
    const before = released.length;
    const object = new Bare();
    projection.depth = depth + 1;
    for (const { key, read, complete, nullable } of compiled) {
      path[depth] = key;
      const fetched = read(source);
      const completed = fetched === null && !nullable && isAbsent(source) ? broken : complete(fetched, projection);
      if (completed !== broken) object[key] = completed;
      else if (nullable) object[key] = null;
      else {
        projection.depth = depth;
        released.length = before;
        return broken;
      }
    }
    projection.depth = depth;
    return object;
  };
}

/** Reads a plan key; a field called like something every object has is read with care. */
function reader({ planKey }: ShapeField): (source: Data) => unknown {
  if (planKey in Object.prototype) return (source) => (Object.hasOwn(source, planKey) ? source[planKey] : undefined);
  return (source) => source[planKey];
}

function completeField(parent: string, field: ShapeField, graph: GuardedGraph): Complete {
  if (field.name === "__typename") return () => parent;
  if (field.name.startsWith("__")) return (value) => value;
  const complete = completeType(field.type, field, graph);
  return graph.identity.get(parent)?.has(field.name) ? completeIdentity(complete) : complete;
}

/** An identity value is shown only out of the door's hand; while it is in the answer, it counts as released. */
function completeIdentity(complete: Complete): Complete {
  return (value, projection) => {
    if (value instanceof Mark) return complete(value, projection);
    if (!(value instanceof Disclosed)) {
      projection.fail();
      return broken;
    }
    const denial = standsAgainst(value, projection);
    if (denial !== null) {
      projection.tell(new Mark({ kind: "DENIED", denial }), (below) => below);
      return broken;
    }
    const completed = complete(value.value, projection);
    if (completed === broken) return broken;
    projection.released.push(value.disclosure, ...value.persons);
    if (value.disclosure.excessive) projection.fail(excessive);
    return completed;
  };
}

/** What by now stands against a value, or against any person of whom it tells: then it is withheld whole. */
function standsAgainst({ disclosure, persons }: Disclosed, { against }: Projection): Denial | null {
  if (against === null) return null;
  for (const { ask } of [disclosure, ...persons]) {
    const denial = against(ask);
    if (denial !== null) return denial;
  }
  return null;
}

function completeType(type: GraphQLOutputType, field: ShapeField, graph: GuardedGraph): Complete {
  if (isNonNullType(type)) {
    const nullable = completeType(type.ofType, field, graph);
    return (value, projection) => {
      const completed = nullable(value, projection);
      if (completed !== null) return completed;
      projection.fail();
      return broken;
    };
  }
  const present = isListType(type)
    ? completeList(type.ofType, field, graph)
    : isLeafType(type)
      ? completeLeaf(compileLeaf(type, graph.isHidden))
      : completeComposite(field, graph);
  return (value, projection) => {
    if (value === null) return null;
    if (!(value instanceof Mark)) return present(value, projection);
    projection.tell(value, (below) => clientPath(field, below));
    return value.cause.kind === "PREVIEW" ? null : broken;
  };
}

function completeLeaf(leaf: (value: unknown) => unknown): Complete {
  return (value, projection) => {
    const completed = value === undefined ? undefined : leaf(value);
    if (completed !== undefined) return completed;
    projection.fail();
    return broken;
  };
}

function completeList(type: GraphQLOutputType, field: ShapeField, graph: GuardedGraph): Complete {
  const complete = completeType(type, field, graph);
  const nullable = !isNonNullType(type);
  return (value, projection) => {
    if (!Array.isArray(value)) {
      projection.fail();
      return broken;
    }
    const { path, depth, released } = projection;
    const before = released.length;
    const items = new Array<unknown>(value.length);
    projection.depth = depth + 1;
    for (let index = 0; index < value.length; index++) {
      path[depth] = index;
      const completed = complete(value[index], projection);
      if (completed === broken && !nullable) {
        projection.depth = depth;
        released.length = before;
        return broken;
      }
      items[index] = completed === broken ? null : completed;
    }
    projection.depth = depth;
    return items;
  };
}

/** An object must be of a type that may stand here: a concrete type may leave its name out, but not contradict it. */
function completeComposite({ type, shapes }: ShapeField, graph: GuardedGraph): Complete {
  const { name } = getNamedType(type);
  const byType = new Map([...(shapes ?? [])].map(([type, shape]) => [type, completeObject(shape, graph)]));
  const only = byType.size === 1 ? [...byType][0] : undefined;
  return (value, projection) => {
    const object =
      typeof value === "object" && !Array.isArray(value) && !(value instanceof Disclosed) ? (value as Data) : null;
    const named = object?.__typename ?? only?.[0];
    const complete = object && typeof named === "string" ? byType.get(named) : undefined;
    if (complete) return complete(object, projection);
    if (named instanceof Mark) {
      projection.tell(named, () => []);
      return broken;
    }
    if (object && typeof named === "string" && graph.possible(name).includes(named)) return null;
    projection.fail();
    return broken;
  };
}
