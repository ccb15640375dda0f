import { type FieldNode, type GraphQLSchema, isObjectType, print, stripIgnoredCharacters, visit } from "graphql";
import type { IdentityField } from "../../schema/identity/catalog.js";
import type { GuardedGraph } from "../plan/guarded-graph.js";
import { reachKey, type SentOn } from "../plan/verify-reach.js";
import { type CutKeys, compileCutKeys } from "./cut-keys.js";
import type { EntityFetch, EntityInput } from "./fetch-entities.js";
import { fieldsIn, type KeyTree, keyTree } from "./key-tree.js";
import type { Lot, TypeInput, Unit } from "./lot.js";
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
  readonly persons: readonly AskedPerson[];
}

/** The identity fields that are about one person of an entity. */
export interface AskedPerson {
  readonly path: readonly string[];
  readonly fields: readonly AskedField[];
  /** With the entity's key behind it, stands for the entity and this path. */
  readonly entity: string;
}

/** An identity field with the response keys under which a fetch asks for it. */
export interface AskedField {
  readonly field: IdentityField;
  readonly weight: number;
  readonly needs: readonly string[];
  readonly units: readonly IdentityUnit[];
  /** By path: the services to which the value is sent on, where it is fetched for nothing else; null where the operation selects it. */
  readonly sentOn: readonly (ReadonlySet<string> | null)[];
}

/** What a passage is compiled against. */
export interface CompilingPassage {
  readonly graph: GuardedGraph;
  readonly schema: GraphQLSchema;
  readonly sentOn: SentOn;
}

/** Compiles, for every type that is seen, what an identity fetch asks of it. */
export function compileIdentityTypes(
  fetch: EntityFetch,
  compiling: CompilingPassage,
): (input: EntityInput, lot: Lot) => IdentityType {
  const known = new Map<TypeInput, IdentityType>();
  return (input, lot) => {
    const compiled = known.get(lot.input) ?? compileIdentityType(input, lot.input, fetch, compiling);
    known.set(lot.input, compiled);
    return compiled;
  };
}

function compileIdentityType(
  { key: entities, paths }: EntityInput,
  { type, units }: TypeInput,
  { half }: EntityFetch,
  { graph, schema, sentOn }: CompilingPassage,
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
    sentOn: Array.from({ length: paths }, (_, path) =>
      receiversOf(own.map((unit) => sentOn.get(reachKey(entities, path, type, unit.key)) ?? null)),
    ),
  }));
  const subjects = new Map(fields.map(({ field }) => [field.subjectPath.join("."), field.subjectPath]));
  const persons = [...subjects].map(([text, path]) => ({
    path,
    entity: `${type} ${text} `,
    fields: fields.filter(({ field }) => field.subjectPath.join(".") === text),
  }));
  return { id: `${entities}.${type}`, type, key, persons };
}

/** Where one of the response keys is selected, the field is no mere transfer. */
function receiversOf(ofUnits: readonly (ReadonlySet<string> | null)[]): ReadonlySet<string> | null {
  return ofUnits.includes(null) ? null : new Set(ofUnits.flatMap((services) => [...(services ?? [])]));
}

const nobody: readonly string[] = [];

/** The services to which an entity's value is sent on and does not go to the client; none where it does. */
export function receiversFor({ sentOn }: AskedField, { paths }: Lot): readonly string[] {
  let services = nobody;
  for (const path of paths) {
    const there = sentOn[path] ?? null;
    if (there === null) return nobody;
    services = [...new Set([...services, ...there])];
  }
  return services;
}

/** What is selected of a field's value; null for a leaf. */
function treeBelow({ selectionSet }: FieldNode): KeyTree | null {
  return selectionSet ? keyTree(fieldsIn(selectionSet)) : null;
}
