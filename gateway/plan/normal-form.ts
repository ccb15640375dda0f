import type { FieldNode, GraphQLOutputType, ValueNode } from "graphql";
import type { CarriedDirectives } from "./field-directives.js";

/**
 * The normal form of an operation (door.md, M1), in two trees over the same plan keys: shapes say what the client gets, selections say what is fetched.
 * A plan key is never a client's alias: it is the field's own name, or `_0`, `_1`, … for a field with arguments.
 */

/** What the client asked of one object type, in her order. */
export interface Shape {
  readonly type: string;
  readonly fields: readonly ShapeField[];
}

export interface ShapeField {
  /** Response key: the client's alias or the field's name. */
  readonly key: string;
  /** Where the value stands in the fetched data. For `__typename` unused. */
  readonly planKey: string;
  readonly name: string;
  readonly type: GraphQLOutputType;
  /** One shape for every object type that may stand here; null for leaves. */
  readonly shapes: ReadonlyMap<string, Shape> | null;
}

/** What is fetched of one type, by plan key. */
export type Fields = Map<string, SelectedField>;

export interface SelectedField {
  readonly planKey: string;
  readonly name: string;
  /** Printed arguments with their parentheses; empty where there are none. */
  readonly arguments: string;
  readonly argumentNames: readonly string[];
  readonly variables: readonly string[];
  /** Rows it may bring for each parent: a number, the name of the variable that says it, or null where the field is no list. */
  readonly rows: number | string | null;
  /** Null for leaves. */
  readonly selection: Selection | null;
}

/** A selection expanded by object type. `type` is the type that the parent's field names; abstract where it may stand for several. */
export interface Selection {
  readonly type: string;
  readonly abstract: boolean;
  readonly byType: Map<string, Fields>;
}

export interface NormalForm {
  readonly kind: "query" | "mutation" | "subscription";
  readonly shape: Shape;
  /** Root fields to fetch. In a mutation no two root fields are one, even if they are written alike. */
  readonly roots: Fields;
  /** The client's `@idempotent(key:)` on root fields of a mutation, by plan key. */
  readonly idempotencyKeys: ReadonlyMap<string, ValueNode>;
  readonly carried: CarriedDirectives;
  /** `__schema` and `__type`, which are answered at home. */
  readonly introspection: readonly FieldNode[];
}
