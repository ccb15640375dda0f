import { type FieldNode, type GraphQLSchema, isObjectType, print, stripIgnoredCharacters, visit } from "graphql";
import type { IdentityField } from "../../schema/identity/catalog.js";
import type { GuardedGraph } from "../plan/guarded-graph.js";
import { type CutKeys, compileCutKeys } from "./cut-keys.js";
import type { Lot, TypeInput, Unit } from "./entity-input.js";
import type { EntityFetch, EntityInput } from "./fetch-entities.js";
import { fieldsIn, type KeyTree, keyTree } from "./key-tree.js";
import { compilePageSize, type PageSize } from "./page-size.js";
import { compileRows, type Rows } from "./window.js";

/** A unit at an identity half: one response key of one identity field. */
export interface IdentityUnit extends Unit {
  readonly field: IdentityField;
  readonly rows: Rows;
  readonly pageSize: PageSize;
  readonly cutKeys: CutKeys;
  /** As it is sent, with the time of its rows. */
  readonly text: string;
  readonly variables: readonly string[];
}

/** The identity fields that a fetch asks of one type. A set of fields is the sum of their weights, so the number of types' fields is bounded by 53. */
export interface IdentityType {
  readonly id: string;
  readonly type: string;
  /** Name of the field that is the entity's key. */
  readonly key: string;
  /** By the path to the person that they are about. */
  readonly persons: readonly { readonly path: readonly string[]; readonly fields: readonly AskedField[] }[];
}

/** An identity field with the response keys under which a fetch asks for it. */
export interface AskedField {
  readonly field: IdentityField;
  readonly weight: number;
  readonly needs: readonly string[];
  readonly units: readonly IdentityUnit[];
}

/** Compiles, for every type that is seen, what an identity fetch asks of it. */
export function compileIdentityTypes(
  fetch: EntityFetch,
  graph: GuardedGraph,
  schema: GraphQLSchema,
): (input: EntityInput, lot: Lot) => IdentityType {
  const known = new Map<TypeInput, IdentityType>();
  return (input, lot) => {
    const compiled =
      known.get(lot.input) ?? compileIdentityType(`${input.key}.${lot.input.type}`, lot.input, fetch, graph, schema);
    known.set(lot.input, compiled);
    return compiled;
  };
}

function compileIdentityType(
  id: string,
  { type, units }: TypeInput,
  { half }: EntityFetch,
  graph: GuardedGraph,
  schema: GraphQLSchema,
): IdentityType {
  const [key, ...others] = half.types.get(type)?.keys[0] ?? [];
  if (key === undefined || others.length > 0) throw new Error(`${type} in ${half.name} needs a key of one field`);
  const definition = schema.getType(type);
  const believed = new Set([...graph.owners.keys()].map((coordinate) => coordinate.slice(coordinate.indexOf(".") + 1)));
  const byField = new Map<IdentityField, IdentityUnit[]>();
  for (const unit of units) {
    const field = graph.identity.get(type)?.get(unit.node.name.value);
    const defined = isObjectType(definition) ? definition.getFields()[unit.node.name.value] : undefined;
    if (!field || !defined)
      throw new Error(`${type}.${unit.node.name.value} is no identity field: the plan was not verified`);
    const rows = compileRows(field, defined.type, unit.node);
    const variables = new Set<string>();
    visit(rows.node, {
      Variable({ name }) {
        variables.add(name.value);
      },
    });
    const compiled = {
      ...unit,
      field,
      rows,
      pageSize: compilePageSize(defined, unit.node),
      cutKeys: compileCutKeys(treeBelow(rows.node), believed),
      text: stripIgnoredCharacters(print(rows.node)),
      variables: [...variables],
    };
    byField.set(field, [...(byField.get(field) ?? []), compiled]);
  }
  if (byField.size > 53) throw new Error(`${type} in ${half.name} has more than 53 identity fields in one fetch`);
  const fields = [...byField].map(([field, own], index) => ({
    field,
    weight: 2 ** index,
    needs: own[0]?.needs ?? [],
    units: own,
  }));
  const paths = new Map(fields.map(({ field }) => [field.subjectPath.join("."), field.subjectPath]));
  const persons = [...paths].map(([text, path]) => ({
    path,
    fields: fields.filter(({ field }) => field.subjectPath.join(".") === text),
  }));
  return { id, type, key, persons };
}

/** What is selected of a field's value; null for a leaf. */
function treeBelow({ selectionSet }: FieldNode): KeyTree | null {
  return selectionSet ? keyTree(fieldsIn(selectionSet)) : null;
}
