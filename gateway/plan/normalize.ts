import {
  type ArgumentNode,
  type DirectiveNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  print,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  type ValueNode,
  visit,
} from "graphql";
import { refuse } from "../respond/refuse.js";
import { collectFields, type Expansion, type Standing, standingFor } from "./collect-fields.js";
import { rowsOf } from "./count-rows.js";
import { directivesToCarry } from "./field-directives.js";
import { readIdempotencyKey } from "./idempotency-key.js";
import type { Fields, NormalForm, SelectedField, Selection, Shape, ShapeField } from "./normal-form.js";
import { PlanKeys } from "./plan-keys.js";

/** Where a root field that is answered at home stands in the data: no plan key has a space. */
export const homeKey = (key: string): string => `home ${key}`;

/** Deepest nesting of fields. */
export const deepest = 100;

/**
 * Brings an operation to its normal form. Nothing of the client's wording is left in what is planned: no alias, no fragment, no condition.
 * @throws GraphQLError OPERATION_TOO_COSTLY where it expands beyond the budget or nests too deep, BAD_USER_INPUT where a condition has no value.
 */
export function normalize(expansion: Expansion): NormalForm {
  const { schema, operation, plain, otherForms } = expansion;
  const kind = operation.definition.operation;
  const type = schema.getRootType(operation.definition.operation);
  if (!type) throw refuse("GRAPHQL_VALIDATION_FAILED", `There are no operations of the kind ${kind} in this schema.`);
  const keys = new PlanKeys(plain, otherForms);
  const walk = new Walk(expansion, keys);
  const roots: Fields = new Map();
  const introspection: FieldNode[] = [];
  const idempotencyKeys = new Map<string, ValueNode>();
  const fields: ShapeField[] = [];
  for (const [key, nodes] of collectFields(expansion, type, [operation.definition.selectionSet])) {
    const name = (nodes[0] as FieldNode).name.value;
    if (name === "__schema" || name === "__type") {
      introspection.push(...nodes);
      fields.push({
        key,
        planKey: homeKey(key),
        name,
        type: (name === "__type" ? TypeMetaFieldDef : SchemaMetaFieldDef).type,
        shapes: null,
      });
    } else {
      const idempotencyKey = kind === "mutation" ? readIdempotencyKey(nodes) : null;
      const field = walk.field(type, key, nodes, roots, kind === "mutation" ? keys.fresh() : null, 1);
      if (idempotencyKey !== null) idempotencyKeys.set(field.planKey, idempotencyKey);
      fields.push(field);
    }
  }
  return { kind, shape: { type: type.name, fields }, roots, idempotencyKeys, carried: walk.carried, introspection };
}

class Walk {
  readonly carried = new Map<string, readonly DirectiveNode[]>();

  constructor(
    private readonly expansion: Expansion,
    private readonly keys: PlanKeys,
  ) {}

  field(
    parent: Standing,
    key: string,
    nodes: readonly FieldNode[],
    fields: Fields,
    ownKey: string | null,
    depth: number,
  ): ShapeField {
    const node = nodes[0] as FieldNode;
    const name = node.name.value;
    const answered = name !== TypeNameMetaFieldDef.name;
    const directives = directivesToCarry(nodes, ownKey !== null && answered, this.expansion.schema);
    if (directives.length > 0 && (!answered || this.expansion.operation.definition.operation === "subscription"))
      throw refuse(
        "GRAPHQL_VALIDATION_FAILED",
        `@${directives[0]?.name.value} on ${name} is not served here. Ask without it.`,
      );
    if (name === TypeNameMetaFieldDef.name)
      return { key, planKey: name, name, type: TypeNameMetaFieldDef.type, shapes: null };
    const definition = parent.getFields()[name];
    if (!definition) throw new Error(`${parent.name} has no field ${name}: the operation was not validated`);
    const given = node.arguments ?? [];
    const planKey = ownKey ?? this.keys.keyFor(parent.name, definition, given, directives);
    if (directives.length > 0) this.carried.set(planKey, directives);
    const selected = fields.get(planKey) ?? select(planKey, definition, given, this.expansion.schema);
    fields.set(planKey, selected);
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const composite = getNamedType(definition.type);
    const shapes =
      selected.selection && isCompositeType(composite) ? this.shapes(composite, sets, selected.selection, depth) : null;
    return { key, planKey, name, type: definition.type, shapes };
  }

  /**
   * One shape per type that may stand here; the selection collects what all of them, and all other response keys of the same plan key, ask for. What an interface
   * without object types is cannot be said, so asking for its name leaves it without a shape.
   */
  private shapes(
    type: GraphQLCompositeType,
    sets: readonly SelectionSetNode[],
    selection: Selection,
    depth: number,
  ): ReadonlyMap<string, Shape> {
    if (depth > deepest) throw refuse("OPERATION_TOO_COSTLY", `The operation nests deeper than ${deepest} fields.`);
    const shapes = new Map<string, Shape>();
    for (const possible of standingFor(type, this.expansion.schema)) {
      const fields = selection.byType.get(possible.name) ?? new Map<string, SelectedField>();
      selection.byType.set(possible.name, fields);
      const collected = collectFields(this.expansion, possible, sets);
      const shaped = [...collected].map(([key, nodes]) => this.field(possible, key, nodes, fields, null, depth + 1));
      const named = shaped.some(({ name }) => name === TypeNameMetaFieldDef.name);
      if (isInterfaceType(possible) && named) continue;
      shapes.set(possible.name, { type: possible.name, fields: shaped });
    }
    return shapes;
  }
}

function select(
  planKey: string,
  definition: GraphQLField<unknown, unknown>,
  given: readonly ArgumentNode[],
  schema: GraphQLSchema,
): SelectedField {
  const type = getNamedType(definition.type);
  return {
    planKey,
    name: definition.name,
    arguments: given.length === 0 ? "" : `(${given.map(print).join(", ")})`,
    argumentNames: given.map((argument) => argument.name.value),
    variables: variablesIn(given),
    rows: rowsOf(definition, given),
    selection: isCompositeType(type)
      ? { type: type.name, abstract: !standingFor(type, schema).some((each) => each === type), byType: new Map() }
      : null,
  };
}

function variablesIn(given: readonly ArgumentNode[]): readonly string[] {
  const names = new Set<string>();
  for (const argument of given) {
    visit(argument, {
      Variable({ name }) {
        names.add(name.value);
      },
    });
  }
  return [...names];
}
